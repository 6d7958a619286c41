-- Adds the devices on which users get push notices, and the queue of these notices: each row is one notice to one device.

CREATE TABLE push_devices (
  id         TEXT PRIMARY KEY,              -- hash of the endpoint, so that a device that is added again is the same one
  user_id    TEXT NOT NULL,
  endpoint   TEXT NOT NULL,                 -- URL at the browser's push service (RFC 8030)
  p256dh     TEXT NOT NULL,                 -- public key of the browser (RFC 8291), base64url
  auth       TEXT NOT NULL,                 -- secret shared with the browser (RFC 8291), base64url
  name       TEXT NOT NULL,                 -- browser and system
  reason     TEXT NOT NULL DEFAULT '',      -- why the last notice did not arrive; '' = it did
  sent_at    BIGINT NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL
);
CREATE INDEX push_devices_of_user ON push_devices (user_id, created_at);

CREATE TABLE pushes (
  contact_id      TEXT NOT NULL,            -- '' for a test
  cause           TEXT NOT NULL,            -- hot, the id of an effect, or that of a test
  device_id       TEXT NOT NULL,
  state           TEXT NOT NULL,            -- queued | sent | failed | dropped
  reason          TEXT NOT NULL DEFAULT '',
  attempts        BIGINT NOT NULL DEFAULT 0,
  next_attempt_at BIGINT NOT NULL,
  lease_owner     TEXT NOT NULL DEFAULT '',
  lease_until     BIGINT NOT NULL DEFAULT 0,
  created_at      BIGINT NOT NULL,
  PRIMARY KEY (contact_id, cause, device_id)
) /* sqlite: WITHOUT ROWID */;
CREATE INDEX pushes_due ON pushes (next_attempt_at) WHERE state = 'queued';
CREATE INDEX pushes_of_device ON pushes (device_id);
