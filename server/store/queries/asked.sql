-- name: message(contact_id, id)^
-- A message with the person it went to: all that a page needs to ask its questions.
SELECT messages.contact_id, messages.id, messages.email, messages.version_id, messages.language, messages.mail_class,
       messages.data, messages.sent_at, messages.created_at, contacts.email AS address, contacts.first_name,
       contacts.last_name, contacts.company
FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.contact_id = :contact_id AND messages.id = :id

-- name: lock(contact_id, id)^
-- The same, and nobody else settles this person's answers or decides their stage until the transaction ends; with where their lead
-- stands ('' for none), the table of points that holds, and in `flows` whether flows have changed.
SELECT messages.contact_id, messages.id, messages.email, messages.version_id, messages.language, messages.mail_class,
       messages.topic, messages.data, messages.sent_at, messages.created_at, contacts.email AS address, contacts.first_name,
       contacts.last_name, contacts.company, COALESCE(leads.stage, '') AS stage, COALESCE(leads.pinned, '') AS pinned,
       (SELECT id FROM qualifications ORDER BY id DESC LIMIT 1) AS table_id,
       (SELECT stamp FROM stamps WHERE name = 'flows') AS flows
FROM messages JOIN contacts ON contacts.id = messages.contact_id LEFT JOIN leads ON leads.contact_id = messages.contact_id
WHERE messages.contact_id = :contact_id AND messages.id = :id
FOR UPDATE OF contacts

-- name: by_id(id)^
-- The same by the message's id alone: a reply names no person, and whose it is says the message.
SELECT messages.contact_id, messages.id, messages.email, messages.version_id, messages.language, messages.mail_class,
       messages.data, messages.sent_at, messages.created_at, contacts.email AS address, contacts.first_name,
       contacts.last_name, contacts.company
FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.id = :id
