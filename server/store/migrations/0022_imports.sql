-- Imports of contacts with what they changed, the names of the team's own fields, and the addresses of merged contacts.

ALTER TABLE contact_aliases ADD COLUMN email TEXT NOT NULL DEFAULT '';      -- their address then: mail from it is still theirs
ALTER TABLE contact_aliases ADD COLUMN email_key TEXT NOT NULL DEFAULT '';
CREATE INDEX contact_aliases_key ON contact_aliases (email_key) WHERE email_key <> '';

CREATE INDEX contacts_tags ON contacts (tags) WHERE tags <> ',';
CREATE INDEX contacts_country ON contacts (country);
CREATE INDEX contacts_phone ON contacts (phone) WHERE phone <> '';
CREATE INDEX contacts_whatsapp ON contacts (whatsapp) WHERE whatsapp <> '';
CREATE INDEX contacts_last_name ON contacts (last_name);

CREATE TABLE field_names (
  name       TEXT PRIMARY KEY,                -- as templates write it: person.fields.job_title
  created_at BIGINT NOT NULL
);

CREATE TABLE imports (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,                  -- of the file
  program     TEXT NOT NULL DEFAULT '',       -- that wrote it, if its columns are known
  encoding    TEXT NOT NULL DEFAULT '',
  separator   TEXT NOT NULL DEFAULT '',
  layout      TEXT NOT NULL,                  -- JSON list of {"name","use","samples"}, one for each column of the file
  state       TEXT NOT NULL,                  -- checking | checked | running | done | undoing | undone
  total       BIGINT NOT NULL,                -- rows of the file
  done        BIGINT NOT NULL DEFAULT 0,      -- rows of the step that runs now
  last_line   BIGINT NOT NULL DEFAULT 0,      -- after which that step goes on
  by_whom     TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  started_at  BIGINT NOT NULL DEFAULT 0,
  finished_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX imports_working ON imports (id) WHERE state IN ('checking', 'running', 'undoing');

CREATE TABLE import_rows (
  import_id  TEXT NOT NULL,
  line       BIGINT NOT NULL,                 -- in the file, from 1
  contact_id TEXT NOT NULL DEFAULT '',        -- whom the row is about; '' before the import of somebody new
  email_key  TEXT NOT NULL DEFAULT '',
  repeats    BIGINT NOT NULL DEFAULT 0,       -- 1: the address stands on an earlier line too
  cells      TEXT NOT NULL,                   -- JSON list, as they stand in the file; [] when the import is finished
  outcome    TEXT NOT NULL DEFAULT '',        -- new | changed | same | left_out; kept after an undo
  notes      TEXT NOT NULL DEFAULT '[]',      -- JSON list of [rule, value]: why it is left out, or a value that is
  suppressed TEXT NOT NULL DEFAULT '',        -- why the address gets no mail
  changes    TEXT NOT NULL DEFAULT '{}',      -- JSON object: column -> [before, after]
  undone     TEXT NOT NULL DEFAULT '',        -- yes, or why not: answered | consented | sent | changed
  PRIMARY KEY (import_id, line)
);
CREATE INDEX import_rows_of ON import_rows (contact_id) WHERE contact_id <> '';
