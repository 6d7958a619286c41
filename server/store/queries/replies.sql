-- Replies by mail that were not recorded as answers, with the reason.

-- name: add(contact_id, id, message_id, block, why, text, sender, nonce, at)!
-- 0 rows for the same mail again.
INSERT INTO replies (contact_id, id, message_id, block, why, text, sender, nonce, at)
VALUES (:contact_id, :id, :message_id, :block, :why, :text, :sender, :nonce, :at)
ON CONFLICT (contact_id, message_id, nonce) DO NOTHING

-- name: of_contact(contact_id)
SELECT replies.*, messages.email FROM replies
LEFT JOIN messages ON messages.contact_id = replies.contact_id AND messages.id = replies.message_id
WHERE replies.contact_id = :contact_id ORDER BY replies.at, replies.id

-- name: count(contact_id)$
SELECT COUNT(*) AS total FROM replies WHERE contact_id = :contact_id
