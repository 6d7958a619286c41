-- Adds the texts that a salesperson saves for writing to leads, and the address that answers to a notice go to.

CREATE TABLE saved_texts (
  owner_id   TEXT NOT NULL,                  -- a user
  id         TEXT NOT NULL,
  subject    TEXT NOT NULL,
  body       TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (owner_id, id)
);
ALTER TABLE notices ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';  -- '' = Acto wrote it; otherwise a person, whom answers reach
ALTER TABLE leads ADD COLUMN by_hand BIGINT NOT NULL DEFAULT 0;    -- 1: added by a person; it may have no answer yet
