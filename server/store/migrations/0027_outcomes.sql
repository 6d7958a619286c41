-- Adds the amount and the day of a lead's outcome, and what an activity of sales replaced, so that it can be undone.

ALTER TABLE leads ADD COLUMN outcome_amount BIGINT NOT NULL DEFAULT 0;     -- minor units (ISO 4217) of outcome_currency; 0 = not stated
ALTER TABLE leads ADD COLUMN outcome_currency TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN outcome_on TEXT NOT NULL DEFAULT '';          -- a day as it stands in a calendar: 2026-11-30
ALTER TABLE activities ADD COLUMN replaced TEXT NOT NULL DEFAULT '';       -- JSON: fields of the lead before; '' = cannot be undone
