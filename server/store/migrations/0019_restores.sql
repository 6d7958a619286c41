-- A store that was restored sends and tells nothing until a person has decided about what was due when its backup was made.

CREATE TABLE restores (
  at          BIGINT PRIMARY KEY,
  backup_at   BIGINT NOT NULL,               -- when the backup was made
  released_at BIGINT,                        -- NULL: the workers wait
  by_whom     TEXT NOT NULL DEFAULT ''
);
