-- The answers: the values that count now, one row for each contact, message and block, computed from `events`.

-- name: put(contact_id, message_id, block, kind, email, value, grade, state, answered_at, confirm_at, changes, verdict, question, points)!
INSERT INTO answers (contact_id, message_id, block, kind, email, value, grade, state, answered_at, confirm_at, changes,
                     verdict, question, points)
VALUES (:contact_id, :message_id, :block, :kind, :email, :value, :grade, :state, :answered_at, :confirm_at, :changes,
        :verdict, :question, :points)
ON CONFLICT (contact_id, message_id, block) DO UPDATE SET
  value = excluded.value, grade = excluded.grade, state = excluded.state, answered_at = excluded.answered_at,
  confirm_at = excluded.confirm_at, changes = excluded.changes, verdict = excluded.verdict,
  question = excluded.question, points = excluded.points, superseded = 0

-- name: of_contact(contact_id)
SELECT * FROM answers WHERE contact_id = :contact_id ORDER BY answered_at, message_id, block

-- name: between(first, last)
-- The answers of contacts from `first` to `last`, both included.
SELECT * FROM answers WHERE contact_id >= :first AND contact_id <= :last ORDER BY contact_id, answered_at, message_id, block

-- name: of_message(contact_id, message_id)
SELECT * FROM answers WHERE contact_id = :contact_id AND message_id = :message_id

-- name: booked(email, block)
-- The contacts that hold a time of a block; a partial index has these rows alone.
SELECT contact_id, message_id, value FROM answers
WHERE kind = 'book' AND email = :email AND block = :block AND state NOT IN ('machine', 'withdrawn')

-- name: due(now, limit)
SELECT contact_id, message_id, block, grade FROM answers
WHERE state = 'provisional' AND confirm_at <= :now ORDER BY confirm_at LIMIT :limit

-- name: confirm(contact_id, now)!
UPDATE answers SET state = 'confirmed'
WHERE contact_id = :contact_id AND state = 'provisional' AND confirm_at <= :now

-- name: recent(email, everyone, limit, offset)
-- Newest first; everyone = 'yes' includes answers of machines.
SELECT answers.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company
FROM answers JOIN contacts ON contacts.id = answers.contact_id
WHERE answers.email = :email AND (:everyone = 'yes' OR answers.state NOT IN ('machine', 'withdrawn'))
ORDER BY answers.answered_at DESC, answers.contact_id LIMIT :limit OFFSET :offset

-- name: undecided(limit, offset)
-- Answers that a person or a machine may have given, newest first.
SELECT answers.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company
FROM answers JOIN contacts ON contacts.id = answers.contact_id
WHERE answers.state = 'undecided'
ORDER BY answers.answered_at DESC, answers.contact_id, answers.message_id, answers.block LIMIT :limit OFFSET :offset

-- name: count_undecided()$
SELECT COUNT(*) AS total FROM answers WHERE state = 'undecided'

-- name: mark(contact_id, message_id, block, superseded)!
-- Sets whether a later answer of the same person, to the same question of another copy of the email, replaces it.
UPDATE answers SET superseded = :superseded WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block

-- name: totals(email)
-- Counts people, not answers (see `mark`), from the index alone.
SELECT block, value, state, COUNT(*) AS total FROM answers WHERE email = :email AND superseded = 0
GROUP BY block, state, value ORDER BY block, state, value

-- name: totals_of_campaign(campaign_id)
-- The same for the answers to the messages of one campaign.
SELECT answers.block, answers.value, answers.state, COUNT(*) AS total
FROM messages JOIN answers ON answers.contact_id = messages.contact_id AND answers.message_id = messages.id
WHERE messages.campaign_id = :campaign_id AND messages.campaign_id <> '' AND answers.superseded = 0
GROUP BY answers.block, answers.state, answers.value ORDER BY answers.block, answers.state, answers.value

-- name: last_given(email, block, state, value)$
-- The stored option of the latest answer with this value, with its words.
SELECT points FROM answers
WHERE email = :email AND superseded = 0 AND block = :block AND state = :state AND value = :value
ORDER BY answered_at DESC LIMIT 1

-- name: last_asked(email, block)$
SELECT question FROM answers WHERE email = :email AND block = :block ORDER BY answered_at DESC LIMIT 1

-- name: emails()
-- The emails with answers, by one look-up in the index for each.
WITH RECURSIVE found (email) AS (
  SELECT MIN(email) FROM answers
  UNION ALL SELECT (SELECT MIN(email) FROM answers WHERE answers.email > found.email) FROM found WHERE found.email IS NOT NULL)
SELECT email FROM found WHERE email IS NOT NULL

-- name: last_at(email)$
SELECT MAX(answered_at) AS at FROM answers WHERE email = :email

-- name: last_message(email)^
-- The version and language of the message with the newest answer. The answer is selected first, because in a plain join
-- PostgreSQL joins every answer of the email before it takes one.
SELECT messages.version_id, messages.language
FROM (SELECT contact_id, message_id FROM answers WHERE email = :email
      ORDER BY answered_at DESC, contact_id LIMIT 1) AS newest
JOIN messages ON messages.contact_id = newest.contact_id AND messages.id = newest.message_id

-- name: next_due()$
-- The time at which the next provisional answer may be confirmed.
SELECT MIN(confirm_at) AS at FROM answers WHERE state = 'provisional'

-- name: listed(after_at, after_contact, after_message, after_block, contact_id, email, block, state, limit)
-- Oldest first, for programs; an empty filter matches everything.
SELECT answers.*, contacts.email AS address FROM answers JOIN contacts ON contacts.id = answers.contact_id
WHERE (answers.answered_at, answers.contact_id, answers.message_id, answers.block)
    > (:after_at, :after_contact, :after_message, :after_block)
  AND (:contact_id = '' OR answers.contact_id = :contact_id) AND (:email = '' OR answers.email = :email)
  AND (:block = '' OR answers.block = :block) AND (:state = '' OR answers.state = :state)
ORDER BY answers.answered_at, answers.contact_id, answers.message_id, answers.block LIMIT :limit
