-- The title of a calendar's appointments in English; '' for the same as `title`.
ALTER TABLE calendars ADD COLUMN title_en TEXT NOT NULL DEFAULT '';
