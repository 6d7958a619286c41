-- name: add(contact_id, id, message_id, block, nonce, verdict, reason, by_whom, at)!
INSERT INTO overrules (contact_id, id, message_id, block, nonce, verdict, reason, by_whom, at)
VALUES (:contact_id, :id, :message_id, :block, :nonce, :verdict, :reason, :by_whom, :at)

-- name: of_contact(contact_id)
-- The newest of an event's is the one that holds.
SELECT * FROM overrules WHERE contact_id = :contact_id ORDER BY at, id
