-- The leads: scores and stage of each contact who answered, and the work of sales on them.

-- name: put(contact_id, product, products, product_names, interest, need, urgency, worth, stage, reasons, scored_on, scored_by, waiting, people, machines, undecided, answered_at, now)!
-- A pinned stage stays; a new lead gets the tags of its contact.
INSERT INTO leads (contact_id, product, products, product_names, interest, need, urgency, worth, stage, scored_stage, reasons,
                   scored_on, scored_by, waiting, people, machines, undecided, answered_at, updated_at, tags)
VALUES (:contact_id, :product, :products, :product_names, :interest, :need, :urgency, :worth, :stage, :stage, :reasons,
        :scored_on, :scored_by, :waiting, :people, :machines, :undecided, :answered_at, :now,
        COALESCE((SELECT tags FROM contacts WHERE id = :contact_id), ','))
ON CONFLICT (contact_id) DO UPDATE SET
  product = excluded.product, products = excluded.products, product_names = excluded.product_names,
  interest = excluded.interest, need = excluded.need, urgency = excluded.urgency, worth = excluded.worth,
  stage_was = leads.stage, stage = CASE WHEN leads.pinned <> '' THEN leads.pinned ELSE excluded.stage END,
  scored_stage = excluded.scored_stage, reasons = excluded.reasons, scored_on = excluded.scored_on,
  scored_by = excluded.scored_by, waiting = excluded.waiting, people = excluded.people, machines = excluded.machines,
  undecided = excluded.undecided,
  answered_at = excluded.answered_at, updated_at = excluded.updated_at

-- name: standing(contact_id)^
SELECT stage, pinned FROM leads WHERE contact_id = :contact_id

-- name: rescore(contact_id, product, products, product_names, interest, need, urgency, worth, stage, reasons, scored_on, scored_by, now)^
-- Stores new scores of the same answers, for another day or another table of points.
UPDATE leads SET
  product = :product, products = :products, product_names = :product_names, interest = :interest, need = :need,
  urgency = :urgency, worth = :worth, stage_was = stage, stage = CASE WHEN pinned <> '' THEN pinned ELSE :stage END,
  scored_stage = :stage, reasons = :reasons, scored_on = :scored_on, scored_by = :scored_by,
  updated_at = CASE WHEN worth <> :worth OR scored_stage <> :stage THEN :now ELSE updated_at END
WHERE contact_id = :contact_id
RETURNING stage, stage_was

-- name: to_rescore(scored_by, scored_on, limit)
SELECT contact_id FROM leads WHERE (scored_by, scored_on) < (:scored_by, :scored_on) ORDER BY scored_by, scored_on LIMIT :limit

-- name: scored(after, limit)
-- A page of leads, by contact.
SELECT * FROM leads
WHERE contact_id > :after ORDER BY contact_id LIMIT :limit

-- name: by_contact(contact_id)^
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language, contacts.phone,
       contacts.whatsapp
FROM leads JOIN contacts ON contacts.id = leads.contact_id WHERE leads.contact_id = :contact_id

-- name: list(worth, answered_at, contact_id, outcome, snoozed, today, owner, free, product, tag, everyone, stage, word1, word2, word3, word4, word5, word6, limit, offset)
-- Highest score first, then the newest answer: the leads after a place in that order. The words are LIKE patterns for folded text
-- with \ as their escape; '%' matches anything.
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language, contacts.phone,
       contacts.whatsapp
FROM (
  SELECT contact_id AS id FROM leads
  WHERE (worth, answered_at, contact_id) < (:worth, :answered_at, :contact_id)
    AND (:stage = '' OR stage = :stage)
    AND (:outcome = 'any' OR outcome = :outcome)
    AND (:snoozed = 'any' OR (:snoozed = 'yes' AND snoozed_until > :today) OR (:snoozed = 'no' AND snoozed_until <= :today))
    AND (:owner = '' OR owner_id = CASE WHEN :owner = 'nobody' THEN '' ELSE :owner END OR (:free = 'yes' AND owner_id = ''))
    AND (:product = '' OR product_names LIKE :product ESCAPE '\') AND (:tag = '' OR tags LIKE :tag ESCAPE '\')
    AND (:everyone = 'yes' OR machines = 0 OR people > 0 OR waiting > 0)
    AND (:word1 = '%' OR contact_id IN (
      SELECT id FROM contacts
      WHERE search_text LIKE :word1 ESCAPE '\' AND search_text LIKE :word2 ESCAPE '\' AND search_text LIKE :word3 ESCAPE '\'
        AND search_text LIKE :word4 ESCAPE '\' AND search_text LIKE :word5 ESCAPE '\' AND search_text LIKE :word6 ESCAPE '\'))
  ORDER BY worth DESC, answered_at DESC, contact_id DESC LIMIT :limit OFFSET :offset) AS found
JOIN leads ON leads.contact_id = found.id JOIN contacts ON contacts.id = found.id
ORDER BY leads.worth DESC, leads.answered_at DESC, leads.contact_id DESC

-- name: in_stage(stage, outcome, snoozed, today, owner, free, product, tag, everyone, limit)$
-- Counts up to `limit`, from an index alone.
SELECT COUNT(*) FROM (
  SELECT 1 FROM leads
  WHERE stage = :stage AND (:outcome = 'any' OR outcome = :outcome)
    AND (:snoozed = 'any' OR (:snoozed = 'yes' AND snoozed_until > :today) OR (:snoozed = 'no' AND snoozed_until <= :today))
    AND (:owner = '' OR owner_id = CASE WHEN :owner = 'nobody' THEN '' ELSE :owner END OR (:free = 'yes' AND owner_id = ''))
    AND (:product = '' OR product_names LIKE :product ESCAPE '\') AND (:tag = '' OR tags LIKE :tag ESCAPE '\')
    AND (:everyone = 'yes' OR machines = 0 OR people > 0 OR waiting > 0)
  LIMIT :limit) AS counted

-- name: search(outcome, snoozed, today, owner, free, product, tag, everyone, stage, word1, word2, word3, word4, word5, word6, limit, offset)
-- Lists the leads that match the words, with the counts of each stage; the search texts are read once for both.
WITH matching AS MATERIALIZED (
  SELECT contact_id, stage, worth, answered_at FROM leads
  WHERE (:outcome = 'any' OR outcome = :outcome)
    AND (:snoozed = 'any' OR (:snoozed = 'yes' AND snoozed_until > :today) OR (:snoozed = 'no' AND snoozed_until <= :today))
    AND (:owner = '' OR owner_id = CASE WHEN :owner = 'nobody' THEN '' ELSE :owner END OR (:free = 'yes' AND owner_id = ''))
    AND (:product = '' OR product_names LIKE :product ESCAPE '\') AND (:tag = '' OR tags LIKE :tag ESCAPE '\')
    AND (:everyone = 'yes' OR machines = 0 OR people > 0 OR waiting > 0)
    AND contact_id IN (
      SELECT id FROM contacts
      WHERE search_text LIKE :word1 ESCAPE '\' AND search_text LIKE :word2 ESCAPE '\' AND search_text LIKE :word3 ESCAPE '\'
        AND search_text LIKE :word4 ESCAPE '\' AND search_text LIKE :word5 ESCAPE '\' AND search_text LIKE :word6 ESCAPE '\'))
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language, contacts.phone,
       contacts.whatsapp,
       (SELECT COUNT(*) FROM matching WHERE stage = 'hot') AS hot, (SELECT COUNT(*) FROM matching WHERE stage = 'warm') AS warm,
       (SELECT COUNT(*) FROM matching WHERE stage = 'cold') AS cold
FROM (
  SELECT contact_id AS id FROM matching WHERE (:stage = '' OR stage = :stage)
  ORDER BY worth DESC, answered_at DESC, contact_id DESC LIMIT :limit OFFSET :offset) AS found
JOIN leads ON leads.contact_id = found.id JOIN contacts ON contacts.id = found.id
ORDER BY leads.worth DESC, leads.answered_at DESC, leads.contact_id DESC

-- name: machines()$
-- Counts the leads with answers from machines only.
SELECT COUNT(*) FROM leads WHERE machines > 0 AND people = 0 AND waiting = 0

-- name: products()
-- The products of leads, by one look-up in the index for each.
WITH RECURSIVE found (names) AS (
  SELECT MIN(product_names) FROM leads
  UNION ALL SELECT (SELECT MIN(product_names) FROM leads WHERE product_names > found.names) FROM found WHERE found.names IS NOT NULL)
SELECT names FROM found WHERE names IS NOT NULL

-- name: latest()$
SELECT MAX(updated_at) FROM leads

-- name: changed(since_at, limit)
-- The leads changed after a moment, newest first.
SELECT leads.contact_id, leads.stage, leads.stage_was, leads.updated_at, leads.answered_at, contacts.email AS address,
       contacts.first_name, contacts.last_name
FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE leads.updated_at > :since_at ORDER BY leads.updated_at DESC LIMIT :limit

-- name: lock(contact_id)^
SELECT * FROM leads WHERE contact_id = :contact_id FOR UPDATE

-- name: assign(contact_id, owner_id, now)!
UPDATE leads SET owner_id = :owner_id, updated_at = :now WHERE contact_id = :contact_id

-- name: plan(contact_id, next_step, next_on, now)!
UPDATE leads SET next_step = :next_step, next_on = :next_on, updated_at = :now WHERE contact_id = :contact_id

-- name: snooze(contact_id, until, now)!
UPDATE leads SET snoozed_until = :until, updated_at = :now WHERE contact_id = :contact_id

-- name: finish(contact_id, outcome, reason, amount, currency, on_day, at, now)!
UPDATE leads SET outcome = :outcome, outcome_reason = :reason, outcome_amount = :amount, outcome_currency = :currency,
                 outcome_on = :on_day, outcome_at = :at, updated_at = :now
WHERE contact_id = :contact_id

-- name: pin(contact_id, stage, now)!
UPDATE leads SET pinned = :stage, stage_was = stage, stage = CASE WHEN :stage = '' THEN scored_stage ELSE :stage END,
                 updated_at = :now
WHERE contact_id = :contact_id

-- name: tag(contact_id, tags, now)!
UPDATE leads SET tags = :tags, updated_at = :now WHERE contact_id = :contact_id

-- name: tag_many(contact_id, tags, now)*!
UPDATE leads SET tags = :tags, updated_at = :now WHERE contact_id = :contact_id AND tags <> :tags

-- name: touch(contact_id, now)!
UPDATE leads SET updated_at = :now WHERE contact_id = :contact_id

-- name: count()$
SELECT COUNT(*) FROM leads

-- name: due(owner_id, today, limit)
-- Next steps of a user that are due or late.
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language, contacts.phone,
       contacts.whatsapp
FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE leads.next_on <> '' AND leads.next_on <= :today AND leads.owner_id = :owner_id AND leads.outcome = ''
  AND leads.snoozed_until <= :today
ORDER BY leads.next_on, leads.worth DESC LIMIT :limit

-- name: unclaimed(since_at, today, limit)
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language, contacts.phone,
       contacts.whatsapp
FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE leads.updated_at > :since_at AND leads.answered_at > :since_at AND leads.stage <> 'cold' AND leads.owner_id = ''
  AND leads.outcome = '' AND leads.snoozed_until <= :today
ORDER BY leads.worth DESC, leads.contact_id LIMIT :limit

-- name: to_call(owner_id, since_at, today, limit)
-- Open leads of a user or of nobody without a planned step: hot ones, and warm ones that answered or rang since a moment.
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language, contacts.phone,
       contacts.whatsapp
FROM leads JOIN contacts ON contacts.id = leads.contact_id
WHERE leads.outcome = '' AND leads.snoozed_until <= :today AND leads.next_on = ''
  AND (leads.people > 0 OR leads.by_hand = 1)
  AND leads.owner_id IN (:owner_id, '')
  AND (leads.stage = 'hot' OR (leads.stage = 'warm' AND leads.answered_at > :since_at))
ORDER BY leads.worth DESC, leads.answered_at DESC, leads.contact_id LIMIT :limit

-- name: count_due(owner_id, today)$
SELECT COUNT(*) AS total FROM leads
WHERE next_on <> '' AND next_on <= :today AND owner_id = :owner_id AND outcome = '' AND snoozed_until <= :today

-- name: mark_by_hand(contact_id)!
UPDATE leads SET by_hand = 1 WHERE contact_id = :contact_id

-- name: sorted(sort, outcome, snoozed, today, owner, free, product, tag, everyone, stage, word1, word2, word3, word4, word5, word6, limit, offset)
-- The leads in another order: recent, step or name.
SELECT leads.*, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.language, contacts.phone,
       contacts.whatsapp
FROM (
  SELECT contact_id AS id FROM leads
  WHERE (:stage = '' OR stage = :stage)
    AND (:outcome = 'any' OR outcome = :outcome)
    AND (:snoozed = 'any' OR (:snoozed = 'yes' AND snoozed_until > :today) OR (:snoozed = 'no' AND snoozed_until <= :today))
    AND (:owner = '' OR owner_id = CASE WHEN :owner = 'nobody' THEN '' ELSE :owner END OR (:free = 'yes' AND owner_id = ''))
    AND (:product = '' OR product_names LIKE :product ESCAPE '\') AND (:tag = '' OR tags LIKE :tag ESCAPE '\')
    AND (:everyone = 'yes' OR machines = 0 OR people > 0 OR waiting > 0)
    AND (:word1 = '%' OR contact_id IN (
      SELECT id FROM contacts
      WHERE search_text LIKE :word1 ESCAPE '\' AND search_text LIKE :word2 ESCAPE '\' AND search_text LIKE :word3 ESCAPE '\'
        AND search_text LIKE :word4 ESCAPE '\' AND search_text LIKE :word5 ESCAPE '\' AND search_text LIKE :word6 ESCAPE '\'))
  ORDER BY CASE WHEN :sort = 'step' AND next_on = '' THEN 1 ELSE 0 END, CASE WHEN :sort = 'step' THEN next_on ELSE '' END,
    CASE WHEN :sort = 'name' THEN (SELECT search_text FROM contacts WHERE id = leads.contact_id) ELSE '' END,
    answered_at DESC, contact_id DESC LIMIT :limit OFFSET :offset) AS found
JOIN leads ON leads.contact_id = found.id JOIN contacts ON contacts.id = found.id
ORDER BY CASE WHEN :sort = 'step' AND leads.next_on = '' THEN 1 ELSE 0 END, CASE WHEN :sort = 'step' THEN leads.next_on ELSE '' END,
  CASE WHEN :sort = 'name' THEN contacts.search_text ELSE '' END, leads.answered_at DESC, leads.contact_id DESC
