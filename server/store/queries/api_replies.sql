-- The replies kept for calls with an Idempotency-Key, so that a repeated call takes effect once.

-- name: claim(key_id, name, request, now)!
-- 0 rows for a name used before; on PostgreSQL a second request waits here until the first commits.
INSERT INTO api_replies (key_id, name, request, at) VALUES (:key_id, :name, :request, :now)
ON CONFLICT (key_id, name) DO NOTHING

-- name: by_name(key_id, name)^
SELECT * FROM api_replies WHERE key_id = :key_id AND name = :name

-- name: keep(key_id, name, contact_id, status, body)!
UPDATE api_replies SET contact_id = :contact_id, status = :status, body = :body WHERE key_id = :key_id AND name = :name

-- name: forget(before_at)!
DELETE FROM api_replies WHERE at < :before_at
