-- Adds restores: a restored store sends nothing until a person has decided about the pending items of its backup.

CREATE TABLE restores (
  at          BIGINT PRIMARY KEY,
  backup_at   BIGINT NOT NULL,               -- when the backup was made
  released_at BIGINT,                        -- NULL: the workers wait
  by_whom     TEXT NOT NULL DEFAULT ''
);

CREATE TABLE signing_keys (                   -- what is known of the keys file, so that another one is noticed; never a key
  fingerprint TEXT PRIMARY KEY,
  retired_at  BIGINT                         -- since when another key signs; NULL: this one does
);
