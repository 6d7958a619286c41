-- Adds replies by mail that gave no answer; the team reads them on the contact's page.
CREATE TABLE replies (
  contact_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  message_id TEXT NOT NULL,               -- the mail of ours that they answered
  block      TEXT NOT NULL DEFAULT '',    -- the question, where the mail names one
  why        TEXT NOT NULL,               -- why it is no answer: a key of inbound's table of reasons
  text       TEXT NOT NULL,
  sender     TEXT NOT NULL DEFAULT '',    -- the address it came from, where that is another one
  nonce      TEXT NOT NULL,               -- of the mail: it is kept once
  at         BIGINT NOT NULL,
  PRIMARY KEY (contact_id, id)
);
CREATE UNIQUE INDEX replies_once ON replies (contact_id, message_id, nonce);
