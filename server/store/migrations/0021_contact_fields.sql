-- What a team knows of a contact besides the name, and the ids under which a merged contact is still found.

ALTER TABLE contacts ADD COLUMN phone TEXT NOT NULL DEFAULT '';          -- E.164: +573001234567
ALTER TABLE contacts ADD COLUMN whatsapp TEXT NOT NULL DEFAULT '';       -- E.164
ALTER TABLE contacts ADD COLUMN country TEXT NOT NULL DEFAULT '';        -- ISO 3166-1, such as CO; '' = the setting default_country
ALTER TABLE contacts ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';      -- IANA; '' = the zone of the country
ALTER TABLE contacts ADD COLUMN tags TEXT NOT NULL DEFAULT ',';          -- ,fair,partner, in alphabetical order
ALTER TABLE contacts ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';       -- JSON object: the team's own fields, name to text
UPDATE contacts SET tags = (SELECT leads.tags FROM leads WHERE leads.contact_id = contacts.id)
WHERE EXISTS (SELECT 1 FROM leads WHERE leads.contact_id = contacts.id AND leads.tags <> ',');

CREATE TABLE contact_aliases (
  alias_id   TEXT PRIMARY KEY,              -- the id of a contact that was merged into another; signed links still carry it
  contact_id TEXT NOT NULL,                 -- the contact that holds the rows now
  by_whom    TEXT NOT NULL,
  at         BIGINT NOT NULL
);
CREATE INDEX contact_aliases_of ON contact_aliases (contact_id);
