-- The tasks of the team.

-- name: add(contact_id, id, title, note, owner, flow, by_whom, due_at, now)!
INSERT INTO tasks (contact_id, id, title, note, owner, flow, by_whom, due_at, created_at)
VALUES (:contact_id, :id, :title, :note, :owner, :flow, :by_whom, :due_at, :now)
ON CONFLICT (contact_id, id) DO NOTHING

-- name: finish(contact_id, id, by_whom, now)!
UPDATE tasks SET done_at = :now, done_by = :by_whom WHERE contact_id = :contact_id AND id = :id AND done_at IS NULL

-- name: reopen(contact_id, id)!
UPDATE tasks SET done_at = NULL, done_by = '', withdrawn = '' WHERE contact_id = :contact_id AND id = :id AND done_at IS NOT NULL

-- name: withdraw(contact_id, id, reason, now)!
-- A flow closes its task, because the answer behind it no longer counts; a task that a person has done stays done.
UPDATE tasks SET done_at = :now, done_by = '', withdrawn = :reason, stale = 1
WHERE contact_id = :contact_id AND id = :id AND done_at IS NULL

-- name: settle(contact_id, by_whom, reason, now)!
-- Closes the open tasks about a lead that is won or lost.
UPDATE tasks SET done_at = :now, done_by = :by_whom, withdrawn = :reason
WHERE contact_id = :contact_id AND done_at IS NULL

-- name: unsettle(contact_id, reason, at)!
-- Opens the tasks again that an outcome closed at that moment.
UPDATE tasks SET done_at = NULL, done_by = '', withdrawn = ''
WHERE contact_id = :contact_id AND withdrawn = :reason AND done_at = :at

-- name: before(contact_id, until_at)
-- The open tasks about a lead that are due before a moment.
SELECT id, due_at FROM tasks WHERE contact_id = :contact_id AND done_at IS NULL AND due_at < :until_at ORDER BY id

-- name: postpone(contact_id, id, due_at)!
UPDATE tasks SET due_at = :due_at WHERE contact_id = :contact_id AND id = :id AND done_at IS NULL

-- name: set_stale(contact_id, id, stale)!
UPDATE tasks SET stale = :stale WHERE contact_id = :contact_id AND id = :id

-- name: of_withdrawn(contact_id, message_id, block)!
UPDATE tasks SET stale = 1 WHERE contact_id = :contact_id AND id IN (
  SELECT id FROM effects WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block AND counts = 0)

-- name: open(owner, limit)
-- Most urgent first; owner = '' matches all, else tasks of that owner and tasks without one.
SELECT tasks.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company,
       contacts.phone, contacts.whatsapp
FROM tasks LEFT JOIN contacts ON contacts.id = tasks.contact_id
WHERE tasks.done_at IS NULL AND (:owner = '' OR tasks.owner = :owner OR tasks.owner = '')
ORDER BY tasks.due_at, tasks.id LIMIT :limit

-- name: done(owner, limit)
SELECT tasks.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company,
       contacts.phone, contacts.whatsapp
FROM tasks LEFT JOIN contacts ON contacts.id = tasks.contact_id
WHERE tasks.done_at IS NOT NULL AND (:owner = '' OR tasks.owner = :owner OR tasks.done_by = :owner OR (tasks.withdrawn <> '' AND tasks.owner = ''))
ORDER BY tasks.done_at DESC, tasks.id LIMIT :limit

-- name: count_due(owner, now)$
SELECT COUNT(*) AS total FROM tasks
WHERE done_at IS NULL AND due_at <= :now AND (:owner = '' OR owner = :owner OR owner = '')

-- name: of_contact(contact_id)
SELECT * FROM tasks WHERE contact_id = :contact_id ORDER BY done_at IS NULL DESC, due_at

-- name: by_id_alone(id)^
SELECT tasks.*, contacts.email AS address FROM tasks LEFT JOIN contacts ON contacts.id = tasks.contact_id WHERE tasks.id = :id

-- name: open_after(owner, contact_id, after_at, after_id, limit)
-- Most urgent first, for programs; an empty filter matches everything.
SELECT tasks.*, contacts.email AS address FROM tasks LEFT JOIN contacts ON contacts.id = tasks.contact_id
WHERE tasks.done_at IS NULL AND (tasks.due_at, tasks.id) > (:after_at, :after_id)
  AND (:owner = '' OR tasks.owner = :owner) AND (:contact_id = '' OR tasks.contact_id = :contact_id)
ORDER BY tasks.due_at, tasks.id LIMIT :limit

-- name: done_after(owner, contact_id, after_at, after_id, limit)
SELECT tasks.*, contacts.email AS address FROM tasks LEFT JOIN contacts ON contacts.id = tasks.contact_id
WHERE tasks.done_at IS NOT NULL AND (tasks.done_at, tasks.id) > (:after_at, :after_id)
  AND (:owner = '' OR tasks.owner = :owner) AND (:contact_id = '' OR tasks.contact_id = :contact_id)
ORDER BY tasks.done_at, tasks.id LIMIT :limit
