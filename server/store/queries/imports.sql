-- The imports of contacts: a file each, its rows, what will happen to them, and what did.

-- name: add(id, name, program, encoding, separator, layout, total, by_whom, now)!
INSERT INTO imports (id, name, program, encoding, separator, layout, state, total, by_whom, created_at)
VALUES (:id, :name, :program, :encoding, :separator, :layout, 'checking', :total, :by_whom, :now)

-- name: by_id(id)^
SELECT * FROM imports WHERE id = :id

-- name: lock(id)^
SELECT * FROM imports WHERE id = :id FOR UPDATE

-- name: recent(limit)
SELECT * FROM imports ORDER BY id DESC LIMIT :limit

-- name: working()
-- The imports with a step to carry out, the oldest first.
SELECT id FROM imports WHERE state IN ('checking', 'running', 'undoing') ORDER BY id

-- name: set_layout(id, layout)!
UPDATE imports SET layout = :layout WHERE id = :id

-- name: begin(id, state, started_at)!
-- Begins a step with the first row.
UPDATE imports SET state = :state, done = 0, last_line = 0, started_at = :started_at WHERE id = :id

-- name: set_state(id, state)!
-- Stops a step, or goes on with it at the same row.
UPDATE imports SET state = :state WHERE id = :id

-- name: advance(id, done, last_line)!
UPDATE imports SET done = :done, last_line = :last_line WHERE id = :id

-- name: finish(id, state, now)!
UPDATE imports SET state = :state, done = total, finished_at = :now WHERE id = :id

-- name: remove(id)!
DELETE FROM imports WHERE id = :id

-- name: remove_rows(import_id)!
DELETE FROM import_rows WHERE import_id = :import_id

-- name: add_rows(import_id, line, cells, email_key, repeats)*!
INSERT INTO import_rows (import_id, line, cells, email_key, repeats) VALUES (:import_id, :line, :cells, :email_key, :repeats)

-- name: set_keys(import_id, line, email_key, repeats)*!
UPDATE import_rows SET email_key = :email_key, repeats = :repeats WHERE import_id = :import_id AND line = :line

-- name: clear_cells(import_id)!
UPDATE import_rows SET cells = '[]' WHERE import_id = :import_id

-- name: rows(import_id, after_line, limit)
SELECT * FROM import_rows WHERE import_id = :import_id AND line > :after_line ORDER BY line LIMIT :limit

-- name: rows_back(import_id, before_line, limit)
-- From the last row to the first; `before_line` 0 begins with the last.
SELECT * FROM import_rows WHERE import_id = :import_id AND (:before_line = 0 OR line < :before_line) ORDER BY line DESC LIMIT :limit

-- name: known(import_id, after_line, until_line)
-- The contacts that have the addresses of some rows, or into which a contact with such an address was merged. Of several for one
-- address the one with the highest `preference` counts: who has it now, else the latest merge. Locked in the order of their ids, so
-- that two imports wait and do not collide.
SELECT named.email_key AS listed_key, named.preference, contacts.* FROM (
  SELECT import_rows.email_key, direct.id AS contact_id, 9000000000000000 AS preference
  FROM import_rows JOIN contacts AS direct ON direct.email_key = import_rows.email_key
  WHERE import_rows.import_id = :import_id AND import_rows.line > :after_line AND import_rows.line <= :until_line
    AND import_rows.email_key <> ''
  UNION
  SELECT import_rows.email_key, contact_aliases.contact_id, contact_aliases.at
  FROM import_rows JOIN contact_aliases ON contact_aliases.email_key = import_rows.email_key AND contact_aliases.email_key <> ''
  WHERE import_rows.import_id = :import_id AND import_rows.line > :after_line AND import_rows.line <= :until_line
) AS named JOIN contacts ON contacts.id = named.contact_id
ORDER BY contacts.id FOR UPDATE OF contacts

-- name: suppressed(import_id, after_line, until_line)
-- The refusals of the addresses of some rows, and of the contacts that had such an address before.
SELECT import_rows.email_key AS listed_key, suppressions.reason
FROM import_rows JOIN suppressions ON suppressions.address_key = import_rows.email_key
WHERE import_rows.import_id = :import_id AND import_rows.line > :after_line AND import_rows.line <= :until_line
  AND import_rows.email_key <> ''
UNION
SELECT import_rows.email_key, suppressions.reason
FROM import_rows JOIN contact_aliases ON contact_aliases.email_key = import_rows.email_key AND contact_aliases.email_key <> ''
JOIN contacts ON contacts.id = contact_aliases.contact_id
JOIN suppressions ON suppressions.address_key = contacts.email_key
WHERE import_rows.import_id = :import_id AND import_rows.line > :after_line AND import_rows.line <= :until_line
  AND NOT EXISTS (SELECT 1 FROM contacts AS direct WHERE direct.email_key = import_rows.email_key)

-- name: plan(import_id, line, contact_id, outcome, notes, suppressed, changes)*!
UPDATE import_rows SET contact_id = :contact_id, outcome = :outcome, notes = :notes, suppressed = :suppressed, changes = :changes
WHERE import_id = :import_id AND line = :line

-- name: mark_undone(import_id, line, undone)*!
UPDATE import_rows SET undone = :undone WHERE import_id = :import_id AND line = :line

-- name: totals(import_id)
SELECT outcome, COUNT(*) AS total FROM import_rows WHERE import_id = :import_id GROUP BY outcome

-- name: count_suppressed(import_id)$
SELECT COUNT(*) FROM import_rows WHERE import_id = :import_id AND suppressed <> ''

-- name: count_noted(import_id)$
SELECT COUNT(*) FROM import_rows WHERE import_id = :import_id AND notes <> '[]' AND outcome <> 'left_out'

-- name: undone_totals(import_id)
SELECT undone, COUNT(*) AS total FROM import_rows WHERE import_id = :import_id AND undone <> '' GROUP BY undone

-- name: page(import_id, outcome, suppressed, noted, kept, limit, offset)
-- Rows for a page; an empty filter matches everything. `kept` = 'yes': those that an undo left as they are.
SELECT * FROM import_rows
WHERE import_id = :import_id AND (:outcome = '' OR outcome = :outcome) AND (:suppressed = '' OR suppressed <> '')
  AND (:noted = '' OR (notes <> '[]' AND outcome <> 'left_out')) AND (:kept = '' OR undone NOT IN ('', 'yes'))
ORDER BY line LIMIT :limit OFFSET :offset

-- name: of_rows(import_id, after_line, until_line)
-- The contacts of some rows, locked in the order of their ids.
SELECT contacts.* FROM contacts
WHERE contacts.id IN (
  SELECT import_rows.contact_id FROM import_rows
  WHERE import_rows.import_id = :import_id AND import_rows.line > :after_line AND import_rows.line <= :until_line)
ORDER BY contacts.id FOR UPDATE

-- name: since(import_id, after_line, until_line, started_at)
-- What happened to the contacts of some rows since the import; the first of these that holds keeps a contact as it is.
SELECT import_rows.line, CASE
  WHEN EXISTS (SELECT 1 FROM events WHERE events.contact_id = import_rows.contact_id AND events.at >= :started_at) THEN 'answered'
  WHEN EXISTS (SELECT 1 FROM messages WHERE messages.contact_id = import_rows.contact_id AND messages.state || '' <> 'stopped'
               AND (messages.created_at >= :started_at OR messages.sent_at >= :started_at)) THEN 'sent'
  WHEN import_rows.outcome = 'new' AND EXISTS (SELECT 1 FROM messages WHERE messages.contact_id = import_rows.contact_id) THEN 'stopped'
  WHEN EXISTS (SELECT 1 FROM bookings WHERE bookings.contact_id = import_rows.contact_id AND bookings.created_at >= :started_at)
    OR EXISTS (SELECT 1 FROM tasks WHERE tasks.contact_id = import_rows.contact_id AND tasks.created_at >= :started_at)
    OR EXISTS (SELECT 1 FROM replies WHERE replies.contact_id = import_rows.contact_id AND replies.at >= :started_at)
    OR EXISTS (SELECT 1 FROM effects WHERE effects.contact_id = import_rows.contact_id AND effects.created_at >= :started_at)
    OR EXISTS (SELECT 1 FROM activities WHERE activities.contact_id = import_rows.contact_id AND activities.at >= :started_at)
    OR EXISTS (SELECT 1 FROM contact_aliases WHERE contact_aliases.contact_id = import_rows.contact_id
               AND contact_aliases.at >= :started_at)
    THEN 'changed'
  WHEN EXISTS (SELECT 1 FROM import_rows AS others JOIN imports ON imports.id = others.import_id
               WHERE others.contact_id = import_rows.contact_id AND others.contact_id <> '' AND others.outcome <> 'left_out'
               AND others.import_id <> import_rows.import_id AND imports.state IN ('running', 'done', 'run_failed')
               AND (imports.started_at > :started_at OR (imports.started_at = :started_at AND imports.id > import_rows.import_id)))
    THEN 'listed'
  ELSE '' END AS happened
FROM import_rows
WHERE import_rows.import_id = :import_id AND import_rows.line > :after_line AND import_rows.line <= :until_line

-- name: drop_contacts(contact_id)*!
-- Contacts that an import added; nothing else is stored about them.
DELETE FROM contacts WHERE id = :contact_id

-- name: forget_contacts(contact_id)*!
-- Their refusals stay, without a contact.
UPDATE suppressions SET contact_id = '' WHERE contact_id = :contact_id
