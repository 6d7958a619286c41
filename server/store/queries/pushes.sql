-- The push notices, one row for each device: the row is the queue, and stays so that a notice is queued once.

-- name: put(contact_id, cause, device_id, now)!
-- 0 rows when it was queued before.
INSERT INTO pushes (contact_id, cause, device_id, state, next_attempt_at, created_at)
VALUES (:contact_id, :cause, :device_id, 'queued', :now, :now)
ON CONFLICT (contact_id, cause, device_id) DO NOTHING

-- name: is_due(now)$
SELECT 1 AS due FROM pushes WHERE state = 'queued' AND next_attempt_at <= :now AND lease_until < :now LIMIT 1

-- name: claim(owner, now, lease_until, limit)
-- The conditions are repeated, as for messages: PostgreSQL checks the outer ones again on a row that another worker changed.
UPDATE pushes SET lease_owner = :owner, lease_until = :lease_until, attempts = attempts + 1
WHERE state = 'queued' AND lease_until < :now AND (contact_id, cause, device_id) IN (
  SELECT contact_id, cause, device_id FROM pushes WHERE state = 'queued' AND next_attempt_at <= :now AND lease_until < :now
  ORDER BY next_attempt_at, contact_id, cause, device_id LIMIT :limit)
RETURNING *

-- name: finish(contact_id, cause, device_id, owner, state, reason, next_attempt_at)!
UPDATE pushes SET state = :state, reason = :reason, next_attempt_at = :next_attempt_at, lease_owner = '', lease_until = 0
WHERE contact_id = :contact_id AND cause = :cause AND device_id = :device_id AND lease_owner = :owner AND state = 'queued'

-- name: of_contact(contact_id)
SELECT * FROM pushes WHERE contact_id = :contact_id ORDER BY cause, device_id

-- name: drop_of_device(device_id)!
-- What a removed device would have got; the other rows stay, so that it gets nothing twice when it is added again.
UPDATE pushes SET state = 'dropped' WHERE device_id = :device_id AND state = 'queued'
