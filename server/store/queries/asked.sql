-- name: message(contact_id, id)^
-- A message with the person it went to: all that a page needs to ask its questions.
SELECT messages.*, contacts.email AS address, contacts.email_key, contacts.first_name, contacts.last_name,
       contacts.company, contacts.language AS contact_language
FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.contact_id = :contact_id AND messages.id = :id

-- name: lock(contact_id, id)^
-- The same, and nobody else settles this person's answers until the transaction ends.
SELECT messages.*, contacts.email AS address, contacts.email_key, contacts.first_name, contacts.last_name,
       contacts.company, contacts.language AS contact_language
FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.contact_id = :contact_id AND messages.id = :id
FOR UPDATE OF contacts
