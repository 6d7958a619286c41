-- Adds the verdict of each answer with its signs, and the decisions of team members who overrule one.

ALTER TABLE events ADD COLUMN verdict TEXT NOT NULL DEFAULT '';          -- machine | person | undecided; empty: never judged
ALTER TABLE events ADD COLUMN signs TEXT NOT NULL DEFAULT '[]';          -- JSON list of [rule, numbers]
ALTER TABLE events ADD COLUMN rules BIGINT NOT NULL DEFAULT 0;           -- version of the rules it was judged by
ALTER TABLE events ADD COLUMN stands_at BIGINT NOT NULL DEFAULT 0;       -- when it may be confirmed
ALTER TABLE events ADD COLUMN judged_at BIGINT NOT NULL DEFAULT 0;       -- when later hits or rules last changed its verdict
ALTER TABLE answers ADD COLUMN verdict TEXT NOT NULL DEFAULT '';         -- of the event that counts
UPDATE events SET stands_at = at + CASE WHEN grade IN ('gestured', 'authenticated') THEN 0 ELSE 300000 END;
UPDATE events SET stands_at = (                                          -- of what counts it is known, whatever hold was set
  SELECT confirm_at FROM answers
  WHERE answers.contact_id = events.contact_id AND answers.message_id = events.message_id AND answers.block = events.block)
WHERE EXISTS (
  SELECT 1 FROM answers
  WHERE answers.contact_id = events.contact_id AND answers.message_id = events.message_id AND answers.block = events.block
    AND answers.answered_at = events.at);

CREATE TABLE overrules (
  contact_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  message_id TEXT NOT NULL,
  block      TEXT NOT NULL,
  nonce      TEXT NOT NULL,                 -- with those before it, the event that it is about
  verdict    TEXT NOT NULL,                 -- machine | person
  reason     TEXT NOT NULL,
  by_whom    TEXT NOT NULL,                 -- the address of who decided
  at         BIGINT NOT NULL,
  PRIMARY KEY (contact_id, id)
) /* sqlite: WITHOUT ROWID */;

-- a partial index: hits with a gesture need no check for crowds, so the most frequent hits cost nothing here
CREATE INDEX hits_untouched ON hits (network, at) WHERE gesture = '';

ALTER TABLE leads ADD COLUMN people BIGINT NOT NULL DEFAULT 0;           -- answers confirmed
ALTER TABLE leads ADD COLUMN machines BIGINT NOT NULL DEFAULT 0;         -- answers that were a machine's
UPDATE leads SET people = (
  SELECT COUNT(*) FROM answers WHERE answers.contact_id = leads.contact_id AND answers.state = 'confirmed');
CREATE INDEX answers_machines ON answers (email) WHERE state = 'machine';
CREATE INDEX leads_machines ON leads (contact_id) WHERE machines > 0 AND people = 0 AND waiting = 0;
