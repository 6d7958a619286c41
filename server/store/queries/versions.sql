-- name: add(id, name, files, now)!
INSERT INTO email_versions (id, name, files, created_at) VALUES (:id, :name, :files, :now) ON CONFLICT (id) DO NOTHING

-- name: by_id(id)^
SELECT * FROM email_versions WHERE id = :id

-- name: lock(id)^
-- Whoever takes one of its offered times waits here for whoever is taking one.
SELECT id FROM email_versions WHERE id = :id FOR UPDATE
