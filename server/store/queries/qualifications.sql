-- The scoring models, one row for each version.

-- name: current()^
SELECT id, content, by_whom, at FROM qualifications ORDER BY id DESC LIMIT 1

-- name: by_id(id)^
SELECT id, content, by_whom, at FROM qualifications WHERE id = :id

-- name: add(id, content, by_whom, now)!
INSERT INTO qualifications (id, content, by_whom, at) VALUES (:id, :content, :by_whom, :now)

-- name: list(limit)
SELECT * FROM qualifications ORDER BY id DESC LIMIT :limit
