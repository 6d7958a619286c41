-- Queries of `acto check`: each returns rows that contradict one another, or the rows to recompute.

-- name: events(contact_id, message_id, block, nonce, limit)
-- Every answer event with its message, in the order of the key; start with '' in each part.
SELECT events.contact_id, events.id, events.message_id, events.block, events.nonce, events.value, events.grade, events.at,
       events.verdict, events.signs, events.rules, events.stands_at,
       messages.version_id, messages.language, messages.email, messages.data
FROM events LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
WHERE (events.contact_id, events.message_id, events.block, events.nonce) > (:contact_id, :message_id, :block, :nonce)
  AND events.kind IN ('answered', 'withdrew')
ORDER BY events.contact_id, events.message_id, events.block, events.nonce LIMIT :limit

-- name: answers(contact_id, message_id, block, limit)
SELECT * FROM answers WHERE (contact_id, message_id, block) > (:contact_id, :message_id, :block)
ORDER BY contact_id, message_id, block LIMIT :limit

-- name: leads(contact_id, limit)
SELECT * FROM leads WHERE contact_id > :contact_id ORDER BY contact_id LIMIT :limit

-- name: contacts(id, limit)
SELECT id, email, first_name, last_name, company, search_text FROM contacts WHERE id > :id ORDER BY id LIMIT :limit

-- name: versions()
SELECT id, name FROM email_versions ORDER BY id

-- name: counts()^
SELECT (SELECT COUNT(*) FROM contacts) AS contacts, (SELECT COUNT(*) FROM messages) AS messages,
       (SELECT COUNT(*) FROM hits) AS hits, (SELECT COUNT(*) FROM events) AS events,
       (SELECT COUNT(*) FROM answers) AS answers, (SELECT COUNT(*) FROM leads) AS leads

-- name: messages_of_nobody(limit)
SELECT contact_id, id AS message_id FROM messages
WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.id = messages.contact_id)
  AND NOT EXISTS (SELECT 1 FROM testers WHERE testers.contact_id = messages.contact_id) LIMIT :limit

-- name: messages_of_no_version(limit)
SELECT contact_id, id AS message_id, version_id AS detail FROM messages
WHERE NOT EXISTS (SELECT 1 FROM email_versions WHERE email_versions.id = messages.version_id) LIMIT :limit

-- name: messages_in_no_state(limit)
SELECT contact_id, id AS message_id, state AS detail FROM messages
WHERE state NOT IN ('queued', 'attempting', 'sent', 'failed', 'unknown', 'stopped') OR (state = 'sent' AND sent_at IS NULL)
LIMIT :limit

-- name: hits_of_no_message(limit)
SELECT contact_id, message_id, id AS detail FROM hits
WHERE NOT EXISTS (SELECT 1 FROM messages WHERE messages.contact_id = hits.contact_id AND messages.id = hits.message_id)
LIMIT :limit

-- name: events_of_no_message(limit)
SELECT contact_id, message_id, block, id AS detail FROM events
WHERE NOT EXISTS (SELECT 1 FROM messages WHERE messages.contact_id = events.contact_id AND messages.id = events.message_id)
LIMIT :limit

-- name: leads_of_nobody(limit)
SELECT contact_id FROM leads WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.id = leads.contact_id) LIMIT :limit

-- name: overrules_of_no_event(limit)
SELECT contact_id, message_id, block, id AS detail FROM overrules
WHERE NOT EXISTS (
  SELECT 1 FROM events
  WHERE events.contact_id = overrules.contact_id AND events.message_id = overrules.message_id
    AND events.block = overrules.block AND events.nonce = overrules.nonce)
LIMIT :limit

-- name: overrules_not_followed(limit)
-- Latest decisions of team members from which the event's verdict differs.
SELECT overrules.contact_id, overrules.message_id, overrules.block, overrules.verdict AS detail
FROM overrules JOIN events ON events.contact_id = overrules.contact_id AND events.message_id = overrules.message_id
  AND events.block = overrules.block AND events.nonce = overrules.nonce
WHERE events.verdict <> overrules.verdict AND NOT EXISTS (
  SELECT 1 FROM overrules AS later
  WHERE later.contact_id = overrules.contact_id AND later.message_id = overrules.message_id
    AND later.block = overrules.block AND later.nonce = overrules.nonce
    AND (later.at, later.id) > (overrules.at, overrules.id))
LIMIT :limit

-- name: remove_answer(contact_id, message_id, block)!
DELETE FROM answers WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block

-- name: remove_lead(contact_id)!
DELETE FROM leads WHERE contact_id = :contact_id AND by_hand = 0

-- name: effects_in_no_state(limit)
SELECT contact_id, message_id, id AS detail FROM effects
WHERE state NOT IN ('planned', 'doing', 'done', 'failed', 'stopped', 'gone') OR (state = 'done' AND done_at IS NULL)
   OR (state = 'doing' AND lease_owner = '') LIMIT :limit

-- name: effects_of_nobody(limit)
-- Tests of webhooks have no contact and are left out.
SELECT contact_id, id AS detail FROM effects
WHERE contact_id <> '' AND NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.id = effects.contact_id) LIMIT :limit

-- name: tasks_of_nobody(limit)
SELECT contact_id, id AS detail FROM tasks
WHERE contact_id <> '' AND NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.id = tasks.contact_id) LIMIT :limit

-- name: tasks_missing(limit)
SELECT contact_id, id AS detail FROM effects
WHERE kind = 'task' AND state = 'done'
  AND NOT EXISTS (SELECT 1 FROM tasks WHERE tasks.contact_id = effects.contact_id AND tasks.id = effects.id) LIMIT :limit

-- name: bookings_of_nobody(limit)
SELECT contact_id, id AS detail FROM bookings
WHERE NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.id = bookings.contact_id) LIMIT :limit

-- name: bookings_in_no_state(limit)
SELECT contact_id, message_id, id AS detail FROM bookings
WHERE state NOT IN ('booked', 'cancelled') OR ends_at <= starts_at OR told > sequence LIMIT :limit

-- name: bookings_twice(limit)
-- Overlapping appointments of one owner, or two people on one seat; people in a group of one calendar share its time.
SELECT bookings.contact_id, bookings.message_id, bookings.id AS detail FROM bookings
WHERE bookings.state = 'booked' AND EXISTS (
  SELECT 1 FROM bookings other
  WHERE other.owner_id = bookings.owner_id AND other.state = 'booked' AND other.id <> bookings.id
    AND other.starts_at < bookings.ends_at AND bookings.starts_at < other.ends_at
    AND other.starts_at > bookings.starts_at - 28800000 -- none is longer than eight hours
    AND (other.calendar <> bookings.calendar OR other.starts_at <> bookings.starts_at OR other.seat = bookings.seat))
LIMIT :limit

-- name: bookings_without_hold(since_at, limit)
SELECT contact_id, message_id, id AS detail FROM bookings
WHERE state = 'booked' AND starts_at > :since_at AND NOT EXISTS (
  SELECT 1 FROM holds WHERE holds.owner_id = bookings.owner_id AND holds.calendar = bookings.calendar
    AND holds.starts_at = bookings.starts_at) LIMIT :limit
