-- name: put(contact_id, interest, need, urgency, worth, stage, reasons, waiting, people, machines, answered_at, now)!
INSERT INTO leads (contact_id, interest, need, urgency, worth, stage, reasons, waiting, people, machines, answered_at, updated_at)
VALUES (:contact_id, :interest, :need, :urgency, :worth, :stage, :reasons, :waiting, :people, :machines, :answered_at, :now)
ON CONFLICT (contact_id) DO UPDATE SET
  interest = excluded.interest, need = excluded.need, urgency = excluded.urgency, worth = excluded.worth,
  stage = excluded.stage, reasons = excluded.reasons, waiting = excluded.waiting, people = excluded.people,
  machines = excluded.machines, answered_at = excluded.answered_at,
  updated_at = excluded.updated_at

-- name: by_contact(contact_id)^
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language
FROM leads JOIN contacts ON contacts.id = leads.contact_id WHERE leads.contact_id = :contact_id

-- name: list(everyone, stage, word1, word2, word3, word4, word5, word6, limit, offset)
-- Worth first, then the newest answer. The words are LIKE patterns for folded text with \ as their escape; '%' is anything.
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language
FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE (:stage = '' OR leads.stage = :stage)
  AND (:everyone = 'yes' OR leads.machines = 0 OR leads.people > 0 OR leads.waiting > 0)
  AND (:word1 = '%' OR (
    contacts.search_text LIKE :word1 ESCAPE '\' AND contacts.search_text LIKE :word2 ESCAPE '\'
    AND contacts.search_text LIKE :word3 ESCAPE '\' AND contacts.search_text LIKE :word4 ESCAPE '\'
    AND contacts.search_text LIKE :word5 ESCAPE '\' AND contacts.search_text LIKE :word6 ESCAPE '\'))
ORDER BY leads.worth DESC, leads.answered_at DESC, leads.contact_id LIMIT :limit OFFSET :offset

-- name: stages(everyone, word1, word2, word3, word4, word5, word6)
SELECT leads.stage, COUNT(*) AS total FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE (:everyone = 'yes' OR leads.machines = 0 OR leads.people > 0 OR leads.waiting > 0)
  AND (:word1 = '%' OR (
    contacts.search_text LIKE :word1 ESCAPE '\' AND contacts.search_text LIKE :word2 ESCAPE '\'
    AND contacts.search_text LIKE :word3 ESCAPE '\' AND contacts.search_text LIKE :word4 ESCAPE '\'
    AND contacts.search_text LIKE :word5 ESCAPE '\' AND contacts.search_text LIKE :word6 ESCAPE '\'))
GROUP BY leads.stage

-- name: machines()$
-- Leads that nobody but machines made.
SELECT COUNT(*) FROM leads WHERE machines > 0 AND people = 0 AND waiting = 0
