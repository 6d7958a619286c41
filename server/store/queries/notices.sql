-- The notices, mail that Acto writes by itself: each row is an intent to send, and the row is the queue.

-- name: put(id, contact_id, to_address, subject, text, html, attachments, reply_to, now)!
-- 0 rows when it was queued before, so that repeating an effect does no harm.
INSERT INTO notices (id, contact_id, to_address, subject, text, html, attachments, reply_to, state, next_attempt_at, created_at)
VALUES (:id, :contact_id, :to_address, :subject, :text, :html, :attachments, :reply_to, 'queued', :now, :now)
ON CONFLICT (id) DO NOTHING

-- name: is_due(now)$
SELECT 1 AS due FROM notices WHERE state = 'queued' AND next_attempt_at <= :now AND lease_until < :now LIMIT 1

-- name: is_on_its_way(now)$
-- Due and not finished, those claimed by a worker included.
SELECT 1 AS due FROM notices WHERE state IN ('queued', 'attempting') AND next_attempt_at <= :now LIMIT 1

-- name: claim(owner, now, lease_until, limit)
-- The conditions are repeated, as for messages: PostgreSQL checks the outer ones again on a row that another worker changed.
UPDATE notices SET lease_owner = :owner, lease_until = :lease_until
WHERE state = 'queued' AND lease_until < :now AND id IN (
  SELECT id FROM notices WHERE state = 'queued' AND next_attempt_at <= :now AND lease_until < :now
  ORDER BY next_attempt_at, id LIMIT :limit)
RETURNING *

-- name: release(id, owner)*!
UPDATE notices SET lease_owner = '', lease_until = 0 WHERE id = :id AND state = 'queued' AND lease_owner = :owner

-- name: begin_attempt(id, owner, lease_until)!
UPDATE notices SET state = 'attempting', attempts = attempts + 1, lease_until = :lease_until, reason = ''
WHERE id = :id AND state = 'queued' AND lease_owner = :owner

-- name: finish(id, owner, state, reason, next_attempt_at, sent_at)!
-- Empties a sent notice, because its links may sign somebody in and should not be in a backup.
UPDATE notices SET state = :state, reason = :reason, next_attempt_at = :next_attempt_at, sent_at = :sent_at,
                   text = CASE WHEN :state = 'sent' THEN '' ELSE text END,
                   html = CASE WHEN :state = 'sent' THEN '' ELSE html END,
                   attachments = CASE WHEN :state = 'sent' THEN '[]' ELSE attachments END,
                   lease_owner = '', lease_until = 0
WHERE id = :id AND lease_owner = :owner AND state IN ('queued', 'attempting', 'unknown')

-- name: sweep(now, reason)!
UPDATE notices SET state = 'unknown', reason = :reason WHERE state = 'attempting' AND lease_until < :now

-- name: requeue(id, now)!
UPDATE notices SET state = 'queued', reason = '', attempts = 0, next_attempt_at = :now, lease_owner = '', lease_until = 0
WHERE id = :id AND state IN ('failed', 'unknown')

-- name: withdraw(id)!
-- Deletes a notice that is still queued.
DELETE FROM notices WHERE id = :id AND state = 'queued'

-- name: counts()
SELECT state, COUNT(*) AS total FROM notices GROUP BY state ORDER BY state

-- name: by_id(id)^
SELECT * FROM notices WHERE id = :id

-- name: newest(limit, offset)
SELECT id, to_address, subject, state, reason, attempts, next_attempt_at, created_at, sent_at FROM notices
ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset

-- name: newest_in_state(state, limit, offset)
SELECT id, to_address, subject, state, reason, attempts, next_attempt_at, created_at, sent_at FROM notices
WHERE state = :state ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset
