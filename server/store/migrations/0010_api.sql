-- Adds the stored replies of repeated API calls, and indexes that programs need and pages do not.

CREATE TABLE api_replies (
  key_id     TEXT NOT NULL,                 -- the API key that called
  name       TEXT NOT NULL,                 -- its Idempotency-Key
  request    TEXT NOT NULL,                 -- SHA-256 of method, path, query and body
  contact_id TEXT NOT NULL DEFAULT '',      -- whom the reply is about, so that erasing them empties it
  status     BIGINT NOT NULL DEFAULT 0,
  body       TEXT NOT NULL DEFAULT '',
  at         BIGINT NOT NULL,
  PRIMARY KEY (key_id, name)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX api_replies_old ON api_replies (at);
CREATE INDEX api_replies_about ON api_replies (contact_id) WHERE contact_id <> '';
CREATE INDEX tasks_by_id ON tasks (id);
