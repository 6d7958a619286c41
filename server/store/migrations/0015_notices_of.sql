-- A notice may name a person, to themselves or to the team: who is erased takes it along.
ALTER TABLE notices ADD COLUMN contact_id TEXT NOT NULL DEFAULT '';
CREATE INDEX notices_of_contact ON notices (contact_id) WHERE contact_id <> '';
