-- A name of its own for a campaign, for the team; '' for the title of its email.
ALTER TABLE campaigns ADD COLUMN name TEXT NOT NULL DEFAULT '';
