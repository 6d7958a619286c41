-- The effects of flows: each row is an intent to act, and the row is the queue; and the past events of dry runs.

-- name: plan(contact_id, id, flow, version, place, kind, details, happened, message_id, block, answered_at, cause, chain, state, reason, endpoint, due_at, now)!
-- An effect withdrawn before it was carried out is planned again; one that was carried out counts again and is not repeated.
-- 0 rows if its correction was planned: see `spare`.
INSERT INTO effects (contact_id, id, flow, version, place, kind, details, happened, message_id, block, answered_at, cause, chain,
                     state, reason, endpoint, next_attempt_at, created_at)
VALUES (:contact_id, :id, :flow, :version, :place, :kind, :details, :happened, :message_id, :block, :answered_at, :cause, :chain,
        :state, :reason, :endpoint, :due_at, :now)
ON CONFLICT (contact_id, id) DO UPDATE SET
  counts = 1,
  reason = CASE WHEN effects.state = 'gone' THEN '' ELSE effects.reason END,
  next_attempt_at = CASE WHEN effects.state = 'gone' THEN excluded.next_attempt_at ELSE effects.next_attempt_at END,
  state = CASE WHEN effects.state = 'gone' THEN 'planned' ELSE effects.state END
WHERE effects.corrected = 0

-- name: withdraw(contact_id, message_id, block, reason)
-- Withdraws the effects of an answer that no longer counts: planned ones are dropped; those done, being done or perhaps received are
-- marked for correction.
UPDATE effects SET
  counts = 0,
  corrected = CASE WHEN state IN ('doing', 'done') OR body <> '' THEN 1 ELSE 0 END,
  reason = CASE WHEN state = 'planned' THEN :reason ELSE reason END,
  state = CASE WHEN state = 'planned' THEN 'gone' ELSE state END
WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block AND counts = 1
  AND happened IN ('answered', 'changed')
RETURNING *

-- name: withdraw_booking(contact_id, message_id, block, reason)
-- Withdraws, in the same way, the effects of an appointment that is cancelled; `block` is its calendar.
UPDATE effects SET
  counts = 0,
  corrected = CASE WHEN state IN ('doing', 'done') OR body <> '' THEN 1 ELSE 0 END,
  reason = CASE WHEN state = 'planned' THEN :reason ELSE reason END,
  state = CASE WHEN state = 'planned' THEN 'gone' ELSE state END
WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block AND counts = 1
  AND happened IN ('booked', 'moved')
RETURNING *

-- name: withdraw_stage(contact_id, stage, reason)
-- Withdraws, in the same way, the effects of a stage that the lead has fallen below.
UPDATE effects SET
  counts = 0,
  corrected = CASE WHEN state IN ('doing', 'done') OR body <> '' THEN 1 ELSE 0 END,
  reason = CASE WHEN state = 'planned' THEN :reason ELSE reason END,
  state = CASE WHEN state = 'planned' THEN 'gone' ELSE state END
WHERE contact_id = :contact_id AND happened = 'stage' AND block = :stage AND counts = 1
RETURNING *

-- name: outgrow_stage(contact_id, stage, reason)!
-- Drops the planned effects of a stage that the lead has risen above; those carried out stay.
-- The || '' makes SQLite use the index of the contact and not that of all planned effects.
UPDATE effects SET counts = 0, reason = :reason, state = 'gone'
WHERE contact_id = :contact_id AND happened = 'stage' AND block = :stage AND state || '' = 'planned' AND body = ''

-- name: correct(contact_id, of, id, kind, cause, now)!
-- Plans the correction of the effect `of`; a correction that was dropped is planned again.
INSERT INTO effects (contact_id, id, flow, version, place, kind, details, happened, message_id, block, answered_at, cause, chain,
                     state, endpoint, next_attempt_at, created_at, corrects)
SELECT contact_id, :id, flow, version, place, :kind, details, 'corrected', message_id, block, answered_at, :cause, chain,
       'planned', endpoint, :now, :now, id
FROM effects WHERE contact_id = :contact_id AND id = :of
ON CONFLICT (contact_id, id) DO UPDATE SET
  state = 'planned', reason = '', cause = excluded.cause, next_attempt_at = excluded.next_attempt_at
WHERE effects.state = 'gone'

-- name: spare(contact_id, id, reason)!
-- Drops a correction that was not begun, because the answer counts again.
UPDATE effects SET state = 'gone', reason = :reason
WHERE contact_id = :contact_id AND id = :id AND state = 'planned' AND attempts = 0

-- name: count_again(contact_id, id, now)!
UPDATE effects SET counts = 1, corrected = 0, reason = CASE WHEN state = 'gone' THEN '' ELSE reason END,
  next_attempt_at = CASE WHEN state = 'gone' THEN :now ELSE next_attempt_at END,
  state = CASE WHEN state = 'gone' THEN 'planned' ELSE state END
WHERE contact_id = :contact_id AND id = :id

-- name: by_key(contact_id, id)^
SELECT * FROM effects WHERE contact_id = :contact_id AND id = :id

-- name: that_made(contact_id, result)
SELECT chain FROM effects WHERE contact_id = :contact_id AND kind IN ('email', 'booking') AND result = :result

-- name: is_due(endpoint, now)$
-- Reads without a lock. endpoint = '' matches effects inside Acto. A correction waits while the corrected effect is being done.
SELECT 1 AS due FROM effects WHERE state = 'planned' AND endpoint = :endpoint AND next_attempt_at <= :now
  AND (corrects = '' OR NOT EXISTS (
    SELECT 1 FROM effects AS original WHERE original.contact_id = effects.contact_id AND original.id = effects.corrects
      AND original.state = 'doing')) LIMIT 1

-- name: due_endpoints(now)
SELECT name FROM endpoints WHERE EXISTS (
  SELECT 1 FROM effects WHERE state = 'planned' AND endpoint = endpoints.name AND next_attempt_at <= :now
    AND (corrects = '' OR NOT EXISTS (
    SELECT 1 FROM effects AS original WHERE original.contact_id = effects.contact_id AND original.id = effects.corrects
      AND original.state = 'doing')))

-- name: claim(endpoint, owner, now, lease_until, limit)
-- The conditions are repeated, for the reason given at the claim of messages.
UPDATE effects SET state = 'doing', attempts = attempts + 1, lease_owner = :owner, lease_until = :lease_until
WHERE state = 'planned' AND (contact_id, id) IN (
  SELECT contact_id, id FROM effects
  WHERE state = 'planned' AND endpoint = :endpoint AND next_attempt_at <= :now
    AND (corrects = '' OR NOT EXISTS (
    SELECT 1 FROM effects AS original WHERE original.contact_id = effects.contact_id AND original.id = effects.corrects
      AND original.state = 'doing'))
  ORDER BY next_attempt_at, id LIMIT :limit)
RETURNING *

-- name: finish(contact_id, id, owner, state, reason, result, tries, next_attempt_at, done_at)!
-- 0 rows when the lease was lost. An effect to retry is dropped if it no longer counts.
UPDATE effects SET
  state = CASE WHEN counts = 0 AND by_hand = 0 AND :state = 'planned' THEN 'gone' ELSE :state END,
  reason = :reason, result = :result, tries = :tries, next_attempt_at = :next_attempt_at, done_at = :done_at,
  lease_owner = '', lease_until = 0
WHERE contact_id = :contact_id AND id = :id AND state = 'doing' AND lease_owner = :owner

-- name: set_body(contact_id, id, body)!
UPDATE effects SET body = :body WHERE contact_id = :contact_id AND id = :id

-- name: sweep(now)!
-- Plans again the effects whose worker died. Repeating is safe: inside Acto the id makes each effect unique, and receivers get the same id.
UPDATE effects SET state = CASE WHEN counts = 0 AND by_hand = 0 THEN 'gone' ELSE 'planned' END, lease_owner = '', lease_until = 0
WHERE state = 'doing' AND lease_until < :now

-- name: any_lost(now)$
SELECT 1 AS lost FROM effects WHERE state = 'doing' AND lease_until < :now LIMIT 1

-- name: again(contact_id, id, now)!
-- A person starts it after all, or repeats a call under the same id; effects inside Acto that are done are not repeated.
UPDATE effects SET state = 'planned', by_hand = 1, reason = '', attempts = 0, next_attempt_at = :now, lease_owner = '',
                   lease_until = 0
WHERE contact_id = :contact_id AND id = :id
  AND (state IN ('failed', 'stopped', 'gone') OR (state = 'done' AND endpoint <> ''))

-- name: stop_endpoint(endpoint, reason)!
UPDATE effects SET state = 'stopped', reason = :reason WHERE state = 'planned' AND endpoint = :endpoint

-- name: recent(flow, state, endpoint, before_at, before_id, limit)
-- Newest first; '' matches any. Start with before_at far in the future.
SELECT effects.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company
FROM effects LEFT JOIN contacts ON contacts.id = effects.contact_id
WHERE (:flow = '' OR effects.flow = :flow) AND (:state = '' OR effects.state = :state)
  AND (:endpoint = '' OR effects.endpoint = :endpoint)
  AND (effects.created_at, effects.id) < (:before_at, :before_id)
ORDER BY effects.created_at DESC, effects.id DESC LIMIT :limit

-- name: counts(flow, endpoint)
SELECT state, COUNT(*) AS total FROM effects
WHERE (:flow = '' OR flow = :flow) AND (:endpoint = '' OR endpoint = :endpoint) GROUP BY state

-- name: of_flows(since_at)
-- The numbers of recent effects of each flow, and of those that failed.
SELECT flow, COUNT(*) AS total, COUNT(*) FILTER (WHERE state = 'failed') AS failed, MAX(created_at) AS last_at
FROM effects WHERE created_at >= :since_at AND flow <> '' GROUP BY flow

-- name: broken(since_at)
-- Flows whose recent actions failed, or were stopped by something that a person must mend.
SELECT flow, state, COUNT(*) AS total FROM effects
WHERE state IN ('failed', 'stopped') AND created_at >= :since_at AND flow <> ''
  AND (state = 'failed' OR reason LIKE 'email@_%' ESCAPE '@' OR reason LIKE 'cannot%' OR reason LIKE 'no@_owner%' ESCAPE '@'
       OR reason LIKE 'nobody%' OR reason LIKE 'no@_endpoint%' ESCAPE '@' OR reason LIKE 'endpoint@_off%' ESCAPE '@'
       OR reason LIKE 'gone@_for@_good%' ESCAPE '@')
GROUP BY flow, state ORDER BY flow, state

-- name: of_contact(contact_id)
SELECT * FROM effects WHERE contact_id = :contact_id ORDER BY created_at DESC, place

-- name: last_turn(flow, place)$
SELECT last FROM rotations WHERE flow = :flow AND place = :place

-- name: set_turn(flow, place, last)!
INSERT INTO rotations (flow, place, last) VALUES (:flow, :place, :last)
ON CONFLICT (flow, place) DO UPDATE SET last = excluded.last

-- name: past_answers(since_at, before_at, before_contact, before_message, before_block, limit)
-- Confirmed answers, newest first, with the columns that conditions read; start with before_at far in the future.
SELECT answers.contact_id, answers.message_id, answers.block, answers.email, answers.value, answers.points, answers.question,
       answers.answered_at AS at, messages.mail_class, messages.topic, leads.stage, leads.tags, contacts.email AS address,
       contacts.first_name, contacts.last_name
FROM answers JOIN contacts ON contacts.id = answers.contact_id
LEFT JOIN messages ON messages.contact_id = answers.contact_id AND messages.id = answers.message_id
LEFT JOIN leads ON leads.contact_id = answers.contact_id
WHERE answers.state = 'confirmed' AND answers.answered_at >= :since_at
  AND (answers.answered_at, answers.contact_id, answers.message_id, answers.block)
    < (:before_at, :before_contact, :before_message, :before_block)
ORDER BY answers.answered_at DESC, answers.contact_id DESC, answers.message_id DESC, answers.block DESC LIMIT :limit

-- name: past_changes(since_at, before_at, before_contact, before_message, before_block, limit)
-- The same for answers that were changed.
SELECT answers.contact_id, answers.message_id, answers.block, answers.email, answers.value, answers.points, answers.question,
       answers.answered_at AS at, messages.mail_class, messages.topic, leads.stage, leads.tags, contacts.email AS address,
       contacts.first_name, contacts.last_name
FROM answers JOIN contacts ON contacts.id = answers.contact_id
LEFT JOIN messages ON messages.contact_id = answers.contact_id AND messages.id = answers.message_id
LEFT JOIN leads ON leads.contact_id = answers.contact_id
WHERE answers.state = 'confirmed' AND answers.changes > 0 AND answers.answered_at >= :since_at
  AND (answers.answered_at, answers.contact_id, answers.message_id, answers.block)
    < (:before_at, :before_contact, :before_message, :before_block)
ORDER BY answers.answered_at DESC, answers.contact_id DESC, answers.message_id DESC, answers.block DESC LIMIT :limit

-- name: past_stages(since_at, before_at, before_contact, before_message, before_block, limit)
-- Leads by the time of their last answer.
SELECT leads.contact_id, '' AS message_id, '' AS block, '' AS email, '[]' AS value, '[]' AS points, '' AS question,
       leads.answered_at AS at, '' AS mail_class, '' AS topic, leads.stage, leads.tags, contacts.email AS address,
       contacts.first_name, contacts.last_name
FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE leads.answered_at >= :since_at AND leads.people > 0
  AND (leads.answered_at, leads.contact_id, '', '') < (:before_at, :before_contact, :before_message, :before_block)
ORDER BY leads.answered_at DESC, leads.contact_id DESC LIMIT :limit

-- name: past_bookings(what, since_at, before_at, before_contact, before_message, before_block, limit)
-- Changes of appointments; the calendar is in the column of an answer's block.
SELECT booking_changes.contact_id, bookings.message_id, bookings.calendar AS block, messages.email, '[]' AS value, '[]' AS points,
       bookings.title AS question, booking_changes.at, messages.mail_class, messages.topic, leads.stage, leads.tags,
       contacts.email AS address, contacts.first_name, contacts.last_name
FROM booking_changes JOIN contacts ON contacts.id = booking_changes.contact_id
JOIN bookings ON bookings.contact_id = booking_changes.contact_id AND bookings.id = booking_changes.booking_id
LEFT JOIN messages ON messages.contact_id = bookings.contact_id AND messages.id = bookings.message_id
LEFT JOIN leads ON leads.contact_id = booking_changes.contact_id
WHERE booking_changes.what = :what AND booking_changes.at >= :since_at
  AND (booking_changes.at, booking_changes.contact_id, bookings.message_id, bookings.calendar)
    < (:before_at, :before_contact, :before_message, :before_block)
ORDER BY booking_changes.at DESC, booking_changes.contact_id DESC, bookings.message_id DESC, bookings.calendar DESC LIMIT :limit

-- name: past_leavings(since_at, before_at, before_contact, before_message, before_block, limit)
SELECT events.contact_id, events.message_id, events.block, messages.email, '[]' AS value, '[]' AS points, '' AS question,
       events.at, messages.mail_class, messages.topic, leads.stage, leads.tags, contacts.email AS address, contacts.first_name,
       contacts.last_name
FROM events JOIN contacts ON contacts.id = events.contact_id
LEFT JOIN messages ON messages.contact_id = events.contact_id AND messages.id = events.message_id
LEFT JOIN leads ON leads.contact_id = events.contact_id
WHERE events.kind = 'unsubscribed' AND events.at >= :since_at
  AND (events.at, events.contact_id, events.message_id, events.block)
    < (:before_at, :before_contact, :before_message, :before_block)
ORDER BY events.at DESC, events.contact_id DESC, events.message_id DESC LIMIT :limit
