-- Messages with the recipient they went to, for the pages and channels that ask their questions.

-- name: message(contact_id, id)^
-- A message with its recipient: everything that a page needs to ask its questions.
SELECT messages.contact_id, messages.id, messages.email, messages.version_id, messages.language, messages.mail_class, messages.purpose,
       messages.data, messages.sent_at, messages.created_at, contacts.email AS address, contacts.first_name,
       contacts.last_name, contacts.company, contacts.phone, contacts.country, contacts.fields
FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.contact_id = :contact_id AND messages.id = :id

-- name: lock(contact_id, id)^
-- The same with a lock on the contact, so that no other transaction settles its answers or sets its stage; with the lead's stage ('' for
-- none), the current table of points, and in `flows` the stamp of the last change of flows.
SELECT messages.contact_id, messages.id, messages.email, messages.version_id, messages.language, messages.mail_class, messages.purpose,
       messages.topic, messages.data, messages.sent_at, messages.created_at, contacts.email AS address, contacts.first_name,
       contacts.last_name, contacts.company, contacts.phone, contacts.country, contacts.fields, COALESCE(leads.stage, '') AS stage, COALESCE(leads.pinned, '') AS pinned,
       (SELECT id FROM qualifications ORDER BY id DESC LIMIT 1) AS table_id,
       (SELECT stamp FROM stamps WHERE name = 'flows') AS flows
FROM messages JOIN contacts ON contacts.id = messages.contact_id LEFT JOIN leads ON leads.contact_id = messages.contact_id
WHERE messages.contact_id = :contact_id AND messages.id = :id
FOR UPDATE OF contacts

-- name: by_id(id)^
-- The same by the message's id alone, because a reply names no contact.
SELECT messages.contact_id, messages.id, messages.email, messages.version_id, messages.language, messages.mail_class, messages.purpose,
       messages.data, messages.sent_at, messages.created_at, contacts.email AS address, contacts.first_name,
       contacts.last_name, contacts.company, contacts.phone, contacts.country, contacts.fields
FROM messages JOIN contacts ON contacts.id = messages.contact_id
WHERE messages.id = :id

-- name: test(id)^
-- A test with its recipient, who is no contact.
SELECT messages.contact_id, messages.id, messages.email, messages.version_id, messages.language, messages.mail_class, messages.purpose,
       messages.data, messages.sent_at, messages.created_at, testers.email AS address, testers.first_name,
       testers.last_name, testers.company, testers.phone, testers.country, testers.fields
FROM messages JOIN testers ON testers.contact_id = messages.contact_id
WHERE messages.id = :id
