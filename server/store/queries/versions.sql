-- The versions of email templates, each with its files.

-- name: add(id, name, files, now)!
INSERT INTO email_versions (id, name, files, created_at) VALUES (:id, :name, :files, :now) ON CONFLICT (id) DO NOTHING

-- name: by_id(id)^
SELECT * FROM email_versions WHERE id = :id

-- name: lock(id)^
-- Locks the version, so that bookings of its offered times run one after another.
SELECT id FROM email_versions WHERE id = :id FOR UPDATE

-- name: latest(name)$
-- The version of an email that was stored last, by its id.
SELECT id FROM email_versions WHERE name = :name ORDER BY created_at DESC, id DESC LIMIT 1
