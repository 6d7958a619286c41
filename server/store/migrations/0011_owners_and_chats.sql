-- Appointments of people who were erased: their owners still have them in their calendars. Nothing here says who it was.

CREATE TABLE called_off (
  id        TEXT PRIMARY KEY,               -- of the booking
  owner_id  TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at   BIGINT NOT NULL,
  sequence  BIGINT NOT NULL,                -- higher than any that the owner was told of
  title     TEXT NOT NULL,
  place     TEXT NOT NULL,
  time_zone TEXT NOT NULL
);

-- in which language a chat is written to: that of who set it up
ALTER TABLE endpoints ADD COLUMN language TEXT NOT NULL DEFAULT 'es';
