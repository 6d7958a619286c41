-- name: put(contact_id, interest, need, urgency, worth, stage, reasons, waiting, answered_at, now)!
INSERT INTO leads (contact_id, interest, need, urgency, worth, stage, reasons, waiting, answered_at, updated_at)
VALUES (:contact_id, :interest, :need, :urgency, :worth, :stage, :reasons, :waiting, :answered_at, :now)
ON CONFLICT (contact_id) DO UPDATE SET
  interest = excluded.interest, need = excluded.need, urgency = excluded.urgency, worth = excluded.worth,
  stage = excluded.stage, reasons = excluded.reasons, waiting = excluded.waiting, answered_at = excluded.answered_at,
  updated_at = excluded.updated_at

-- name: by_contact(contact_id)^
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language
FROM leads JOIN contacts ON contacts.id = leads.contact_id WHERE leads.contact_id = :contact_id

-- name: list(stage, pattern, limit, offset)
-- Worth first, then the newest answer. `pattern` is a LIKE pattern in lower case with \ as its escape; '%' is everybody.
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language
FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE (:stage = '' OR leads.stage = :stage)
  AND (:pattern = '%' OR LOWER(contacts.email || ' ' || contacts.first_name || ' ' || contacts.last_name || ' '
                               || contacts.company) LIKE :pattern ESCAPE '\')
ORDER BY leads.worth DESC, leads.answered_at DESC, leads.contact_id LIMIT :limit OFFSET :offset

-- name: stages(pattern)
SELECT leads.stage, COUNT(*) AS total FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE :pattern = '%' OR LOWER(contacts.email || ' ' || contacts.first_name || ' ' || contacts.last_name || ' '
                              || contacts.company) LIKE :pattern ESCAPE '\'
GROUP BY leads.stage
