-- Campaigns (server/campaigns). Each change names the states it may start from, so that of two people only one succeeds.

-- name: add(id, name, email, subject, audience, timing, starts_on, time_zone, deadline_on, data, resend_of, by_whom, now)!
INSERT INTO campaigns (id, name, email, subject, audience, timing, starts_on, time_zone, deadline_on, data, state, resend_of, by_whom,
                       created_at, updated_at)
VALUES (:id, :name, :email, :subject, :audience, :timing, :starts_on, :time_zone, :deadline_on, :data, 'draft', :resend_of, :by_whom,
        :now, :now)

-- name: change(id, name, email, subject, audience, timing, starts_on, time_zone, deadline_on, data, by_whom, now)!
UPDATE campaigns SET name = :name, email = :email, subject = :subject, audience = :audience, timing = :timing, starts_on = :starts_on,
                     time_zone = :time_zone, deadline_on = :deadline_on, data = :data, by_whom = :by_whom, updated_at = :now
WHERE id = :id AND state = 'draft'

-- name: remove(id)!
DELETE FROM campaigns WHERE id = :id AND state = 'draft'

-- name: start(id, version_id, rule, mail_class, stream, people, starts_at, deadline_at, state, by_whom, now)!
UPDATE campaigns SET version_id = :version_id, rule = :rule, mail_class = :mail_class, stream = :stream, people = :people,
                     starts_at = :starts_at, deadline_at = :deadline_at, state = :state, reason = '', approved_by = '',
                     by_whom = :by_whom, updated_at = :now
WHERE id = :id AND state = 'draft'

-- name: approve(id, starts_at, by_whom, now)!
UPDATE campaigns SET state = 'scheduled', approved_by = :by_whom, starts_at = :starts_at, updated_at = :now
WHERE id = :id AND state = 'approval' AND by_whom <> :by_whom

-- name: take_back(id, now)!
-- Nothing has left: the first page of people sets the state to sending.
UPDATE campaigns SET state = 'draft', starts_at = NULL, updated_at = :now
WHERE id = :id AND state IN ('approval', 'scheduled')

-- name: pause(id, now)!
UPDATE campaigns SET state = 'paused', updated_at = :now WHERE id = :id AND state = 'sending'

-- name: resume(id, now)!
UPDATE campaigns SET state = 'sending', reason = '', updated_at = :now WHERE id = :id AND state = 'paused'

-- name: stop(id, now)!
UPDATE campaigns SET state = 'stopped', finished_at = :now, updated_at = :now
WHERE id = :id AND state IN ('approval', 'scheduled', 'sending', 'paused')

-- name: expand(id, after_id, last_id, expanded, starts_at, version_id, now)!
-- 0 rows when another worker was faster, or somebody paused, stopped or took it back, also if it was started anew since.
UPDATE campaigns SET after_id = :last_id, expanded = :expanded, state = 'sending', updated_at = :now
WHERE id = :id AND after_id = :after_id AND expanded = 0 AND state IN ('scheduled', 'sending')
  AND starts_at = :starts_at AND version_id = :version_id

-- name: count(id, counts, people, now)!
UPDATE campaigns SET counts = :counts, people = :people, counted_at = :now WHERE id = :id

-- name: finish(id, now)!
UPDATE campaigns SET state = 'done', finished_at = :now, updated_at = :now
WHERE id = :id AND state = 'sending' AND expanded = 1 AND NOT EXISTS (
  SELECT 1 FROM messages WHERE messages.campaign_id = :id AND messages.state IN ('queued', 'attempting'))

-- name: by_id(id)^
SELECT * FROM campaigns WHERE id = :id

-- name: listed(limit)
SELECT * FROM campaigns ORDER BY created_at DESC, id DESC LIMIT :limit

-- name: before(created_at, id, limit)
SELECT * FROM campaigns WHERE (created_at, id) < (:created_at, :id) ORDER BY created_at DESC, id DESC LIMIT :limit

-- name: in_work()
-- Those that the worker looks at every second.
SELECT * FROM campaigns WHERE state IN ('scheduled', 'sending', 'paused') ORDER BY starts_at, id

-- name: to_count_again(since_at, counted_at, limit)
-- Ended ones, whose people still answer.
SELECT * FROM campaigns
WHERE state IN ('done', 'stopped') AND finished_at > :since_at AND counted_at < :counted_at
ORDER BY counted_at, id LIMIT :limit

-- name: hold_up(id, reason, now)!
UPDATE campaigns SET state = 'paused', reason = :reason, updated_at = :now
WHERE id = :id AND state IN ('scheduled', 'sending')

-- name: to_expand(now)
SELECT * FROM campaigns WHERE state IN ('scheduled', 'sending') AND expanded = 0 AND starts_at <= :now ORDER BY starts_at, id

-- name: of_email(email)
-- Those that have not ended.
SELECT id, state, starts_at FROM campaigns WHERE email = :email AND state IN ('approval', 'scheduled', 'sending', 'paused')

-- name: states(id)
SELECT state, COUNT(*) AS total FROM messages WHERE campaign_id = :id AND campaign_id <> '' GROUP BY state

-- name: waiting(id)
-- Why the queued ones wait, and until when the first of each reason does.
SELECT reason, COUNT(*) AS total, MIN(next_attempt_at) AS until_ms FROM messages
WHERE campaign_id = :id AND state = 'queued' AND reason <> '' GROUP BY reason ORDER BY total DESC

-- name: last_wait(id, never)$
-- When the last queued message is due, without those of a paused campaign. SQLite takes the partial index for `campaign_id <> ''` alone.
SELECT next_attempt_at AS until_ms FROM messages
WHERE campaign_id = :id AND campaign_id <> '' AND state = 'queued' AND next_attempt_at < :never
ORDER BY next_attempt_at DESC LIMIT 1

-- name: reasons(id, state)
SELECT reason, COUNT(*) AS total FROM messages
WHERE campaign_id = :id AND state = :state AND reason <> '' GROUP BY reason ORDER BY total DESC

-- name: answered(id)$
-- People of the campaign with an answer that counts or waits.
SELECT COUNT(*) AS total FROM messages WHERE campaign_id = :id AND campaign_id <> '' AND state = 'sent' AND EXISTS (
  SELECT 1 FROM answers WHERE answers.contact_id = messages.contact_id AND answers.message_id = messages.id
    AND answers.state <> 'machine')

-- name: sent_between(id, since_at, until_at)$
-- By the index of what left: a minute has few messages, a campaign many.
SELECT COUNT(*) AS total FROM messages
WHERE sent_at > :since_at AND sent_at <= :until_at AND campaign_id || '' = :id AND state || '' = 'sent'

-- name: people(id, state, reason, answered, after, limit)
-- By contact; state, reason and answered = '' match all, answered is yes or no.
SELECT contacts.id AS contact_id, contacts.first_name, contacts.last_name, contacts.email AS address, contacts.company,
       messages.id, messages.state, messages.reason, messages.next_attempt_at, messages.sent_at
FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.campaign_id = :id AND messages.contact_id > :after
  AND (:state = '' OR messages.state = :state) AND (:reason = '' OR messages.reason = :reason)
  AND (:answered = '' OR (messages.state = 'sent' AND EXISTS (
    SELECT 1 FROM answers WHERE answers.contact_id = messages.contact_id AND answers.message_id = messages.id
      AND answers.state <> 'machine') = (:answered = 'yes')))
ORDER BY messages.contact_id LIMIT :limit

-- name: failed(id, after, limit)
-- Contacts whose message of the campaign failed, by id.
SELECT contacts.* FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.campaign_id = :id AND messages.campaign_id <> '' AND messages.state = 'failed' AND messages.contact_id > :after
ORDER BY messages.contact_id LIMIT :limit

-- name: count_failed(id, limit)$
-- Counts up to `limit`.
SELECT COUNT(*) AS total FROM (SELECT 1 FROM messages
  WHERE messages.campaign_id = :id AND messages.campaign_id <> '' AND messages.state = 'failed' LIMIT :limit) AS counted

-- name: unanswered(id, after, limit)
-- Contacts who got the campaign and have not answered it, by id.
SELECT contacts.* FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.campaign_id = :id AND messages.campaign_id <> '' AND messages.state = 'sent' AND messages.contact_id > :after AND NOT EXISTS (
  SELECT 1 FROM answers WHERE answers.contact_id = messages.contact_id AND answers.message_id = messages.id
    AND answers.state <> 'machine')
ORDER BY messages.contact_id LIMIT :limit

-- name: count_unanswered(id, limit)$
-- Counts up to `limit`.
SELECT COUNT(*) AS total FROM (SELECT 1 FROM messages
  WHERE messages.campaign_id = :id AND messages.campaign_id <> '' AND messages.state = 'sent' AND NOT EXISTS (
    SELECT 1 FROM answers WHERE answers.contact_id = messages.contact_id AND answers.message_id = messages.id
      AND answers.state <> 'machine') LIMIT :limit) AS counted

-- name: park(id, never, limit)!
-- Queued messages of a paused campaign keep the moment they were due, moved behind every other one.
-- The condition is repeated, as in messages.claim, so that two workers do not move the same message twice.
UPDATE messages SET next_attempt_at = next_attempt_at + :never, reason = 'campaign_paused', lease_owner = '', lease_until = 0
WHERE state = 'queued' AND next_attempt_at < :never AND (contact_id, id) IN (
  SELECT contact_id, id FROM messages
  WHERE campaign_id = :id AND campaign_id <> '' AND state = 'queued' AND next_attempt_at < :never LIMIT :limit)

-- name: parked(id, never)$
SELECT 1 AS parked FROM messages
WHERE campaign_id = :id AND campaign_id <> '' AND state = 'queued' AND next_attempt_at >= :never LIMIT 1

-- name: unpark(id, never, limit)!
UPDATE messages SET next_attempt_at = next_attempt_at - :never, reason = ''
WHERE state = 'queued' AND next_attempt_at >= :never AND (contact_id, id) IN (
  SELECT contact_id, id FROM messages
  WHERE campaign_id = :id AND campaign_id <> '' AND state = 'queued' AND next_attempt_at >= :never LIMIT :limit)

-- name: stop_messages(id, limit)!
UPDATE messages SET state = 'stopped', reason = 'campaign_stopped', lease_owner = '', lease_until = 0
WHERE state = 'queued' AND (contact_id, id) IN (
  SELECT contact_id, id FROM messages
  WHERE campaign_id = :id AND campaign_id <> '' AND state = 'queued' LIMIT :limit)

-- name: to_stop(limit)
-- Stopped campaigns with messages that still wait.
SELECT id FROM campaigns WHERE state = 'stopped' AND EXISTS (
  SELECT 1 FROM messages WHERE messages.campaign_id = campaigns.id AND messages.state = 'queued') LIMIT :limit

-- name: drafts(by_whom, limit)
SELECT * FROM campaigns WHERE state = 'draft' AND by_whom = :by_whom ORDER BY updated_at DESC, id LIMIT :limit

-- name: ended(since_at, limit)
-- The latest first.
SELECT * FROM campaigns WHERE state IN ('done', 'stopped') AND finished_at > :since_at
ORDER BY finished_at DESC, id LIMIT :limit

-- name: any()$
-- Whether one was ever started.
SELECT 1 AS started FROM campaigns WHERE starts_at IS NOT NULL LIMIT 1

-- name: news(since_at, most)
-- People who answered, wrote or left since then, by campaign; '' stands for messages of none. Reads by indexes at most the newest
-- `most` rows of each kind, because each costs two look-ups; `choices` tells how many answers were read.
SELECT messages.campaign_id AS id,
       COUNT(CASE WHEN recent.what IN ('chose', 'said') THEN 1 END) AS choices,
       COUNT(DISTINCT CASE WHEN recent.what IN ('chose', 'said') THEN recent.contact_id END) AS answered,
       COUNT(DISTINCT CASE WHEN recent.what IN ('said', 'replied') THEN recent.contact_id END) AS wrote,
       COUNT(DISTINCT CASE WHEN recent.what = 'left' THEN recent.contact_id END) AS departed
FROM (
  SELECT * FROM (
    SELECT contact_id, message_id, CASE WHEN kind = 'answer' THEN 'said' ELSE 'chose' END AS what FROM answers
    WHERE answered_at > :since_at AND state <> 'machine' ORDER BY answered_at DESC LIMIT :most) AS chosen
  UNION ALL
  SELECT * FROM (
    SELECT contact_id, message_id, 'replied' AS what FROM replies
    WHERE at > :since_at ORDER BY at DESC LIMIT :most) AS written
  UNION ALL
  SELECT * FROM (
    SELECT contact_id, message_id, 'left' AS what FROM suppressions
    WHERE at > :since_at AND message_id <> '' ORDER BY at DESC LIMIT :most) AS gone
) AS recent
JOIN messages ON messages.contact_id = recent.contact_id AND messages.id = recent.message_id
GROUP BY messages.campaign_id

-- name: waiting_approval()
SELECT * FROM campaigns WHERE state = 'approval' ORDER BY updated_at, id
