-- The webhooks: addresses that effects call.

-- name: add(name, url, shape, header, secret, language, now)!
-- 0 rows when the name is in use.
INSERT INTO endpoints (name, url, shape, header, secret, language, created_at)
VALUES (:name, :url, :shape, :header, :secret, :language, :now)
ON CONFLICT (name) DO NOTHING

-- name: change(name, url, shape, header, language)!
UPDATE endpoints SET url = :url, shape = :shape, header = :header, language = :language WHERE name = :name

-- name: rotate(name, secret, old_until)!
UPDATE endpoints SET old_secret = secret, old_until = :old_until, secret = :secret WHERE name = :name

-- name: switch(name, active, reason)!
UPDATE endpoints SET active = :active, reason = :reason WHERE name = :name

-- name: remove(name)!
DELETE FROM endpoints WHERE name = :name

-- name: by_name(name)^
SELECT * FROM endpoints WHERE name = :name

-- name: all()
SELECT * FROM endpoints ORDER BY name
