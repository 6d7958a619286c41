-- name: put(id, email, password_hash, session_key, now)!
INSERT INTO users (id, email, password_hash, session_key, created_at)
VALUES (:id, :email, :password_hash, :session_key, :now)
ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash, session_key = excluded.session_key

-- name: by_email(email)^
SELECT * FROM users WHERE email = :email

-- name: by_id(id)^
SELECT * FROM users WHERE id = :id

-- name: count()$
SELECT COUNT(*) AS total FROM users

-- name: list()
-- Everybody who may or might sign in.
SELECT * FROM users ORDER BY email
