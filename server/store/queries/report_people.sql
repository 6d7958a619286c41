-- The people behind the numbers of a report, the latest first: their ids, and `at`, when it happened (ms UTC).

-- name: of_messages(email, states, limit, offset)
-- Those with a message in one of some states (a JSON list).
SELECT contact_id, MAX(COALESCE(sent_at, created_at)) AS at FROM messages
WHERE email = :email AND purpose = '' AND state IN (SELECT value FROM json_each(:states))
GROUP BY contact_id ORDER BY at DESC, contact_id LIMIT :limit OFFSET :offset

-- name: failed(email, limit, offset)
-- Those whose attempts all failed.
SELECT contact_id, MAX(created_at) AS at FROM messages
WHERE email = :email AND purpose = '' AND state IN ('sent', 'failed', 'unknown')
GROUP BY contact_id HAVING MAX(CASE WHEN state = 'sent' THEN 1 ELSE 0 END) = 0
ORDER BY at DESC, contact_id LIMIT :limit OFFSET :offset

-- name: silent(email, limit, offset)
-- Those who got it and have no answer that counts or waits for its check.
SELECT contact_id, MAX(sent_at) AS at FROM messages
WHERE email = :email AND state = 'sent' AND purpose = '' AND NOT EXISTS (
  SELECT 1 FROM answers WHERE answers.email = :email AND answers.superseded = 0
  AND answers.state IN ('confirmed', 'provisional') AND answers.contact_id = messages.contact_id)
GROUP BY contact_id ORDER BY at DESC, contact_id LIMIT :limit OFFSET :offset

-- name: departed(email, limit, offset)
-- Those who unsubscribed from a message of it, or complained about one.
SELECT messages.contact_id, MAX(suppressions.at) AS at
FROM suppressions JOIN messages ON messages.contact_id = suppressions.contact_id AND messages.id = suppressions.message_id
WHERE messages.email = :email AND suppressions.message_id <> ''
GROUP BY messages.contact_id ORDER BY at DESC, messages.contact_id LIMIT :limit OFFSET :offset

-- name: answered(email, stands, limit, offset)
-- Those with a confirmed answer; of these, only the leads with a stage or an outcome in `stands` (a JSON list), if it has any.
SELECT answers.contact_id, MIN(answers.answered_at) AS at
FROM answers JOIN leads ON leads.contact_id = answers.contact_id
WHERE answers.email = :email AND answers.state = 'confirmed' AND (:stands = '[]'
  OR CASE leads.outcome WHEN '' THEN leads.stage ELSE leads.outcome END IN (SELECT value FROM json_each(:stands)))
GROUP BY answers.contact_id ORDER BY at DESC, answers.contact_id LIMIT :limit OFFSET :offset

-- name: booked(email, own, limit, offset)
-- Those who booked a time that stands. `own` are the stored values of the options that are no times, such as “none of these” (a JSON list).
SELECT answers.contact_id, MAX(answers.answered_at) AS at FROM answers
WHERE answers.kind = 'book' AND answers.email = :email AND answers.state = 'confirmed'
  AND answers.value NOT IN (SELECT value FROM json_each(:own))
  AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.contact_id = answers.contact_id
                  AND bookings.message_id = answers.message_id AND bookings.block = answers.block
                  AND bookings.state = 'cancelled')
GROUP BY answers.contact_id ORDER BY at DESC, answers.contact_id LIMIT :limit OFFSET :offset

-- name: doubtful(email, state, limit, offset)
-- Those with an answer in a state: provisional, undecided or machine.
SELECT contact_id, MAX(answered_at) AS at FROM answers WHERE email = :email AND state = :state
GROUP BY contact_id ORDER BY at DESC, contact_id LIMIT :limit OFFSET :offset

-- name: silent_number(email)$
SELECT COUNT(DISTINCT contact_id) FROM messages
WHERE email = :email AND state = 'sent' AND purpose = '' AND NOT EXISTS (
  SELECT 1 FROM answers WHERE answers.email = :email AND answers.superseded = 0
  AND answers.state IN ('confirmed', 'provisional') AND answers.contact_id = messages.contact_id)

-- name: departed_number(email)$
SELECT COUNT(DISTINCT messages.contact_id)
FROM suppressions JOIN messages ON messages.contact_id = suppressions.contact_id AND messages.id = suppressions.message_id
WHERE messages.email = :email AND suppressions.message_id <> ''

-- name: median_wait(email, half)$
-- Milliseconds between a person's message and their first answer to it: of all people the one in the middle, at `half` of their number.
SELECT wait FROM (
  SELECT MIN(answers.answered_at - messages.sent_at) AS wait
  FROM answers JOIN messages ON messages.contact_id = answers.contact_id AND messages.id = answers.message_id
  WHERE answers.email = :email AND answers.state = 'confirmed' AND messages.sent_at IS NOT NULL
  GROUP BY answers.contact_id) AS waits
ORDER BY wait LIMIT 1 OFFSET :half

-- name: details(ids)
-- The people themselves, in any order.
SELECT contacts.id AS contact_id, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.phone,
       leads.stage, leads.outcome, leads.worth
FROM contacts LEFT JOIN leads ON leads.contact_id = contacts.id WHERE contacts.id IN (SELECT value FROM json_each(:ids))

-- name: marks(email)
-- Counts people by week (since Monday 5 January 1970), question and mark on a scale.
SELECT block, (answered_at - 345600000) / 604800000 AS week, value, COUNT(*) AS people FROM answers
WHERE email = :email AND superseded = 0 AND state = 'confirmed' AND kind = 'rate'
GROUP BY block, week, value ORDER BY block, week, value
