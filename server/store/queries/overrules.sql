-- The team's decisions about who gave an answer.

-- name: add(contact_id, id, message_id, block, nonce, verdict, reason, by_whom, at)!
INSERT INTO overrules (contact_id, id, message_id, block, nonce, verdict, reason, by_whom, at)
VALUES (:contact_id, :id, :message_id, :block, :nonce, :verdict, :reason, :by_whom, :at)

-- name: of_contact(contact_id)
-- Oldest first; the newest decision on an event counts.
SELECT * FROM overrules WHERE contact_id = :contact_id ORDER BY at, id
