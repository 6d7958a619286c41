-- Emails that are edited in the browser. An email lives here or in the templates folder, never in both.

CREATE TABLE emails (
  name       TEXT PRIMARY KEY,              -- what flows, the API and commands call it
  title_es   TEXT NOT NULL,                 -- what people call it
  title_en   TEXT NOT NULL,
  folder     TEXT NOT NULL DEFAULT '',      -- '' is none
  search_text TEXT NOT NULL,                -- name, titles and folder, folded
  revision   BIGINT NOT NULL,               -- the newest
  published  BIGINT,                        -- the revision that is sent; NULL: never published
  state      TEXT NOT NULL DEFAULT 'active', -- active | archived | trashed
  by_whom    TEXT NOT NULL,                 -- the address of who changed it last, or the command
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX emails_listed ON emails (state, folder, name);

CREATE TABLE email_revisions (              -- each save; rows are added and never changed
  name       TEXT NOT NULL,
  revision   BIGINT NOT NULL,
  files      TEXT NOT NULL,                 -- JSON object: path to text
  note       TEXT NOT NULL DEFAULT '',      -- what was done: created, saved, restored from 3, pushed
  by_whom    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (name, revision)
);
