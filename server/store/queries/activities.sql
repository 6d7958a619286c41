-- The history of a lead: what a user or program did with it, one row for each step.

-- name: add(contact_id, id, kind, text, was, by_whom, now)!
INSERT INTO activities (contact_id, id, kind, text, was, by_whom, at)
VALUES (:contact_id, :id, :kind, :text, :was, :by_whom, :now)

-- name: of_contact(contact_id)
SELECT * FROM activities WHERE contact_id = :contact_id ORDER BY at, id

-- name: last_said(contact_id, kind, text)^
-- The last activity of a kind with this text, such as a tag or a stage.
SELECT * FROM activities WHERE contact_id = :contact_id AND kind = :kind AND text = :text ORDER BY at DESC, id DESC LIMIT 1

-- name: remember(contact_id, id, replaced)!
-- Stores what an activity replaced, as JSON, so that it can be undone.
UPDATE activities SET replaced = :replaced WHERE contact_id = :contact_id AND id = :id

-- name: by_key(contact_id, id)^
SELECT * FROM activities WHERE contact_id = :contact_id AND id = :id

-- name: remove(contact_id, id)!
DELETE FROM activities WHERE contact_id = :contact_id AND id = :id
