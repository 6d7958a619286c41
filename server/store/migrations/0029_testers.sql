-- Recipients of tests, apart from the contacts: what counts, lists or exports people and their answers reads neither of these tables.

CREATE TABLE testers (
  contact_id TEXT PRIMARY KEY,              -- of one test, as messages, hits and links name it; no contact has it
  email      TEXT NOT NULL,                 -- as given
  email_key  TEXT NOT NULL,                 -- as compared
  first_name TEXT NOT NULL DEFAULT '',      -- this and the following as the contact with the address had them
  last_name  TEXT NOT NULL DEFAULT '',
  company    TEXT NOT NULL DEFAULT '',
  language   TEXT NOT NULL DEFAULT '',
  phone      TEXT NOT NULL DEFAULT '',
  country    TEXT NOT NULL DEFAULT '',
  time_zone  TEXT NOT NULL DEFAULT '',
  fields     TEXT NOT NULL DEFAULT '{}',
  created_at BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX testers_of_address ON testers (email_key);

-- Every answer to a test as it arrived. There is no lead, flow or booking about it.
CREATE TABLE test_answers (
  contact_id TEXT NOT NULL,                 -- of testers
  message_id TEXT NOT NULL,
  block      TEXT NOT NULL,
  nonce      TEXT NOT NULL,
  id         TEXT NOT NULL,                 -- of its hit
  value      TEXT NOT NULL,                 -- JSON list of the option values chosen
  channel    TEXT NOT NULL,
  grade      TEXT NOT NULL,
  reasons    TEXT NOT NULL,                 -- JSON list of reason names behind the grade
  at         BIGINT NOT NULL,
  PRIMARY KEY (contact_id, message_id, block, nonce)
) /* sqlite: WITHOUT ROWID */;

-- Reports count no tests, and read that from the index.
DROP INDEX messages_of_email;
CREATE INDEX messages_of_email ON messages (email, state, contact_id, purpose);
