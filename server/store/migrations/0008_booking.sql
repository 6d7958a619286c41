-- Adds calendars that offer times, their owners, and bookings.

CREATE TABLE calendars (
  name           TEXT PRIMARY KEY,           -- as an email says it: diagnosis-call
  title          TEXT NOT NULL,              -- what the appointment is called in everybody's calendar
  place          TEXT NOT NULL DEFAULT '',   -- an address, or the link of a video call
  time_zone      TEXT NOT NULL,              -- IANA; the hours below are hours there
  hours          TEXT NOT NULL,              -- JSON: {"mon": [["09:00", "13:00"]], …}
  minutes        BIGINT NOT NULL,
  before_minutes BIGINT NOT NULL DEFAULT 0,  -- kept free before and after each appointment
  after_minutes  BIGINT NOT NULL DEFAULT 0,
  notice_minutes BIGINT NOT NULL,            -- nobody books sooner than this
  horizon_days   BIGINT NOT NULL,            -- nor later than this
  capacity       BIGINT NOT NULL DEFAULT 1,  -- people to one appointment
  country        TEXT NOT NULL DEFAULT '',   -- ISO 3166, with a subdivision if wanted: CO, ES-MD; '' keeps no public holidays
  days_off       TEXT NOT NULL DEFAULT '[]', -- JSON list of days, as 2026-12-24
  active         BIGINT NOT NULL DEFAULT 1,
  updated_at     BIGINT NOT NULL
);

CREATE TABLE calendar_owners (               -- one is a person's calendar, several take turns
  calendar TEXT NOT NULL,
  owner_id TEXT NOT NULL,                    -- of a user
  PRIMARY KEY (calendar, owner_id)
);
CREATE INDEX calendar_owners_owner ON calendar_owners (owner_id);

CREATE TABLE bookings (
  contact_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  calendar   TEXT NOT NULL,
  owner_id   TEXT NOT NULL,
  starts_at  BIGINT NOT NULL,
  ends_at    BIGINT NOT NULL,
  seat       BIGINT NOT NULL,                -- from 1 to the calendar's capacity
  state      TEXT NOT NULL,                  -- booked | cancelled
  sequence   BIGINT NOT NULL DEFAULT 0,      -- of changes, as calendars count them (RFC 5545 3.8.7.4)
  told       BIGINT NOT NULL DEFAULT -1,     -- the sequence that both were last told of
  rsvp       TEXT NOT NULL DEFAULT '',       -- what their calendar said: accepted | declined | tentative
  title      TEXT NOT NULL,
  place      TEXT NOT NULL DEFAULT '',
  language   TEXT NOT NULL,
  time_zone  TEXT NOT NULL,                  -- in which the times are written to them
  message_id TEXT NOT NULL DEFAULT '',       -- of the answer behind it; '' when made by hand
  block      TEXT NOT NULL DEFAULT '',
  reminded   TEXT NOT NULL DEFAULT '',       -- the last reminder sent: day | hour
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (contact_id, id)
);
-- a unique index, so that the database refuses a second person on one seat
CREATE UNIQUE INDEX bookings_seat ON bookings (calendar, owner_id, starts_at, seat) WHERE state = 'booked';
CREATE INDEX bookings_id ON bookings (id);
CREATE INDEX bookings_owner ON bookings (owner_id, starts_at);
CREATE INDEX bookings_untold ON bookings (updated_at) WHERE told < sequence;
CREATE INDEX bookings_starts ON bookings (starts_at);

-- the owner's time in pieces of five minutes, buffers included: two appointments that overlap share a piece, which is refused
CREATE TABLE holds (
  owner_id  TEXT NOT NULL,
  piece     BIGINT NOT NULL,                 -- five minutes since 1970
  calendar  TEXT NOT NULL,
  starts_at BIGINT NOT NULL,                 -- of the appointment that holds it
  PRIMARY KEY (owner_id, piece)
);
CREATE INDEX holds_of ON holds (owner_id, calendar, starts_at);

CREATE TABLE booking_changes (               -- rows are added and never changed
  contact_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  booking_id TEXT NOT NULL,
  what       TEXT NOT NULL,                  -- booked | moved | cancelled | accepted | declined | tentative
  starts_at  BIGINT NOT NULL,
  was        BIGINT,
  by_whom    TEXT NOT NULL,                  -- 'person', or who of the team
  at         BIGINT NOT NULL,
  PRIMARY KEY (contact_id, id)
);

CREATE TABLE offered_times (                 -- what stood in a mail as it left: a reply says "the second one"
  contact_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  calendar   TEXT NOT NULL,
  times      TEXT NOT NULL,                  -- JSON list, as the message's data would bring them
  PRIMARY KEY (contact_id, message_id, calendar)
);

CREATE TABLE owner_calendars (               -- what an owner's own calendar says, and the feed they read ours by
  owner_id   TEXT PRIMARY KEY,
  feed_mark  TEXT NOT NULL DEFAULT '',       -- the feed's link holds it; another one makes the old link nobody's
  busy_url   TEXT NOT NULL DEFAULT '',
  fetched_at BIGINT NOT NULL DEFAULT 0,      -- the last good copy
  tried_at   BIGINT NOT NULL DEFAULT 0,
  trouble    TEXT NOT NULL DEFAULT ''        -- a reason, as stored everywhere; '' when the last try was good
);

CREATE TABLE busy (                          -- the last good copy of an owner's busy times
  owner_id  TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at   BIGINT NOT NULL,
  PRIMARY KEY (owner_id, starts_at, ends_at)
);
