-- The facts that decide about some contacts: `ids` is their ids in one text, each padded with spaces to 64 characters.

-- name: answers(ids)
-- Their confirmed answers.
WITH RECURSIVE wanted (place, id) AS (
  SELECT 1, rtrim(substr(CAST(:ids AS TEXT), 1, 64))
  UNION ALL SELECT place + 1, rtrim(substr(CAST(:ids AS TEXT), place * 64 + 1, 64)) FROM wanted
  WHERE place * 64 < length(CAST(:ids AS TEXT)))
SELECT answers.contact_id, answers.kind, answers.value, answers.question, answers.points, answers.answered_at AS at
FROM wanted JOIN answers ON answers.contact_id = wanted.id
WHERE answers.state = 'confirmed' AND answers.superseded = 0

-- name: bookings(ids, now)
-- Future appointments, booked or cancelled, of which both sides were told.
WITH RECURSIVE wanted (place, id) AS (
  SELECT 1, rtrim(substr(CAST(:ids AS TEXT), 1, 64))
  UNION ALL SELECT place + 1, rtrim(substr(CAST(:ids AS TEXT), place * 64 + 1, 64)) FROM wanted
  WHERE place * 64 < length(CAST(:ids AS TEXT)))
SELECT bookings.contact_id, bookings.state, bookings.title, bookings.starts_at, bookings.time_zone, bookings.updated_at AS at
FROM wanted JOIN bookings ON bookings.contact_id = wanted.id
WHERE bookings.ends_at > :now AND bookings.told >= 0

-- name: leavings(ids)
WITH RECURSIVE wanted (place, id) AS (
  SELECT 1, rtrim(substr(CAST(:ids AS TEXT), 1, 64))
  UNION ALL SELECT place + 1, rtrim(substr(CAST(:ids AS TEXT), place * 64 + 1, 64)) FROM wanted
  WHERE place * 64 < length(CAST(:ids AS TEXT)))
SELECT contacts.id AS contact_id, suppressions.reason, suppressions.at
FROM wanted JOIN contacts ON contacts.id = wanted.id JOIN suppressions ON suppressions.address_key = contacts.email_key

-- name: replies(ids)
-- Their last replies by mail that were no answer.
WITH RECURSIVE wanted (place, id) AS (
  SELECT 1, rtrim(substr(CAST(:ids AS TEXT), 1, 64))
  UNION ALL SELECT place + 1, rtrim(substr(CAST(:ids AS TEXT), place * 64 + 1, 64)) FROM wanted
  WHERE place * 64 < length(CAST(:ids AS TEXT)))
SELECT replies.contact_id, replies.text, replies.at
FROM wanted JOIN replies ON replies.contact_id = wanted.id
WHERE replies.text <> '' AND replies.sender = '' AND NOT EXISTS (
  SELECT 1 FROM replies AS newer WHERE newer.contact_id = replies.contact_id AND newer.sender = '' AND newer.text <> ''
  AND (newer.at, newer.id) > (replies.at, replies.id))
