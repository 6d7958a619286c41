-- Adds qualified leads: fading points by product, versions of the table of points, and the actions of sales.

ALTER TABLE leads ADD COLUMN product TEXT NOT NULL DEFAULT '';           -- the most promising one
ALTER TABLE leads ADD COLUMN products TEXT NOT NULL DEFAULT '[]';        -- JSON list: one object for each product with reasons
ALTER TABLE leads ADD COLUMN product_names TEXT NOT NULL DEFAULT ',';    -- ,crm,training, to filter by
ALTER TABLE leads ADD COLUMN scored_stage TEXT NOT NULL DEFAULT '';      -- by the table; `stage` is it, or what somebody pinned
ALTER TABLE leads ADD COLUMN stage_was TEXT NOT NULL DEFAULT '';         -- before the last change of anything
ALTER TABLE leads ADD COLUMN scored_on BIGINT NOT NULL DEFAULT 0;        -- days since 1970 UTC; points are as of this day
ALTER TABLE leads ADD COLUMN scored_by TEXT NOT NULL DEFAULT '';         -- id of the table of points; '' = the one Acto brings
UPDATE leads SET scored_stage = stage, stage_was = stage;

ALTER TABLE leads ADD COLUMN pinned TEXT NOT NULL DEFAULT '';            -- a stage that a person or a flow decided
ALTER TABLE leads ADD COLUMN owner_id TEXT NOT NULL DEFAULT '';          -- a user
ALTER TABLE leads ADD COLUMN next_step TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN next_on TEXT NOT NULL DEFAULT '';           -- a day as it stands in a calendar: 2026-11-30, in no zone
ALTER TABLE leads ADD COLUMN snoozed_until TEXT NOT NULL DEFAULT '';     -- the day it is shown again
ALTER TABLE leads ADD COLUMN outcome TEXT NOT NULL DEFAULT '';           -- won | lost
ALTER TABLE leads ADD COLUMN outcome_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN outcome_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN tags TEXT NOT NULL DEFAULT ',';             -- ,fair,partner, in alphabetical order

-- The list selects its fifty rows from this index alone.
DROP INDEX leads_by_worth;
CREATE INDEX leads_inbox ON leads (worth, answered_at, contact_id, stage, outcome, snoozed_until, owner_id, product_names, tags,
                                   people, waiting, machines);
CREATE INDEX leads_scored ON leads (scored_by, scored_on);
CREATE INDEX leads_changed ON leads (updated_at);
CREATE INDEX leads_next ON leads (next_on) WHERE next_on <> '';

CREATE TABLE qualifications (
  id      TEXT PRIMARY KEY,                 -- ordered by time: the last one holds
  content TEXT NOT NULL,                    -- JSON: stages, half-lives and the rest
  by_whom TEXT NOT NULL,
  at      BIGINT NOT NULL
);

CREATE TABLE activities (
  contact_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  kind       TEXT NOT NULL,                 -- stage | owner | next_step | note | snoozed | won | lost | reopened | pinned | tagged
  text       TEXT NOT NULL DEFAULT '',      -- what was said, or the day, stage, owner or tag that it is about
  was        TEXT NOT NULL DEFAULT '',      -- what stood there before
  by_whom    TEXT NOT NULL DEFAULT '',      -- a name as people read it; '' = by the table of points
  at         BIGINT NOT NULL,
  PRIMARY KEY (contact_id, id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX activities_stages ON activities (at, contact_id) WHERE kind = 'stage';
