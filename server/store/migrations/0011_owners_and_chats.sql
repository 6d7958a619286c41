-- Adds the appointments of erased people, without the person, so that their owners' calendars can be told of the cancellation.

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

-- the language of a chat's messages: that of the person who set it up
ALTER TABLE endpoints ADD COLUMN language TEXT NOT NULL DEFAULT 'es';
