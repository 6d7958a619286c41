-- Restores of a backup, and the work of before one, which is held until a user decides about it.

-- name: add(at, backup_at)!
INSERT INTO restores (at, backup_at) VALUES (:at, :backup_at)

-- name: waiting()^
-- The restore that waits for a decision.
SELECT * FROM restores WHERE released_at IS NULL ORDER BY at DESC LIMIT 1

-- name: last_at()$
SELECT MAX(at) AS at FROM restores

-- name: release(at, by_whom, now)!
-- Includes earlier restores, because the backup may be of a store that waited itself. 0 rows when somebody else was faster.
UPDATE restores SET released_at = :now, by_whom = :by_whom WHERE at <= :at AND released_at IS NULL

-- name: last_answer(at)$
-- The time at which the last answer from before the restore ends its wait.
SELECT MAX(confirm_at) AS until_at FROM answers WHERE state = 'provisional' AND answered_at < :at

-- name: last_page(at)$
-- The same for pages that were left open.
SELECT MAX(due_at) AS until_at FROM open_pages WHERE opened_at < :at

-- name: campaigns_due(at, now)$
SELECT COUNT(*) AS total FROM campaigns WHERE state IN ('scheduled', 'sending') AND created_at < :at AND starts_at <= :now

-- name: pause_campaigns(at, now, reason)!
UPDATE campaigns SET state = 'paused', reason = :reason, updated_at = :now
WHERE state IN ('scheduled', 'sending') AND created_at < :at AND starts_at <= :now

-- name: messages_due(at, now, never)$
-- Includes those of a campaign that was resumed just before the backup, whose messages were not moved back yet.
SELECT COUNT(*) AS total FROM messages WHERE state = 'queued' AND created_at < :at AND (
  next_attempt_at <= :now OR (next_attempt_at >= :never AND next_attempt_at <= :never + :now AND EXISTS (
    SELECT 1 FROM campaigns WHERE campaigns.id = messages.campaign_id AND campaigns.state = 'sending')))

-- name: drop_messages(at, now, never, reason)!
-- They may have left until the restore, so that moment counts for the caps.
UPDATE messages SET state = 'unknown', reason = :reason, begun_at = :at, lease_owner = '', lease_until = 0
WHERE state = 'queued' AND created_at < :at AND (
  next_attempt_at <= :now OR (next_attempt_at >= :never AND next_attempt_at <= :never + :now AND EXISTS (
    SELECT 1 FROM campaigns WHERE campaigns.id = messages.campaign_id AND campaigns.state = 'sending')))

-- name: notices_due(at, now)$
SELECT COUNT(*) AS total FROM notices WHERE state = 'queued' AND created_at < :at AND next_attempt_at <= :now

-- name: drop_notices(at, now, reason)!
UPDATE notices SET state = 'unknown', reason = :reason, lease_owner = '', lease_until = 0
WHERE state = 'queued' AND created_at < :at AND next_attempt_at <= :now

-- name: effects_due(at, now)$
SELECT COUNT(*) AS total FROM effects WHERE state IN ('planned', 'doing') AND created_at < :at AND next_attempt_at <= :now

-- name: answers_due(at)$
-- Counts answers still waiting at the restore, whose effects are not planned yet.
SELECT (SELECT COUNT(*) FROM answers WHERE state = 'provisional' AND answered_at < :at)
     + (SELECT COUNT(*) FROM open_pages WHERE opened_at < :at) AS total

-- name: drop_effects(at, checked_at, now, reason)!
-- Includes the effects planned by the last check of waiting answers, at `checked_at`.
UPDATE effects SET state = 'stopped', reason = :reason, lease_owner = '', lease_until = 0
WHERE state IN ('planned', 'doing') AND (created_at < :at OR created_at = :checked_at) AND next_attempt_at <= :now
