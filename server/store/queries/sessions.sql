-- The sessions of signed-in users.

-- name: add(id, user_id, agent, network, now)!
INSERT INTO sessions (id, user_id, began_at, seen_at, agent, network) VALUES (:id, :user_id, :now, :now, :agent, :network)

-- name: by_id(id)^
SELECT * FROM sessions WHERE id = :id

-- name: of_user(user_id)
SELECT * FROM sessions WHERE user_id = :user_id ORDER BY seen_at DESC, id

-- name: seen(id, network, at, before_at)!
UPDATE sessions SET seen_at = :at, network = :network WHERE id = :id AND seen_at < :before_at

-- name: end_one(id, user_id)!
DELETE FROM sessions WHERE id = :id AND user_id = :user_id

-- name: end_others(user_id, id)!
-- Ends all but this session; an empty id ends all.
DELETE FROM sessions WHERE user_id = :user_id AND id <> :id

-- name: end_old(user_id, began_before_at, seen_before_at)!
DELETE FROM sessions WHERE user_id = :user_id AND (began_at <= :began_before_at OR seen_at <= :seen_before_at)

-- name: end_all()!
DELETE FROM sessions
