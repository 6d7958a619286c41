-- The texts that users save for writing to leads.

-- name: put(owner_id, id, subject, body, now)!
INSERT INTO saved_texts (owner_id, id, subject, body, updated_at) VALUES (:owner_id, :id, :subject, :body, :now)

-- name: of_owner(owner_id)
SELECT * FROM saved_texts WHERE owner_id = :owner_id ORDER BY subject, id

-- name: remove(owner_id, id)!
DELETE FROM saved_texts WHERE owner_id = :owner_id AND id = :id
