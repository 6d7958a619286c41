-- The messages, which are the outbox: each row is an intent to send, and the row is the queue (server/sending/outbox.py).

-- name: enqueue(id, contact_id, email, version_id, language, mail_class, stream, topic, data, recipients, purpose, now)!
-- 0 rows when the same message was queued before, so that repeating a send does no harm.
INSERT INTO messages (contact_id, id, email, version_id, language, mail_class, stream, topic, data, recipients, purpose,
                      state, next_attempt_at, created_at)
VALUES (:contact_id, :id, :email, :version_id, :language, :mail_class, :stream, :topic, :data, :recipients, :purpose,
        'queued', :now, :now)
ON CONFLICT (contact_id, id) DO NOTHING

-- name: claim(stream, owner, now, lease_until, limit)
-- The conditions are repeated: PostgreSQL picks the rows by the inner ones and, when another worker was
-- faster, checks the outer ones again on the row as that worker left it.
UPDATE messages SET lease_owner = :owner, lease_until = :lease_until
WHERE state = 'queued' AND lease_until < :now AND (contact_id, id) IN (
  SELECT contact_id, id FROM messages
  WHERE state = 'queued' AND stream = :stream AND next_attempt_at <= :now AND lease_until < :now
  ORDER BY next_attempt_at, id LIMIT :limit)
RETURNING *

-- name: is_due(stream, now)$
-- Reads without a lock, so that idle workers do not block others.
SELECT 1 AS due FROM messages
WHERE state = 'queued' AND stream = :stream AND next_attempt_at <= :now AND lease_until < :now LIMIT 1

-- name: release(contact_id, id, owner)*!
-- Releases messages that a worker claimed and did not begin, so that another worker can claim them at once.
UPDATE messages SET lease_owner = '', lease_until = 0
WHERE contact_id = :contact_id AND id = :id AND state = 'queued' AND lease_owner = :owner

-- name: begin_attempt(contact_id, id, owner, lease_until, now)!
-- 0 rows when it was stopped or claimed by another worker in the meantime, its address suppressed, or its campaign
-- paused or stopped. This repeats the gate's check in the same transaction, because a person may have unsubscribed since.
UPDATE messages SET state = 'attempting', attempts = attempts + 1, lease_until = :lease_until, reason = '', begun_at = :now
WHERE contact_id = :contact_id AND id = :id AND state = 'queued' AND lease_owner = :owner
  AND NOT EXISTS (
    SELECT 1 FROM suppressions JOIN contacts ON contacts.email_key = suppressions.address_key
    WHERE contacts.id = :contact_id AND suppressions.scope IN ('all', messages.mail_class))
  AND NOT EXISTS (
    SELECT 1 FROM campaigns WHERE campaigns.id = messages.campaign_id AND campaigns.state IN ('paused', 'stopped'))

-- name: left_before(contact_id, id, campaign_id, since_at)
-- The other messages to the person that left or may have left: since a moment, and all of the campaign.
SELECT campaign_id, mail_class, purpose, begun_at FROM messages
WHERE contact_id = :contact_id AND id <> :id AND state IN ('attempting', 'sent', 'unknown')
  AND (begun_at > :since_at OR (campaign_id = :campaign_id AND campaign_id <> ''))

-- name: enqueue_many(id, contact_id, email, version_id, language, mail_class, stream, topic, data, recipients, campaign_id, deadline_at, state, reason, next_attempt_at, now)*!
-- The messages of one page of a campaign, as the gate decided about each.
INSERT INTO messages (contact_id, id, email, version_id, language, mail_class, stream, topic, data, recipients, campaign_id,
                      deadline_at, state, reason, next_attempt_at, created_at)
VALUES (:contact_id, :id, :email, :version_id, :language, :mail_class, :stream, :topic, :data, :recipients, :campaign_id,
        :deadline_at, :state, :reason, :next_attempt_at, :now)
ON CONFLICT (contact_id, id) DO NOTHING

-- name: finish(contact_id, id, owner, state, reason, next_attempt_at, sent_at)!
-- Also from 'unknown', because a sweep may have been faster than a slow mail server, and the owner knows the outcome.
UPDATE messages SET state = :state, reason = :reason, next_attempt_at = :next_attempt_at, sent_at = :sent_at,
                    lease_owner = '', lease_until = 0
WHERE contact_id = :contact_id AND id = :id AND lease_owner = :owner
  AND state IN ('queued', 'attempting', 'unknown')

-- name: sweep(now, reason)!
-- These may have been sent. lease_owner stays, so that an owner still alive can correct the state.
UPDATE messages SET state = 'unknown', reason = :reason WHERE state = 'attempting' AND lease_until < :now

-- name: requeue(contact_id, id, now)!
UPDATE messages SET state = 'queued', reason = '', attempts = 0, next_attempt_at = :now,
                    lease_owner = '', lease_until = 0
WHERE contact_id = :contact_id AND id = :id AND state IN ('failed', 'unknown', 'stopped')

-- name: stop_marketing(contact_id, reason)!
-- The || '' makes SQLite use the index of the contact and not that of all queued messages.
UPDATE messages SET state = 'stopped', reason = :reason, lease_owner = '', lease_until = 0
WHERE contact_id = :contact_id AND mail_class = 'marketing' AND state || '' = 'queued'

-- name: withdraw(contact_id, id, reason)!
-- Stops a message that is still queued.
UPDATE messages SET state = 'stopped', reason = :reason, lease_owner = '', lease_until = 0
WHERE contact_id = :contact_id AND id = :id AND state = 'queued'

-- name: first_sent()$
SELECT MIN(sent_at) AS at FROM messages WHERE sent_at IS NOT NULL

-- name: by_id(contact_id, id)^
SELECT * FROM messages WHERE contact_id = :contact_id AND id = :id

-- name: counts()
SELECT stream, state, COUNT(*) AS total
FROM messages GROUP BY stream, state ORDER BY stream, state

-- name: in_this_state(state, limit)$
-- Counts up to `limit`.
SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE state = :state LIMIT :limit) AS counted

-- name: recent(before, tests, limit)
-- Newest first; `before` is the last id of the previous page. tests = 'yes' includes tests.
SELECT messages.*, COALESCE(contacts.email, testers.email) AS address FROM messages
LEFT JOIN contacts ON contacts.id = messages.contact_id LEFT JOIN testers ON testers.contact_id = messages.contact_id
WHERE messages.id < :before AND (contacts.id IS NOT NULL OR testers.contact_id IS NOT NULL)
  AND (:tests = 'yes' OR messages.purpose = '')
ORDER BY messages.id DESC LIMIT :limit

-- name: in_state(state, before, tests, limit)
SELECT messages.*, COALESCE(contacts.email, testers.email) AS address FROM messages
LEFT JOIN contacts ON contacts.id = messages.contact_id LEFT JOIN testers ON testers.contact_id = messages.contact_id
WHERE messages.state = :state AND messages.id < :before AND (contacts.id IS NOT NULL OR testers.contact_id IS NOT NULL)
  AND (:tests = 'yes' OR messages.purpose = '')
ORDER BY messages.id DESC LIMIT :limit

-- name: unanswered(email, language, limit)
-- Messages sent to people of a language who have not answered, by address.
SELECT messages.id FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.state = 'sent' AND messages.email = :email AND contacts.language = :language AND NOT EXISTS (
  SELECT 1 FROM answers WHERE answers.contact_id = messages.contact_id AND answers.message_id = messages.id)
ORDER BY contacts.email_key, messages.id LIMIT :limit

-- name: of_contact(contact_id)
SELECT * FROM messages WHERE contact_id = :contact_id ORDER BY id DESC

-- name: by_id_alone(id)^
SELECT messages.*, contacts.email AS address FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.id = :id

-- name: recent_of(contact_id, state, before, limit)
-- To one person, newest first; state = '' matches all.
SELECT messages.*, contacts.email AS address FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.contact_id = :contact_id AND messages.id < :before AND (:state = '' OR messages.state || '' = :state)
ORDER BY messages.id DESC LIMIT :limit

-- name: stuck(stream)^
-- Messages of a stream that a mail server did not take yet: how many, since when and when the next try is.
SELECT COUNT(*) AS total, COALESCE(MIN(begun_at), 0) AS since_at, COALESCE(MIN(next_attempt_at), 0) AS next_at FROM messages
WHERE state = 'queued' AND stream = :stream AND attempts > 0
