-- Adds sessions as rows, so that signing out also ends copies of the cookie, and users can see and end their sessions.

CREATE TABLE sessions (
  id       TEXT PRIMARY KEY,                -- SHA-256 of the name in the cookie
  user_id  TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  seen_at  BIGINT NOT NULL,                 -- to five minutes
  agent    TEXT NOT NULL,                   -- User-Agent, cut
  network  TEXT NOT NULL                    -- of its last use, cut to /24 or /48
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX sessions_of_user ON sessions (user_id);
