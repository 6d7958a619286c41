-- Counts for the reports of emails, and the snapshots that keep them.

-- name: emails()
-- The emails with messages, in alphabetical order.
SELECT DISTINCT name AS email FROM email_versions
WHERE EXISTS (SELECT 1 FROM messages WHERE messages.email = email_versions.name AND messages.purpose = '') ORDER BY name

-- name: states(email)
-- One row that counts people: with an attempt, with a message that was delivered, with attempts of which none was, with a message that waits.
SELECT COALESCE(SUM(tried), 0) AS sent, COALESCE(SUM(got), 0) AS delivered, COALESCE(SUM(tried - got), 0) AS failed,
       COALESCE(SUM(waits), 0) AS queued
FROM (SELECT MAX(CASE WHEN state IN ('sent', 'failed', 'unknown') THEN 1 ELSE 0 END) AS tried,
             MAX(CASE WHEN state = 'sent' THEN 1 ELSE 0 END) AS got,
             MAX(CASE WHEN state IN ('queued', 'attempting') THEN 1 ELSE 0 END) AS waits
      FROM messages WHERE email = :email AND purpose = '' GROUP BY contact_id) AS people

-- name: doubts(email)
-- Counts people with answers that are not confirmed, by state.
SELECT state, COUNT(DISTINCT contact_id) AS people FROM answers
WHERE email = :email AND state <> 'confirmed' GROUP BY state

-- name: leads(email)
-- Counts people by the week of their first answer (weeks since Monday 5 January 1970) and the present state of their lead.
SELECT first.week, leads.stage, leads.outcome, COUNT(*) AS people
FROM (SELECT contact_id, (MIN(answered_at) - 345600000) / 604800000 AS week FROM answers
      WHERE email = :email AND state = 'confirmed' GROUP BY contact_id) AS first
JOIN leads ON leads.contact_id = first.contact_id
GROUP BY first.week, leads.stage, leads.outcome ORDER BY first.week

-- name: hours(email)
-- Counts first answers by the hour since 1970.
SELECT first.hour, COUNT(*) AS people
FROM (SELECT contact_id, MIN(answered_at) / 3600000 AS hour FROM answers
      WHERE email = :email AND state = 'confirmed' GROUP BY contact_id) AS first
GROUP BY first.hour ORDER BY first.hour

-- name: channels(email)
SELECT events.channel, COUNT(DISTINCT events.contact_id) AS people
FROM messages JOIN events ON events.contact_id = messages.contact_id AND events.message_id = messages.id
WHERE messages.email = :email AND events.kind = 'answered' AND events.verdict <> 'machine'
GROUP BY events.channel ORDER BY people DESC, events.channel

-- name: booked(email, by)
-- Counts people by the time they booked and by `language` or `version` of their message; by = '' counts all together.
SELECT answers.block, answers.value, COUNT(DISTINCT answers.contact_id) AS people,
       CASE :by WHEN 'language' THEN messages.language WHEN 'version' THEN messages.version_id ELSE '' END AS variant
FROM answers JOIN messages ON messages.contact_id = answers.contact_id AND messages.id = answers.message_id
WHERE answers.kind = 'book' AND answers.email = :email AND answers.state = 'confirmed'
  AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.contact_id = answers.contact_id
                  AND bookings.message_id = answers.message_id AND bookings.block = answers.block
                  AND bookings.state = 'cancelled')
GROUP BY answers.block, answers.value, variant

-- name: got(email, by)
-- Counts people with a sent message, by its `language` or `version`, with the time of the first one.
SELECT CASE :by WHEN 'language' THEN language ELSE version_id END AS variant, COUNT(DISTINCT contact_id) AS people,
       MIN(created_at) AS since_at
FROM messages WHERE email = :email AND state = 'sent' AND purpose = '' GROUP BY variant ORDER BY since_at, variant

-- name: came_of(email, by)
-- Counts people who answered by the language or version of their message and the present state of their lead.
SELECT given.variant, leads.stage, leads.outcome, COUNT(*) AS people
FROM (SELECT DISTINCT answers.contact_id, CASE :by WHEN 'language' THEN messages.language ELSE messages.version_id END AS variant
      FROM answers JOIN messages ON messages.contact_id = answers.contact_id AND messages.id = answers.message_id
      WHERE answers.email = :email AND answers.state = 'confirmed') AS given
JOIN leads ON leads.contact_id = given.contact_id
GROUP BY given.variant, leads.stage, leads.outcome

-- name: snapshot(email)^
SELECT * FROM report_snapshots WHERE email = :email

-- name: keep(email, content, as_of, cost_ms)!
INSERT INTO report_snapshots (email, content, as_of, cost_ms) VALUES (:email, :content, :as_of, :cost_ms)
ON CONFLICT (email) DO UPDATE SET content = excluded.content, as_of = excluded.as_of, cost_ms = excluded.cost_ms

-- name: ages()
SELECT email, as_of, cost_ms FROM report_snapshots

-- name: sent_since(since_at)
SELECT DISTINCT email FROM messages WHERE sent_at > :since_at

-- name: answered_since(since_at)
-- Emails answered by people whose lead changed; a new verdict on an answer changes the lead too.
SELECT DISTINCT answers.email FROM leads JOIN answers ON answers.contact_id = leads.contact_id
WHERE leads.updated_at > :since_at

-- name: who(email, block, state, one, value, limit, offset)
-- Answers with a value, newest first: `one` as it is stored, or `value` as a LIKE pattern with \ as its escape.
SELECT answers.contact_id, answers.message_id, answers.block, answers.value, answers.points, answers.state, answers.answered_at,
       contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, leads.stage, leads.worth, leads.tags
FROM answers JOIN contacts ON contacts.id = answers.contact_id LEFT JOIN leads ON leads.contact_id = answers.contact_id
WHERE answers.email = :email AND answers.superseded = 0 AND answers.block = :block AND answers.state = :state
  AND (:value = '' OR answers.value = :one OR answers.value LIKE :value ESCAPE '\')
ORDER BY answers.answered_at DESC, answers.contact_id LIMIT :limit OFFSET :offset

-- name: how_many(email, block, state, one, value)$
SELECT COUNT(*) FROM answers
WHERE email = :email AND superseded = 0 AND block = :block AND state = :state
  AND (:value = '' OR value = :one OR value LIKE :value ESCAPE '\')
