-- The activity log: who did what, and when.

-- name: add(id, at, by_whom, what, subject, details)!
INSERT INTO audit (id, at, by_whom, what, subject, details) VALUES (:id, :at, :by_whom, :what, :subject, :details)

-- name: newest(by_whom, kind, before, limit)
-- An empty filter matches everything; `kind` is a LIKE pattern; `before` is the last id of the previous page.
SELECT * FROM audit
WHERE id < :before AND (:by_whom = '' OR by_whom = :by_whom) AND (:kind = '' OR what LIKE :kind)
ORDER BY id DESC LIMIT :limit

-- name: last(what)^
SELECT * FROM audit WHERE what = :what ORDER BY id DESC LIMIT 1

-- name: people()
SELECT DISTINCT by_whom FROM audit ORDER BY by_whom
