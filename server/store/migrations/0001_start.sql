-- Creates the first schema, the same for SQLite and PostgreSQL. Times are integer milliseconds UTC; Acto makes the ids, ordered by time.
-- The text after "sqlite:" is for SQLite alone, where a table without rowids is one B-tree instead of two.
-- Keys of rows about a person start with contact_id, so that the same schema can be distributed over a cluster by contact.

CREATE TABLE users (
  id            TEXT PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  session_key   TEXT NOT NULL,              -- a new key signs every session out
  created_at    BIGINT NOT NULL
);

CREATE TABLE contacts (
  id          TEXT PRIMARY KEY,
  email       TEXT NOT NULL,                -- as given
  email_key   TEXT NOT NULL UNIQUE,         -- as compared: lower case, IDNA domain
  first_name  TEXT NOT NULL DEFAULT '',
  last_name   TEXT NOT NULL DEFAULT '',
  company     TEXT NOT NULL DEFAULT '',
  language    TEXT NOT NULL DEFAULT '',     -- '' = the email's first language
  search_text TEXT NOT NULL DEFAULT '',     -- address, names and company, folded; '' = to be folded before the commit
  created_at  BIGINT NOT NULL,
  updated_at  BIGINT NOT NULL
);
CREATE INDEX contacts_unfolded ON contacts (id) WHERE search_text = '';

CREATE TABLE email_versions (
  id         TEXT PRIMARY KEY,              -- SHA-256 of the files
  name       TEXT NOT NULL,
  files      TEXT NOT NULL,                 -- JSON object: path -> text, all that is needed to compile it again
  created_at BIGINT NOT NULL
);

CREATE TABLE messages (
  contact_id      TEXT NOT NULL,
  id              TEXT NOT NULL,
  email           TEXT NOT NULL,            -- the Email's name
  version_id      TEXT NOT NULL,
  language        TEXT NOT NULL,
  mail_class      TEXT NOT NULL,            -- transactional | marketing
  stream          TEXT NOT NULL,
  topic           TEXT NOT NULL,
  data            TEXT NOT NULL DEFAULT '{}',
  state           TEXT NOT NULL,            -- queued | attempting | sent | failed | unknown | stopped
  reason          TEXT NOT NULL DEFAULT '', -- why it waits, failed or was stopped, in a sentence
  attempts        BIGINT NOT NULL DEFAULT 0,
  next_attempt_at BIGINT NOT NULL,
  lease_owner     TEXT NOT NULL DEFAULT '',
  lease_until     BIGINT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL,
  sent_at         BIGINT,
  PRIMARY KEY (contact_id, id)
);
CREATE INDEX messages_due ON messages (stream, next_attempt_at, id) WHERE state = 'queued';
CREATE INDEX messages_recent ON messages (id);
CREATE INDEX messages_in_state ON messages (state, id, stream);

CREATE TABLE hits (
  contact_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  message_id TEXT NOT NULL,
  block      TEXT NOT NULL DEFAULT '',
  purpose    TEXT NOT NULL,                 -- answer | unsubscribe
  at         BIGINT NOT NULL,
  method     TEXT NOT NULL,                 -- GET | HEAD | POST
  choice     TEXT NOT NULL DEFAULT '',
  agent      TEXT NOT NULL DEFAULT '',
  network    TEXT NOT NULL DEFAULT '',      -- the address, truncated to /24 or /48
  facts      TEXT NOT NULL DEFAULT '{}',    -- JSON object: fetch metadata headers and the like
  nonce      TEXT NOT NULL DEFAULT '',
  gesture    TEXT NOT NULL DEFAULT '',      -- pointer | touch | wheel | key, when our page saw a trusted one
  PRIMARY KEY (contact_id, id)
) /* sqlite: WITHOUT ROWID */;

CREATE TABLE events (
  contact_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  message_id TEXT NOT NULL,
  block      TEXT NOT NULL DEFAULT '',
  kind       TEXT NOT NULL,                 -- answered | unsubscribed
  value      TEXT NOT NULL DEFAULT '[]',    -- JSON list of the option values chosen
  channel    TEXT NOT NULL,                 -- page (others come with their formats)
  nonce      TEXT NOT NULL,
  grade      TEXT NOT NULL,                 -- fetched | posted | gestured | authenticated
  reasons    TEXT NOT NULL DEFAULT '[]',    -- JSON list of reason names behind the grade
  at         BIGINT NOT NULL,
  PRIMARY KEY (contact_id, message_id, block, nonce)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX events_recent ON events (at, id);

CREATE TABLE answers (
  contact_id  TEXT NOT NULL,
  message_id  TEXT NOT NULL,
  block       TEXT NOT NULL,
  email       TEXT NOT NULL,
  value       TEXT NOT NULL,                -- JSON list of the option values that count now
  grade       TEXT NOT NULL,
  state       TEXT NOT NULL,                -- provisional | confirmed
  answered_at BIGINT NOT NULL,
  confirm_at  BIGINT NOT NULL,              -- when a provisional answer becomes confirmed
  changes     BIGINT NOT NULL DEFAULT 0,    -- how many times the person changed it
  question    TEXT NOT NULL,
  points      TEXT NOT NULL,                -- JSON list: one {"value","label","interest","need","urgency"} for each chosen option
  PRIMARY KEY (contact_id, message_id, block)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX answers_recent ON answers (answered_at, contact_id);
CREATE INDEX answers_waiting ON answers (confirm_at) WHERE state = 'provisional';

CREATE TABLE leads (
  contact_id   TEXT PRIMARY KEY,
  interest     BIGINT NOT NULL,
  need         BIGINT NOT NULL,
  urgency      BIGINT NOT NULL,
  worth        BIGINT NOT NULL,             -- what the list is sorted by
  stage        TEXT NOT NULL,               -- cold | warm | hot
  reasons      TEXT NOT NULL,               -- JSON list of points with what was asked, said and when
  waiting      BIGINT NOT NULL,             -- answers that are still provisional
  answered_at  BIGINT NOT NULL,
  updated_at   BIGINT NOT NULL
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX leads_by_worth ON leads (worth, answered_at);

CREATE TABLE suppressions (
  address_key TEXT NOT NULL,
  scope       TEXT NOT NULL,                -- all | marketing
  reason      TEXT NOT NULL,
  contact_id  TEXT NOT NULL DEFAULT '',
  message_id  TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL,
  PRIMARY KEY (address_key, scope)
);
