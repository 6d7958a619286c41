-- name: add(contact_id, tag, by_whom, at)!
INSERT INTO tags (contact_id, tag, by_whom, at) VALUES (:contact_id, :tag, :by_whom, :at)
ON CONFLICT (contact_id, tag) DO NOTHING

-- name: remove(contact_id, tag)!
DELETE FROM tags WHERE contact_id = :contact_id AND tag = :tag

-- name: of_contact(contact_id)
SELECT tag, by_whom, at FROM tags WHERE contact_id = :contact_id ORDER BY tag

-- name: all()
SELECT tag, COUNT(*) AS total FROM tags GROUP BY tag ORDER BY tag
