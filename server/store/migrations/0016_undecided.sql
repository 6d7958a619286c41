-- Adds the state undecided, and pages left open, which are settled after their wait.

ALTER TABLE leads ADD COLUMN undecided BIGINT NOT NULL DEFAULT 0;        -- answers that may be a machine's
CREATE INDEX answers_undecided ON answers (answered_at) WHERE state = 'undecided';

-- by the first rules an undecided answer counted after its wait; `acto verdicts --recompute` judges it by the new ones
UPDATE events SET verdict = 'person' WHERE verdict = 'undecided';
UPDATE answers SET verdict = 'person' WHERE verdict = 'undecided';

CREATE TABLE open_pages (
  contact_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  block      TEXT NOT NULL,
  page       TEXT NOT NULL,                 -- the nonce of the page that was opened
  choice     TEXT NOT NULL,                 -- what the link in the mail marked
  token_at   BIGINT NOT NULL,               -- when its link was signed, seconds UTC
  agent      TEXT NOT NULL,
  network    TEXT NOT NULL,
  visit      TEXT NOT NULL,
  sign       TEXT NOT NULL,                 -- pointer | touch | wheel | key | click; '' for none
  viewed     BIGINT NOT NULL,               -- 1 once it stood in view for two seconds
  declined   BIGINT NOT NULL DEFAULT 0,     -- 1 when the person said not to keep the choice
  opened_at  BIGINT NOT NULL,
  due_at     BIGINT NOT NULL,
  PRIMARY KEY (contact_id, message_id, block, page)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX open_pages_due ON open_pages (due_at);
