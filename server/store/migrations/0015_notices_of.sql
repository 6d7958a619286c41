-- Adds the contact of a notice, so that erasing the contact deletes the notice.
ALTER TABLE notices ADD COLUMN contact_id TEXT NOT NULL DEFAULT '';
CREATE INDEX notices_of_contact ON notices (contact_id) WHERE contact_id <> '';
