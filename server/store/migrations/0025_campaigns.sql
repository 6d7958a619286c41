-- Campaigns: one email to many people as an intent, which the worker expands into messages page by page.

CREATE TABLE campaigns (
  id           TEXT PRIMARY KEY,
  email        TEXT NOT NULL,
  version_id   TEXT NOT NULL DEFAULT '',     -- fixed when it starts
  subject      TEXT NOT NULL DEFAULT '{}',   -- JSON: language to subject, in place of the email's own
  audience     TEXT NOT NULL,                -- JSON: {"everybody": true} | {"segment": id} | {"rule": …} | {"unanswered": campaign id}
  rule         TEXT NOT NULL DEFAULT '',     -- JSON: the rule of the audience, fixed when it starts
  data         TEXT NOT NULL DEFAULT '{}',   -- JSON: what the template reads as data
  timing       TEXT NOT NULL DEFAULT 'now',  -- now | at | local
  starts_on    TEXT NOT NULL DEFAULT '',     -- of at and local, as a clock shows it: 2026-12-01T09:00
  time_zone    TEXT NOT NULL DEFAULT '',     -- IANA, of starts_on and deadline_on
  deadline_on  TEXT NOT NULL DEFAULT '',     -- as a clock shows it; '' = none
  deadline_at  BIGINT,                       -- ms; a message that cannot leave before it is dropped
  state        TEXT NOT NULL,                -- draft | approval | scheduled | sending | paused | stopped | done
  starts_at    BIGINT,                       -- ms; when the first message may leave, after the minute for undoing
  after_id     TEXT NOT NULL DEFAULT '',     -- the last contact that was looked at
  expanded     BIGINT NOT NULL DEFAULT 0,    -- 1: every person of the audience has a message
  mail_class   TEXT NOT NULL DEFAULT '',
  stream       TEXT NOT NULL DEFAULT '',
  people       BIGINT NOT NULL DEFAULT 0,    -- of the audience, counted when it starts
  counts       TEXT NOT NULL DEFAULT '{}',   -- JSON: state of messages to their number, as of counted_at
  counted_at   BIGINT NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '',     -- why it stands still, as stored everywhere
  resend_of    TEXT NOT NULL DEFAULT '',     -- the campaign whose people without an answer get this one
  by_whom      TEXT NOT NULL,
  approved_by  TEXT NOT NULL DEFAULT '',
  created_at   BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL,
  finished_at  BIGINT
);
CREATE INDEX campaigns_listed ON campaigns (created_at, id);
CREATE INDEX campaigns_working ON campaigns (state, starts_at);
CREATE INDEX campaigns_of_email ON campaigns (email, state);

ALTER TABLE messages ADD COLUMN campaign_id TEXT NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN purpose TEXT NOT NULL DEFAULT '';        -- test: to a member of the team, outside windows and caps
ALTER TABLE messages ADD COLUMN deadline_at BIGINT;
ALTER TABLE messages ADD COLUMN begun_at BIGINT NOT NULL DEFAULT 0;      -- the last attempt, ms; what caps count
UPDATE messages SET begun_at = sent_at WHERE sent_at IS NOT NULL;
CREATE INDEX messages_of_campaign ON messages (campaign_id, state, next_attempt_at, contact_id) WHERE campaign_id <> '';
