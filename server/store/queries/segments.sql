-- The segments, and the people of a rule. 1 = 1 stands for the rule, which server/store/narrowing.py puts there.

-- name: people(after, limit)
-- By id; start with after = ''. Ids are found first, because PostgreSQL would read and sort complete rows.
SELECT * FROM contacts WHERE id IN (SELECT id FROM contacts WHERE id > :after AND 1 = 1 ORDER BY id LIMIT :limit)
ORDER BY id

-- name: count(limit)$
-- Counts up to `limit`.
SELECT COUNT(*) FROM (SELECT 1 FROM contacts WHERE 1 = 1 LIMIT :limit) AS counted

-- name: holds(id)$
SELECT 1 AS held FROM contacts WHERE id = :id AND 1 = 1

-- name: add(id, name, name_key, rule, by_whom, now)!
-- 0 rows if the name is taken.
INSERT INTO segments (id, name, name_key, rule, by_whom, created_at, updated_at)
VALUES (:id, :name, :name_key, :rule, :by_whom, :now, :now) ON CONFLICT (name_key) DO NOTHING

-- name: by_id(id)^
SELECT * FROM segments WHERE id = :id

-- name: by_key(name_key)^
SELECT * FROM segments WHERE name_key = :name_key

-- name: change(id, name, name_key, rule, by_whom, now)!
UPDATE segments SET name = :name, name_key = :name_key, rule = :rule, by_whom = :by_whom, updated_at = :now WHERE id = :id

-- name: set_archived(id, archived, by_whom, now)!
UPDATE segments SET archived = :archived, by_whom = :by_whom, updated_at = :now WHERE id = :id

-- name: delete(id)!
DELETE FROM segments WHERE id = :id

-- name: listed(archived, after, limit)
-- By folded name; start with after = ''.
SELECT * FROM segments WHERE archived = :archived AND name_key > :after ORDER BY name_key LIMIT :limit

-- name: names()
SELECT name FROM segments WHERE archived = 0 ORDER BY name_key

-- name: campaigns(audience)
-- Those that have not ended.
SELECT email, state FROM campaigns
WHERE audience = :audience AND state IN ('draft', 'approval', 'scheduled', 'sending', 'paused') ORDER BY id

-- name: flows(rule)
-- `rule` is a LIKE pattern for the id in a stored flow.
SELECT name FROM flows WHERE rule LIKE :rule ESCAPE '\' ORDER BY name
