-- The events: each answer, withdrawal and unsubscribe as it happened. Rows are never deleted except by erasure.

-- name: append(contact_id, id, message_id, block, kind, value, channel, nonce, grade, reasons, at)!
-- 0 rows for a replay, because a page sends the same nonce each time it is posted.
INSERT INTO events (contact_id, id, message_id, block, kind, value, channel, nonce, grade, reasons, at)
VALUES (:contact_id, :id, :message_id, :block, :kind, :value, :channel, :nonce, :grade, :reasons, :at)
ON CONFLICT (contact_id, message_id, block, nonce) DO NOTHING

-- name: answered(contact_id, id, message_id, block, kind, value, channel, nonce, grade, reasons, at, verdict, signs, rules, stands_at)!
-- The same for an answer, with its verdict at the time of arrival.
INSERT INTO events (contact_id, id, message_id, block, kind, value, channel, nonce, grade, reasons, at, verdict, signs, rules,
                    stands_at)
VALUES (:contact_id, :id, :message_id, :block, :kind, :value, :channel, :nonce, :grade, :reasons, :at, :verdict, :signs,
        :rules, :stands_at)
ON CONFLICT (contact_id, message_id, block, nonce) DO NOTHING

-- name: of_block(contact_id, message_id, block)
SELECT id, value, grade, at, verdict, stands_at FROM events
WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block AND kind IN ('answered', 'withdrew')
ORDER BY at, id

-- name: of_message(contact_id, message_id)
-- The answers of a message, oldest first.
SELECT * FROM events WHERE contact_id = :contact_id AND message_id = :message_id AND kind IN ('answered', 'withdrew')
ORDER BY at, id

-- name: any_answer(contact_id, message_id)$
SELECT 1 FROM events WHERE contact_id = :contact_id AND message_id = :message_id AND kind = 'answered' LIMIT 1

-- name: judge(contact_id, message_id, block, nonce, verdict, signs, rules, stands_at, now)!
UPDATE events SET verdict = :verdict, signs = :signs, rules = :rules, stands_at = :stands_at, judged_at = :now
WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block AND nonce = :nonce

-- name: answered_messages(after_contact, after_message, limit)
-- A page of the messages with answers, by key.
SELECT DISTINCT contact_id, message_id FROM events
WHERE kind = 'answered' AND (contact_id, message_id) > (:after_contact, :after_message)
ORDER BY contact_id, message_id LIMIT :limit

-- name: of_contact(contact_id)
SELECT events.*, messages.email FROM events
LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
WHERE events.contact_id = :contact_id ORDER BY events.at, events.id

-- name: of_nonce(contact_id, nonce)
-- The answers that one mail gave: nearly always none or one row among the few of a person.
SELECT message_id, block FROM events WHERE contact_id = :contact_id AND nonce = :nonce

-- name: page(after_at, after_id, limit)
-- Oldest first; start with after_at = -1.
SELECT events.*, messages.email, contacts.email AS address FROM events
LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
LEFT JOIN contacts ON contacts.id = events.contact_id
WHERE events.at > :after_at OR (events.at = :after_at AND events.id > :after_id)
ORDER BY events.at, events.id LIMIT :limit

-- name: count()$
SELECT COUNT(*) AS total FROM events

-- name: count_answered_messages()$
SELECT COUNT(*) AS total FROM (
  SELECT DISTINCT contact_id, message_id FROM events WHERE kind = 'answered') AS answered

-- name: listed(after_at, after_id, email, limit)
-- Oldest first, for programs; email = '' matches all.
SELECT events.*, messages.email, contacts.email AS address FROM events
LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
LEFT JOIN contacts ON contacts.id = events.contact_id
WHERE (events.at, events.id) > (:after_at, :after_id) AND (:email = '' OR messages.email = :email)
ORDER BY events.at, events.id LIMIT :limit

-- name: listed_of(contact_id, after_at, after_id, email, limit)
SELECT events.*, messages.email, contacts.email AS address FROM events
LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
LEFT JOIN contacts ON contacts.id = events.contact_id
WHERE events.contact_id = :contact_id AND (events.at, events.id) > (:after_at, :after_id)
  AND (:email = '' OR messages.email = :email)
ORDER BY events.at, events.id LIMIT :limit

-- name: of_message_itself(contact_id, message_id)
-- Events about the whole message, such as leaving the list.
SELECT kind, at FROM events WHERE contact_id = :contact_id AND message_id = :message_id AND block = ''
