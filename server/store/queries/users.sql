-- The users, and the recovery codes of their second step.

-- name: put(id, email, password_hash, session_key, now)!
-- Creates an administrator or resets one, from the command line.
INSERT INTO users (id, email, password_hash, session_key, role, created_at)
VALUES (:id, :email, :password_hash, :session_key, 'admin', :now)
ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash, session_key = excluded.session_key,
                                  role = 'admin', active = 1

-- name: invite(id, email, name, role, language, session_key, now)!
-- 0 rows when the address exists already.
INSERT INTO users (id, email, name, role, language, password_hash, session_key, created_at)
VALUES (:id, :email, :name, :role, :language, '', :session_key, :now)
ON CONFLICT (email) DO NOTHING

-- name: by_email(email)^
SELECT * FROM users WHERE email = :email

-- name: by_id(id)^
SELECT * FROM users WHERE id = :id

-- name: count()$
SELECT COUNT(*) AS total FROM users

-- name: everybody()
SELECT * FROM users ORDER BY active DESC, CASE WHEN name = '' THEN email ELSE name END, email

-- name: admins()
-- Locks the admins until the commit, so that two admins cannot remove each other at once.
SELECT id FROM users WHERE role = 'admin' AND active = 1 AND password_hash <> '' ORDER BY id FOR UPDATE

-- name: renew_key(id, session_key)!
-- Links and sessions made before stop working.
UPDATE users SET session_key = :session_key WHERE id = :id

-- name: take_link(id, old_key, session_key, language)!
-- 0 rows when the key has changed since, so that a sign-in link works once.
UPDATE users SET session_key = :session_key, language = :language
WHERE id = :id AND session_key = :old_key AND active = 1

-- name: set_password(id, old_key, password_hash, session_key)!
-- 0 rows when the key has changed since, so that a link works once, also in two tabs.
UPDATE users SET password_hash = :password_hash, session_key = :session_key
WHERE id = :id AND session_key = :old_key AND active = 1

-- name: set_profile(id, name, language, time_zone)!
UPDATE users SET name = :name, language = :language, time_zone = :time_zone WHERE id = :id

-- name: set_role(id, role)!
UPDATE users SET role = :role WHERE id = :id

-- name: set_active(id, active, session_key)!
UPDATE users SET active = :active, session_key = :session_key WHERE id = :id

-- name: set_totp(id, secret, totp_step)!
UPDATE users SET totp_secret = :secret, totp_step = :totp_step WHERE id = :id

-- name: use_step(id, totp_step)!
-- 0 rows for a code of a used or an earlier time step.
UPDATE users SET totp_step = :totp_step WHERE id = :id AND totp_step < :totp_step

-- name: seen(id, at, before_at)!
UPDATE users SET seen_at = :at WHERE id = :id AND seen_at < :before_at

-- name: add_code(user_id, hash)*!
INSERT INTO recovery_codes (user_id, hash) VALUES (:user_id, :hash)

-- name: drop_codes(user_id)!
DELETE FROM recovery_codes WHERE user_id = :user_id

-- name: use_code(user_id, hash)!
DELETE FROM recovery_codes WHERE user_id = :user_id AND hash = :hash

-- name: codes_left(user_id)$
SELECT COUNT(*) AS total FROM recovery_codes WHERE user_id = :user_id
