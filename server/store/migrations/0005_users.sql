-- Adds a team instead of one admin: users, roles, notices, keys for programs, and the audit log.

ALTER TABLE users ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'admin';         -- admin | marketer | sales | viewer
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT '';          -- '' = as the browser asks
ALTER TABLE users ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE users ADD COLUMN active BIGINT NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN totp_secret TEXT NOT NULL DEFAULT '';       -- base32; '' = no second step
ALTER TABLE users ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;        -- the last 30-second step whose code was used
ALTER TABLE users ADD COLUMN seen_at BIGINT NOT NULL DEFAULT 0;          -- to the minute

CREATE TABLE recovery_codes (
  user_id TEXT NOT NULL,
  hash    TEXT NOT NULL,                    -- SHA-256: a code has 80 random bits, there is nothing to guess
  PRIMARY KEY (user_id, hash)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE api_keys (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  prefix       TEXT NOT NULL,               -- the first characters, to know it again by
  hash         TEXT NOT NULL UNIQUE,        -- SHA-256 of the whole key
  scopes       TEXT NOT NULL,               -- names with a space between
  created_by   TEXT NOT NULL,               -- the address of who made it
  created_at   BIGINT NOT NULL,
  expires_at   BIGINT,
  last_used_at BIGINT NOT NULL DEFAULT 0,   -- to the minute
  revoked_at   BIGINT
);

-- rows are added and never changed
CREATE TABLE audit (
  id      TEXT PRIMARY KEY,
  at      BIGINT NOT NULL,
  by_whom TEXT NOT NULL,                    -- an address, or who else acted
  what    TEXT NOT NULL,                    -- user.invited, key.revoked …
  subject TEXT NOT NULL,                    -- whom or what it was done to
  details TEXT NOT NULL DEFAULT '{}'        -- JSON object
);

-- mail that Acto writes by itself, outside every campaign
CREATE TABLE notices (
  id              TEXT PRIMARY KEY,
  to_address      TEXT NOT NULL,
  subject         TEXT NOT NULL,
  text            TEXT NOT NULL,            -- text, html and attachments are emptied once sent: their links sign people in
  html            TEXT NOT NULL,
  attachments     TEXT NOT NULL DEFAULT '[]',  -- JSON list of {"content_type","method","base64"}
  state           TEXT NOT NULL,            -- queued | attempting | sent | failed | unknown
  reason          TEXT NOT NULL DEFAULT '',
  attempts        BIGINT NOT NULL DEFAULT 0,
  next_attempt_at BIGINT NOT NULL,
  lease_owner     TEXT NOT NULL DEFAULT '',
  lease_until     BIGINT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL,
  sent_at         BIGINT
);
CREATE INDEX notices_due ON notices (next_attempt_at, id) WHERE state = 'queued';
CREATE INDEX notices_recent ON notices (created_at, id);
CREATE INDEX notices_in_state ON notices (state, created_at, id);
