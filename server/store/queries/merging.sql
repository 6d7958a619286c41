-- One query for each table with rows about a person: moves the rows of a merged contact to the contact that is kept.

-- name: hits(kept, merged)!
UPDATE hits SET contact_id = :kept WHERE contact_id = :merged

-- name: open_pages(kept, merged)!
UPDATE open_pages SET contact_id = :kept WHERE contact_id = :merged

-- name: events(kept, merged)!
UPDATE events SET contact_id = :kept WHERE contact_id = :merged

-- name: answers(kept, merged)!
UPDATE answers SET contact_id = :kept WHERE contact_id = :merged

-- name: overrules(kept, merged)!
UPDATE overrules SET contact_id = :kept WHERE contact_id = :merged

-- name: activities(kept, merged)!
UPDATE activities SET contact_id = :kept WHERE contact_id = :merged

-- name: effects(kept, merged)!
UPDATE effects SET contact_id = :kept WHERE contact_id = :merged

-- name: tasks(kept, merged)!
UPDATE tasks SET contact_id = :kept WHERE contact_id = :merged

-- name: messages(kept, merged)!
-- A worker that claimed a queued one finds it gone, and another one claims it under the kept contact.
UPDATE messages SET contact_id = :kept, lease_owner = CASE WHEN state = 'queued' THEN '' ELSE lease_owner END,
                    lease_until = CASE WHEN state = 'queued' THEN 0 ELSE lease_until END
WHERE contact_id = :merged

-- name: bookings(kept, merged)!
UPDATE bookings SET contact_id = :kept WHERE contact_id = :merged

-- name: booking_changes(kept, merged)!
UPDATE booking_changes SET contact_id = :kept WHERE contact_id = :merged

-- name: offered_times(kept, merged)!
UPDATE offered_times SET contact_id = :kept WHERE contact_id = :merged

-- name: notices(kept, merged)!
UPDATE notices SET contact_id = :kept WHERE contact_id = :merged

-- name: drop_pushes(kept, merged)!
-- The kept contact has caused the same notice on the same device.
DELETE FROM pushes WHERE contact_id = :merged AND EXISTS (
  SELECT 1 FROM pushes AS other
  WHERE other.contact_id = :kept AND other.cause = pushes.cause AND other.device_id = pushes.device_id)

-- name: pushes(kept, merged)!
UPDATE pushes SET contact_id = :kept WHERE contact_id = :merged

-- name: replies(kept, merged)!
UPDATE replies SET contact_id = :kept WHERE contact_id = :merged

-- name: api_replies(kept, merged)!
UPDATE api_replies SET contact_id = :kept WHERE contact_id = :merged

-- name: suppressions(kept, merged)!
UPDATE suppressions SET contact_id = :kept WHERE contact_id = :merged

-- name: import_rows(kept, merged)!
UPDATE import_rows SET contact_id = :kept WHERE contact_id = :merged

-- name: contact_aliases(kept, merged)!
UPDATE contact_aliases SET contact_id = :kept WHERE contact_id = :merged

-- name: leaving(contact_id)$
-- Whether a message or an effect of the contact is being carried out now, under its id.
SELECT CASE WHEN EXISTS (SELECT 1 FROM messages WHERE contact_id = :contact_id AND state || '' = 'attempting')
              OR EXISTS (SELECT 1 FROM effects WHERE contact_id = :contact_id AND state || '' = 'doing') THEN 1 ELSE 0 END AS busy

-- name: drop_copies(kept, merged, reason)!
-- Stops queued mail of the merged contact that the kept one was sent, or waits for, as well.
UPDATE messages SET state = 'stopped', reason = :reason, lease_owner = '', lease_until = 0
WHERE contact_id = :merged AND state || '' = 'queued' AND EXISTS (
  SELECT 1 FROM messages AS other WHERE other.contact_id = :kept AND other.email = messages.email
    AND other.data = messages.data AND other.state IN ('queued', 'attempting', 'sent', 'unknown'))

-- name: lead_work(kept, merged, tags, now)!
-- What sales entered on the merged lead and the kept one lacks.
UPDATE leads SET
  owner_id = CASE WHEN leads.owner_id = '' THEN other.owner_id ELSE leads.owner_id END,
  next_step = CASE WHEN leads.next_step = '' THEN other.next_step ELSE leads.next_step END,
  next_on = CASE WHEN leads.next_step = '' THEN other.next_on ELSE leads.next_on END,
  pinned = CASE WHEN leads.pinned = '' THEN other.pinned ELSE leads.pinned END,
  outcome_reason = CASE WHEN leads.outcome = '' THEN other.outcome_reason ELSE leads.outcome_reason END,
  outcome_at = CASE WHEN leads.outcome = '' THEN other.outcome_at ELSE leads.outcome_at END,
  outcome_amount = CASE WHEN leads.outcome = '' THEN other.outcome_amount ELSE leads.outcome_amount END,
  outcome_currency = CASE WHEN leads.outcome = '' THEN other.outcome_currency ELSE leads.outcome_currency END,
  outcome_on = CASE WHEN leads.outcome = '' THEN other.outcome_on ELSE leads.outcome_on END,
  outcome = CASE WHEN leads.outcome = '' THEN other.outcome ELSE leads.outcome END,
  tags = :tags, updated_at = :now
FROM leads AS other
WHERE leads.contact_id = :kept AND other.contact_id = :merged

-- name: leads(kept, merged)!
UPDATE leads SET contact_id = :kept
WHERE contact_id = :merged AND NOT EXISTS (SELECT 1 FROM leads AS other WHERE other.contact_id = :kept)

-- name: drop_lead(contact_id)!
DELETE FROM leads WHERE contact_id = :contact_id

-- name: contacts(merged)!
DELETE FROM contacts WHERE id = :merged
