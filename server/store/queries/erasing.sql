-- One query for each table with rows about a person, named like its table; server/contacts/erase.py runs them all.

-- name: hits(contact_id)!
DELETE FROM hits WHERE contact_id = :contact_id

-- name: open_pages(contact_id)!
DELETE FROM open_pages WHERE contact_id = :contact_id

-- name: events(contact_id)!
DELETE FROM events WHERE contact_id = :contact_id

-- name: answers(contact_id)!
DELETE FROM answers WHERE contact_id = :contact_id

-- name: overrules(contact_id)!
DELETE FROM overrules WHERE contact_id = :contact_id

-- name: leads(contact_id)!
DELETE FROM leads WHERE contact_id = :contact_id

-- name: activities(contact_id)!
DELETE FROM activities WHERE contact_id = :contact_id

-- name: effects(contact_id)!
DELETE FROM effects WHERE contact_id = :contact_id

-- name: tasks(contact_id)!
DELETE FROM tasks WHERE contact_id = :contact_id

-- name: messages(contact_id)!
DELETE FROM messages WHERE contact_id = :contact_id

-- name: bookings(contact_id)!
DELETE FROM bookings WHERE contact_id = :contact_id

-- name: offered_times(contact_id)!
DELETE FROM offered_times WHERE contact_id = :contact_id

-- name: booking_changes(contact_id)!
DELETE FROM booking_changes WHERE contact_id = :contact_id

-- name: replies(contact_id)!
DELETE FROM replies WHERE contact_id = :contact_id

-- name: notices(contact_id)!
DELETE FROM notices WHERE contact_id = :contact_id

-- name: pushes(contact_id)!
DELETE FROM pushes WHERE contact_id = :contact_id

-- name: import_rows(contact_id)!
-- Rows of a list that waits for its import are found by their address.
DELETE FROM import_rows
WHERE contact_id = :contact_id OR email_key IN (SELECT email_key FROM contacts WHERE id = :contact_id)

-- name: contact_aliases(contact_id)!
DELETE FROM contact_aliases WHERE contact_id = :contact_id

-- name: contacts(contact_id)!
DELETE FROM contacts WHERE id = :contact_id

-- name: testers(contact_id)!
DELETE FROM testers WHERE contact_id = :contact_id

-- name: test_answers(contact_id)!
DELETE FROM test_answers WHERE contact_id = :contact_id

-- name: suppressions(contact_id)!
-- The suppression outlives the contact, because its address must get no mail; its contact and message are removed.
UPDATE suppressions SET contact_id = '', message_id = '' WHERE contact_id = :contact_id

-- name: api_replies(contact_id)!
-- The name stays in use, so that a late repetition of the request does not create the person again.
UPDATE api_replies SET contact_id = '', body = '' WHERE contact_id = :contact_id
