-- name: add(contact_id, id, kind, text, was, by_whom, now)!
INSERT INTO activities (contact_id, id, kind, text, was, by_whom, at)
VALUES (:contact_id, :id, :kind, :text, :was, :by_whom, :now)

-- name: of_contact(contact_id)
SELECT * FROM activities WHERE contact_id = :contact_id ORDER BY at, id
