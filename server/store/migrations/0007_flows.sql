-- Adds flows: rules, the effects that they plan with their outcomes, tasks, and endpoints of webhooks.

CREATE TABLE flows (
  name       TEXT PRIMARY KEY,
  version    BIGINT NOT NULL,
  active     BIGINT NOT NULL,               -- 1: on
  rule       TEXT NOT NULL,                 -- JSON: what the file says
  by_whom    TEXT NOT NULL,                 -- the address of who wrote this version, or the command
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE flow_versions (                -- rows are added and never changed
  name    TEXT NOT NULL,
  version BIGINT NOT NULL,
  rule    TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (name, version)
);

-- one row with a new stamp for each change of a flow, so that a process can cache the flows of a stamp
CREATE TABLE stamps (
  name  TEXT PRIMARY KEY,                   -- flows
  stamp TEXT NOT NULL
);

CREATE TABLE effects (
  contact_id      TEXT NOT NULL,            -- '' for a test of an endpoint
  id              TEXT NOT NULL,            -- drawn from flow, version, cause and place: a replay plans nothing twice
  flow            TEXT NOT NULL,
  version         BIGINT NOT NULL,
  place           BIGINT NOT NULL,          -- the effect's place in the flow, from 0
  kind            TEXT NOT NULL,            -- task | alert | chat | webhook | email | booking | tag | stage | owner
  details         TEXT NOT NULL,            -- JSON: the effect as the flow said it then
  happened        TEXT NOT NULL,            -- answered | changed | stage | unsubscribed | test
  message_id      TEXT NOT NULL DEFAULT '', -- with block and answered_at, the answer behind it
  block           TEXT NOT NULL DEFAULT '',
  answered_at     BIGINT NOT NULL DEFAULT 0,
  cause           TEXT NOT NULL,            -- JSON: what was asked and said, as it was then
  chain           TEXT NOT NULL DEFAULT '[]', -- JSON list: the flows that led here, this one last
  state           TEXT NOT NULL,            -- planned | doing | done | failed | stopped | gone
  reason          TEXT NOT NULL DEFAULT '', -- why it waits, failed or was stopped, by name
  result          TEXT NOT NULL DEFAULT '', -- what it made: the id of a task, a message or a notice; a status
  counts          BIGINT NOT NULL DEFAULT 1, -- 0: done for an answer that no longer counts
  by_hand         BIGINT NOT NULL DEFAULT 0, -- 1: a person had it done, whatever the flow says now
  endpoint        TEXT NOT NULL DEFAULT '', -- of webhook and chat
  body            TEXT NOT NULL DEFAULT '', -- what an endpoint was sent
  tries           TEXT NOT NULL DEFAULT '[]', -- JSON list of {"at","status","ms","said"}, the last ones
  attempts        BIGINT NOT NULL DEFAULT 0,
  next_attempt_at BIGINT NOT NULL,
  lease_owner     TEXT NOT NULL DEFAULT '',
  lease_until     BIGINT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL,
  done_at         BIGINT,
  PRIMARY KEY (contact_id, id)
);
CREATE INDEX effects_due ON effects (endpoint, next_attempt_at, id) WHERE state = 'planned';
CREATE INDEX effects_leased ON effects (lease_until) WHERE state = 'doing';
CREATE INDEX effects_recent ON effects (created_at, id);
CREATE INDEX effects_of_flow ON effects (flow, created_at, id);
CREATE INDEX effects_in_state ON effects (state, created_at, id);
CREATE INDEX effects_of_endpoint ON effects (endpoint, created_at, id) WHERE endpoint <> '';

CREATE TABLE rotations (                    -- whose turn it was last
  flow  TEXT NOT NULL,
  place BIGINT NOT NULL,
  last  TEXT NOT NULL,
  PRIMARY KEY (flow, place)
);

CREATE TABLE tasks (
  contact_id TEXT NOT NULL DEFAULT '',      -- '' for a task about nobody
  id         TEXT NOT NULL,
  title      TEXT NOT NULL,
  note       TEXT NOT NULL DEFAULT '',
  owner      TEXT NOT NULL DEFAULT '',      -- the address of who is to do it; '' = whoever is first
  flow       TEXT NOT NULL DEFAULT '',      -- that made it
  by_whom    TEXT NOT NULL,
  stale      BIGINT NOT NULL DEFAULT 0,     -- 1: the answer behind it no longer counts
  due_at     BIGINT NOT NULL,
  done_at    BIGINT,
  done_by    TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  PRIMARY KEY (contact_id, id)
);
CREATE INDEX tasks_open ON tasks (due_at, id) WHERE done_at IS NULL;
CREATE INDEX tasks_done ON tasks (done_at, id) WHERE done_at IS NOT NULL;

CREATE TABLE endpoints (
  name         TEXT PRIMARY KEY,
  url          TEXT NOT NULL,
  shape        TEXT NOT NULL,               -- of the body: a row of the table of bodies
  header       TEXT NOT NULL DEFAULT '',    -- one more header, "Name: value", for receivers that ask for a key
  secret       TEXT NOT NULL,               -- whsec_…, to sign with
  old_secret   TEXT NOT NULL DEFAULT '',    -- signs too until old_until
  old_until    BIGINT NOT NULL DEFAULT 0,
  active       BIGINT NOT NULL DEFAULT 1,
  reason       TEXT NOT NULL DEFAULT '',    -- why it is off, by name
  created_at   BIGINT NOT NULL
);
