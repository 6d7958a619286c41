-- Appointments, the times of owners that they hold, and the history of their changes.

-- name: hold(owner_id, piece, calendar, starts_at)*!
INSERT INTO holds (owner_id, piece, calendar, starts_at) VALUES (:owner_id, :piece, :calendar, :starts_at)
ON CONFLICT (owner_id, piece) DO NOTHING

-- name: held_by(owner_id, calendar, starts_at)$
SELECT COUNT(*) AS total FROM holds WHERE owner_id = :owner_id AND calendar = :calendar AND starts_at = :starts_at

-- name: let_go(owner_id, calendar, starts_at)!
-- Releases the hold of a time on which nobody is booked any more.
DELETE FROM holds WHERE owner_id = :owner_id AND calendar = :calendar AND starts_at = :starts_at
AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.owner_id = holds.owner_id AND bookings.calendar = holds.calendar
                AND bookings.starts_at = holds.starts_at AND bookings.state = 'booked')

-- name: offer(contact_id, message_id, calendar, times)!
INSERT INTO offered_times (contact_id, message_id, calendar, times) VALUES (:contact_id, :message_id, :calendar, :times)
ON CONFLICT (contact_id, message_id, calendar) DO UPDATE SET times = excluded.times

-- name: offered(contact_id, message_id)
SELECT calendar, times FROM offered_times WHERE contact_id = :contact_id AND message_id = :message_id

-- name: sweep_holds(piece)!
-- Deletes holds of past times, and of times on which nobody is booked any more.
DELETE FROM holds WHERE piece < :piece OR NOT EXISTS (
  SELECT 1 FROM bookings WHERE bookings.owner_id = holds.owner_id AND bookings.calendar = holds.calendar
    AND bookings.starts_at = holds.starts_at AND bookings.state = 'booked')

-- name: add(contact_id, id, calendar, owner_id, starts_at, ends_at, seat, title, place, language, time_zone, message_id, block, now)!
-- 0 rows when the seat is taken.
INSERT INTO bookings (contact_id, id, calendar, owner_id, starts_at, ends_at, seat, state, title, place, language,
                      time_zone, message_id, block, created_at, updated_at)
VALUES (:contact_id, :id, :calendar, :owner_id, :starts_at, :ends_at, :seat, 'booked', :title, :place, :language,
        :time_zone, :message_id, :block, :now, :now)
ON CONFLICT DO NOTHING

-- name: move(contact_id, id, owner_id, starts_at, ends_at, seat, now)!
-- Also books a cancelled appointment again.
UPDATE bookings SET owner_id = :owner_id, starts_at = :starts_at, ends_at = :ends_at, seat = :seat, state = 'booked',
  sequence = sequence + 1, rsvp = '', reminded = '', updated_at = :now
WHERE contact_id = :contact_id AND id = :id

-- name: give_back(contact_id, id)!
-- Frees the seat during a transaction that moves the appointment.
UPDATE bookings SET state = 'cancelled' WHERE contact_id = :contact_id AND id = :id

-- name: cancel(contact_id, id, now)!
UPDATE bookings SET state = 'cancelled', sequence = sequence + 1, updated_at = :now
WHERE contact_id = :contact_id AND id = :id AND state = 'booked'

-- name: rsvp(contact_id, id, rsvp)!
UPDATE bookings SET rsvp = :rsvp WHERE contact_id = :contact_id AND id = :id AND rsvp <> :rsvp

-- name: by_key(contact_id, id)^
SELECT * FROM bookings WHERE contact_id = :contact_id AND id = :id

-- name: by_id(id)^
-- By its id alone, because a calendar's reply names no contact.
SELECT bookings.*, contacts.email AS address FROM bookings JOIN contacts ON contacts.id = bookings.contact_id
WHERE bookings.id = :id

-- name: of_answer(contact_id, message_id, block)^
SELECT * FROM bookings WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block
ORDER BY created_at DESC LIMIT 1

-- name: of_contact(contact_id)
SELECT * FROM bookings WHERE contact_id = :contact_id ORDER BY starts_at

-- name: seats(calendar, since_at, until_at)
SELECT owner_id, starts_at, seat FROM bookings
WHERE calendar = :calendar AND state = 'booked' AND starts_at >= :since_at AND starts_at < :until_at

-- name: load(calendar, since_at)
-- Counts the future appointments of each owner; the owner with the fewest is next.
SELECT owner_id, COUNT(*) AS total, MAX(created_at) AS last_at FROM bookings
WHERE calendar = :calendar AND state = 'booked' AND starts_at >= :since_at GROUP BY owner_id

-- name: coming(since_at, owner_id, limit)
-- owner_id = '' means all owners.
SELECT bookings.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company,
       contacts.phone, contacts.whatsapp
FROM bookings JOIN contacts ON contacts.id = bookings.contact_id
WHERE bookings.state = 'booked' AND bookings.ends_at > :since_at AND (:owner_id = '' OR bookings.owner_id = :owner_id)
ORDER BY bookings.starts_at, bookings.contact_id LIMIT :limit

-- name: between(since_at, until_at, owner_id, limit)
-- Those that begin in a time; owner_id = '' means all owners.
SELECT bookings.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company
FROM bookings JOIN contacts ON contacts.id = bookings.contact_id
WHERE bookings.state = 'booked' AND bookings.starts_at >= :since_at AND bookings.starts_at < :until_at
  AND (:owner_id = '' OR bookings.owner_id = :owner_id)
ORDER BY bookings.starts_at, bookings.contact_id LIMIT :limit

-- name: of_owner(owner_id, since_at)
-- The appointments of the owner's calendar feed.
SELECT bookings.*, contacts.email AS address, contacts.first_name, contacts.last_name
FROM bookings JOIN contacts ON contacts.id = bookings.contact_id
WHERE bookings.owner_id = :owner_id AND bookings.state = 'booked' AND bookings.starts_at > :since_at
ORDER BY bookings.starts_at LIMIT 1000

-- name: changed(since_at, limit)
-- Recent cancellations and moves.
SELECT booking_changes.*, bookings.title, contacts.email AS address, contacts.first_name, contacts.last_name
FROM booking_changes
JOIN bookings ON bookings.contact_id = booking_changes.contact_id AND bookings.id = booking_changes.booking_id
JOIN contacts ON contacts.id = booking_changes.contact_id
WHERE booking_changes.at >= :since_at AND booking_changes.what IN ('moved', 'cancelled')
ORDER BY booking_changes.at DESC LIMIT :limit

-- name: note(contact_id, id, booking_id, what, starts_at, was, by_whom, now)!
INSERT INTO booking_changes (contact_id, id, booking_id, what, starts_at, was, by_whom, at)
VALUES (:contact_id, :id, :booking_id, :what, :starts_at, :was, :by_whom, :now)

-- name: changes(contact_id)
SELECT booking_changes.*, bookings.title, bookings.time_zone, bookings.calendar FROM booking_changes
JOIN bookings ON bookings.contact_id = booking_changes.contact_id AND bookings.id = booking_changes.booking_id
WHERE booking_changes.contact_id = :contact_id ORDER BY booking_changes.at, booking_changes.id

-- name: untold(limit)
-- Appointments with a change that their person was not told of. One made by an answer waits until the answer is decided.
SELECT bookings.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company,
       contacts.phone, contacts.whatsapp, answers.state AS answered
FROM bookings JOIN contacts ON contacts.id = bookings.contact_id
LEFT JOIN answers ON answers.contact_id = bookings.contact_id AND answers.message_id = bookings.message_id
  AND answers.block = bookings.block
WHERE bookings.told < bookings.sequence AND (bookings.message_id = '' OR answers.state IS NULL
  OR answers.state NOT IN ('provisional', 'undecided'))
ORDER BY bookings.updated_at LIMIT :limit

-- name: of_machines(since_at)
-- Appointments made by an answer that is now judged a machine's or was withdrawn.
SELECT bookings.* FROM bookings JOIN answers ON answers.contact_id = bookings.contact_id
  AND answers.message_id = bookings.message_id AND answers.block = bookings.block
WHERE bookings.state = 'booked' AND bookings.starts_at > :since_at AND answers.state IN ('machine', 'withdrawn')

-- name: tell(contact_id, id, told, sequence)!
-- 0 rows when another worker sent the notice, or the appointment has changed since.
UPDATE bookings SET told = :sequence
WHERE contact_id = :contact_id AND id = :id AND told = :told AND sequence = :sequence

-- name: to_remind(reminder, since_at, until_at, limit)
SELECT bookings.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company,
       contacts.phone, contacts.whatsapp
FROM bookings JOIN contacts ON contacts.id = bookings.contact_id
WHERE bookings.state = 'booked' AND bookings.told = bookings.sequence AND bookings.starts_at > :since_at
  AND bookings.starts_at <= :until_at AND bookings.reminded <> :reminder AND bookings.reminded <> 'hour'
ORDER BY bookings.starts_at LIMIT :limit

-- name: remind(contact_id, id, reminder)!
UPDATE bookings SET reminded = :reminder
WHERE contact_id = :contact_id AND id = :id AND reminded <> :reminder AND reminded <> 'hour'

-- name: listed(after_at, after_id, calendar, owner_id, contact_id, state, limit)
-- By their beginning, for programs; an empty filter matches everything.
SELECT bookings.*, contacts.email AS address FROM bookings JOIN contacts ON contacts.id = bookings.contact_id
WHERE (bookings.starts_at, bookings.id) > (:after_at, :after_id)
  AND (:calendar = '' OR bookings.calendar = :calendar) AND (:owner_id = '' OR bookings.owner_id = :owner_id)
  AND (:contact_id = '' OR bookings.contact_id = :contact_id) AND (:state = '' OR bookings.state = :state)
ORDER BY bookings.starts_at, bookings.id LIMIT :limit

-- name: call_off(contact_id)!
-- Keeps the appointments of a contact for their owners' cancellations, without the person, before the contact is erased.
INSERT INTO called_off (id, owner_id, starts_at, ends_at, sequence, title, place, time_zone)
SELECT id, owner_id, starts_at, ends_at, sequence + 1, title, place, time_zone FROM bookings
WHERE contact_id = :contact_id AND told >= 0 AND (state = 'booked' OR told < sequence)

-- name: called_off(limit)
SELECT * FROM called_off ORDER BY starts_at LIMIT :limit

-- name: told_off(id)!
DELETE FROM called_off WHERE id = :id
