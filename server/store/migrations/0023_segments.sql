-- Segments: saved rules that select contacts. The text after "postgresql:" is for PostgreSQL alone; on SQLite, server/store/sqlite_functions.py
-- has the same two functions.

CREATE TABLE segments (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  name_key   TEXT NOT NULL UNIQUE,          -- the name, folded
  rule       TEXT NOT NULL,                 -- JSON, see docs/segments.md
  archived   BIGINT NOT NULL DEFAULT 0,     -- 1: hidden in lists of segments to choose from
  by_whom    TEXT NOT NULL,                 -- the address of who changed it last, or the command
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX segments_listed ON segments (archived, name_key);

-- what somebody types finds “Bogotá” by “bogota”: without accents, and A to Z in any case
/* postgresql: CREATE FUNCTION folded(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g') COLLATE "C") $$ */;
/* postgresql: CREATE FUNCTION own_field(fields text, name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(CAST(fields AS json) ->> name, '') $$ */;

-- with the contact in it, the people who were sent mail since a day are read from the index alone
DROP INDEX messages_left;
CREATE INDEX messages_left ON messages (sent_at, email, contact_id) WHERE sent_at IS NOT NULL;
DROP INDEX answers_counted;
CREATE INDEX answers_counted ON answers (email, superseded, block, state, value, answered_at, contact_id);
