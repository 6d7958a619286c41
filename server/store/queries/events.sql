-- name: append(contact_id, id, message_id, block, kind, value, channel, nonce, grade, reasons, at)!
-- 0 rows for a replay: the same page sends the same nonce however often it is posted.
INSERT INTO events (contact_id, id, message_id, block, kind, value, channel, nonce, grade, reasons, at)
VALUES (:contact_id, :id, :message_id, :block, :kind, :value, :channel, :nonce, :grade, :reasons, :at)
ON CONFLICT (contact_id, message_id, block, nonce) DO NOTHING

-- name: of_block(contact_id, message_id, block)
SELECT id, value, grade, at FROM events
WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block AND kind = 'answered'
ORDER BY at, id

-- name: of_contact(contact_id)
SELECT events.*, messages.email FROM events
LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
WHERE events.contact_id = :contact_id ORDER BY events.at, events.id

-- name: of_nonce(contact_id, nonce)
-- What one mail has answered: nearly always nothing or one row among one person's few.
SELECT message_id, block FROM events WHERE contact_id = :contact_id AND nonce = :nonce

-- name: page(after_at, after_id, limit)
-- In the order they happened; start with after_at = -1.
SELECT events.*, messages.email, contacts.email AS address FROM events
LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
LEFT JOIN contacts ON contacts.id = events.contact_id
WHERE events.at > :after_at OR (events.at = :after_at AND events.id > :after_id)
ORDER BY events.at, events.id LIMIT :limit

-- name: count()$
SELECT COUNT(*) AS total FROM events
