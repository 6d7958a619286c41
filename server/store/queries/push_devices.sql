-- The devices on which users get push notices.

-- name: put(id, user_id, endpoint, p256dh, auth, name, now)!
-- A browser that is added again, also by another user of it, belongs to the user who added it last.
INSERT INTO push_devices (id, user_id, endpoint, p256dh, auth, name, created_at)
VALUES (:id, :user_id, :endpoint, :p256dh, :auth, :name, :now)
ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
                               name = excluded.name, reason = ''

-- name: of_user(user_id)
SELECT * FROM push_devices WHERE user_id = :user_id ORDER BY created_at, id

-- name: by_id(id)^
SELECT * FROM push_devices WHERE id = :id

-- name: delivered(id, reason, sent_at)!
-- Stores whether the last notice arrived.
UPDATE push_devices SET reason = :reason, sent_at = CASE WHEN :reason = '' THEN :sent_at ELSE sent_at END WHERE id = :id

-- name: remove(user_id, id)!
DELETE FROM push_devices WHERE user_id = :user_id AND id = :id
