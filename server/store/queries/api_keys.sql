-- The API keys, stored as hashes.

-- name: add(id, name, prefix, hash, scopes, created_by, created_at, expires_at)!
INSERT INTO api_keys (id, name, prefix, hash, scopes, created_by, created_at, expires_at)
VALUES (:id, :name, :prefix, :hash, :scopes, :created_by, :created_at, :expires_at)

-- name: by_hash(hash)^
SELECT * FROM api_keys WHERE hash = :hash

-- name: by_id(id)^
SELECT * FROM api_keys WHERE id = :id

-- name: newest()
SELECT * FROM api_keys ORDER BY id DESC

-- name: used(id, at, before_at)!
UPDATE api_keys SET last_used_at = :at WHERE id = :id AND last_used_at < :before_at

-- name: revoke(id, now)!
UPDATE api_keys SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL
