-- The contacts. `email_key` is the address in its canonical form, `search_text` the folded text for searches.

-- name: by_id(id)^
SELECT * FROM contacts WHERE id = :id

-- name: by_key(email_key)^
SELECT * FROM contacts WHERE email_key = :email_key

-- name: upsert(id, email, email_key, first_name, last_name, company, language, search_text, now)^
-- An empty value never overwrites a stored one. For a known address the returned id is the stored one.
-- A merged row loses its search text, because SQL cannot fold accents; the caller folds the returned row.
INSERT INTO contacts (id, email, email_key, first_name, last_name, company, language, search_text, created_at, updated_at)
VALUES (:id, :email, :email_key, :first_name, :last_name, :company, :language, :search_text, :now, :now)
ON CONFLICT (email_key) DO UPDATE SET
  email = excluded.email,
  first_name = CASE WHEN excluded.first_name = '' THEN contacts.first_name ELSE excluded.first_name END,
  last_name = CASE WHEN excluded.last_name = '' THEN contacts.last_name ELSE excluded.last_name END,
  company = CASE WHEN excluded.company = '' THEN contacts.company ELSE excluded.company END,
  language = CASE WHEN excluded.language = '' THEN contacts.language ELSE excluded.language END,
  search_text = '',
  updated_at = excluded.updated_at
RETURNING *

-- name: upsert_many(id, email, email_key, first_name, last_name, company, language, search_text, now)*!
INSERT INTO contacts (id, email, email_key, first_name, last_name, company, language, search_text, created_at, updated_at)
VALUES (:id, :email, :email_key, :first_name, :last_name, :company, :language, :search_text, :now, :now)
ON CONFLICT (email_key) DO UPDATE SET
  email = excluded.email,
  first_name = CASE WHEN excluded.first_name = '' THEN contacts.first_name ELSE excluded.first_name END,
  last_name = CASE WHEN excluded.last_name = '' THEN contacts.last_name ELSE excluded.last_name END,
  company = CASE WHEN excluded.company = '' THEN contacts.company ELSE excluded.company END,
  language = CASE WHEN excluded.language = '' THEN contacts.language ELSE excluded.language END,
  search_text = '',
  updated_at = excluded.updated_at

-- name: unfolded()
-- The rows merged in this transaction and not folded yet; no committed row is among them.
SELECT * FROM contacts WHERE search_text = ''

-- name: set_search_text(id, search_text)*!
UPDATE contacts SET search_text = :search_text WHERE id = :id

-- name: page(after, limit)
-- By id; start with after = ''.
SELECT * FROM contacts WHERE id > :after ORDER BY id LIMIT :limit

-- name: count()$
SELECT COUNT(*) AS total FROM contacts

-- name: lock(id)^
-- Locks the row until the transaction ends, so that one person's answers are settled one at a time.
SELECT id FROM contacts WHERE id = :id FOR UPDATE

-- name: locked(id)^
SELECT * FROM contacts WHERE id = :id FOR UPDATE

-- name: add(id, email, email_key, first_name, last_name, company, language, phone, whatsapp, country, time_zone, tags, fields, search_text, now)!
-- 0 rows when the address is in use.
INSERT INTO contacts (id, email, email_key, first_name, last_name, company, language, phone, whatsapp, country, time_zone, tags,
                      fields, search_text, created_at, updated_at)
VALUES (:id, :email, :email_key, :first_name, :last_name, :company, :language, :phone, :whatsapp, :country, :time_zone, :tags,
        :fields, :search_text, :now, :now)
ON CONFLICT (email_key) DO NOTHING

-- name: change(id, email, email_key, first_name, last_name, company, language, phone, whatsapp, country, time_zone, fields, search_text, now)!
UPDATE contacts SET email = :email, email_key = :email_key, first_name = :first_name, last_name = :last_name, company = :company,
  language = :language, phone = :phone, whatsapp = :whatsapp, country = :country, time_zone = :time_zone, fields = :fields,
  search_text = :search_text, updated_at = :now
WHERE id = :id

-- name: add_many(id, email, email_key, first_name, last_name, company, language, phone, whatsapp, country, time_zone, tags, fields, search_text, now)*!
-- Fewer rows than given when an address came into use meanwhile.
INSERT INTO contacts (id, email, email_key, first_name, last_name, company, language, phone, whatsapp, country, time_zone, tags,
                      fields, search_text, created_at, updated_at)
VALUES (:id, :email, :email_key, :first_name, :last_name, :company, :language, :phone, :whatsapp, :country, :time_zone, :tags,
        :fields, :search_text, :now, :now)
ON CONFLICT (email_key) DO NOTHING

-- name: change_many(id, first_name, last_name, company, language, phone, whatsapp, country, time_zone, tags, fields, search_text, now)*!
UPDATE contacts SET first_name = :first_name, last_name = :last_name, company = :company,
  language = :language, phone = :phone, whatsapp = :whatsapp, country = :country, time_zone = :time_zone, tags = :tags,
  fields = :fields, search_text = :search_text, updated_at = :now
WHERE id = :id

-- name: set_tags(id, tags, now)!
UPDATE contacts SET tags = :tags, updated_at = :now WHERE id = :id

-- name: found(suppressed, tag, language, country, word1, word2, word3, word4, word5, word6, limit, offset)
-- Newest first, with why each gets no mail; '' matches everything, and the words are LIKE patterns for folded text.
SELECT contacts.*, leads.stage, leads.answered_at,
  (SELECT MIN(reason) FROM suppressions WHERE suppressions.address_key = contacts.email_key AND scope = 'all') AS no_mail,
  (SELECT MIN(reason) FROM suppressions WHERE suppressions.address_key = contacts.email_key AND scope = 'marketing') AS no_marketing
FROM contacts LEFT JOIN leads ON leads.contact_id = contacts.id
WHERE (:tag = '' OR contacts.tags LIKE :tag ESCAPE '\')
  AND (:language = '' OR contacts.language = CASE WHEN :language = '-' THEN '' ELSE :language END)
  AND (:country = '' OR contacts.country = CASE WHEN :country = '-' THEN '' ELSE :country END)
  AND (:suppressed = '' OR (:suppressed = 'yes') = EXISTS (
    SELECT 1 FROM suppressions WHERE suppressions.address_key = contacts.email_key))
  AND (:word1 = '%' OR (
    search_text LIKE :word1 ESCAPE '\' AND search_text LIKE :word2 ESCAPE '\' AND search_text LIKE :word3 ESCAPE '\'
    AND search_text LIKE :word4 ESCAPE '\' AND search_text LIKE :word5 ESCAPE '\' AND search_text LIKE :word6 ESCAPE '\'))
ORDER BY contacts.id DESC LIMIT :limit OFFSET :offset

-- name: counted(limit)$
-- Counts up to `limit`.
SELECT COUNT(*) FROM (SELECT 1 FROM contacts LIMIT :limit) AS counted

-- name: tags_in_use()
-- The lists of tags, each once, by one look-up in the index for each.
WITH RECURSIVE found (tags) AS (
  SELECT MIN(tags) FROM contacts WHERE tags <> ','
  UNION ALL SELECT (SELECT MIN(tags) FROM contacts WHERE contacts.tags <> ',' AND contacts.tags > found.tags) FROM found WHERE found.tags IS NOT NULL)
SELECT tags FROM found WHERE tags IS NOT NULL

-- name: countries_in_use()
WITH RECURSIVE found (country) AS (
  SELECT MIN(country) FROM contacts
  UNION ALL SELECT (SELECT MIN(country) FROM contacts WHERE contacts.country > found.country) FROM found
  WHERE found.country IS NOT NULL)
SELECT country FROM found WHERE country IS NOT NULL

-- name: alike(id, last_name, phone, word, limit)
-- Contacts that may be the same person as another one: the same name or number. `word` is a LIKE pattern for folded text.
SELECT * FROM contacts
WHERE id <> :id AND ((:phone <> '' AND (phone = :phone OR whatsapp = :phone))
  OR (:last_name <> '' AND last_name = :last_name AND search_text LIKE :word ESCAPE '\'))
ORDER BY id DESC LIMIT :limit

-- name: alias(alias_id)^
SELECT contact_id FROM contact_aliases WHERE alias_id = :alias_id

-- name: any_alias()$
SELECT 1 FROM contact_aliases LIMIT 1

-- name: aliases_of(contact_id)
SELECT * FROM contact_aliases WHERE contact_id = :contact_id ORDER BY at

-- name: alias_of_key(email_key)^
-- The contact into which the one with this address was merged.
SELECT contacts.* FROM contact_aliases JOIN contacts ON contacts.id = contact_aliases.contact_id
WHERE contact_aliases.email_key = :email_key ORDER BY contact_aliases.at DESC LIMIT 1

-- name: add_alias(alias_id, contact_id, email, email_key, by_whom, at)!
INSERT INTO contact_aliases (alias_id, contact_id, email, email_key, by_whom, at)
VALUES (:alias_id, :contact_id, :email, :email_key, :by_whom, :at)

-- name: field_names()
SELECT name FROM field_names ORDER BY name

-- name: add_field_name(name, now)!
INSERT INTO field_names (name, created_at) VALUES (:name, :now) ON CONFLICT (name) DO NOTHING

-- name: listed(after, since_at, email_key, word1, word2, word3, word4, word5, word6, limit)
-- By id; email_key = '' matches everybody. The words are LIKE patterns for folded text; '%' matches anything.
SELECT * FROM contacts
WHERE id > :after AND updated_at >= :since_at AND (:email_key = '' OR email_key = :email_key)
  AND (:word1 = '%' OR (
    search_text LIKE :word1 ESCAPE '\' AND search_text LIKE :word2 ESCAPE '\' AND search_text LIKE :word3 ESCAPE '\'
    AND search_text LIKE :word4 ESCAPE '\' AND search_text LIKE :word5 ESCAPE '\' AND search_text LIKE :word6 ESCAPE '\'))
ORDER BY id LIMIT :limit

-- name: anybody(word1, word2, word3, word4, word5, word6, digits, limit)
-- Everybody whose name, company or address has the words, or whose number has the digits, with their lead; leads first.
SELECT contacts.id AS contact_id, contacts.email AS address, contacts.first_name, contacts.last_name, contacts.company, contacts.phone,
       contacts.whatsapp, leads.stage, leads.outcome, leads.snoozed_until, leads.owner_id
FROM contacts LEFT JOIN leads ON leads.contact_id = contacts.id
WHERE contacts.id IN (
    SELECT id FROM contacts
    WHERE search_text LIKE :word1 ESCAPE '\' AND search_text LIKE :word2 ESCAPE '\' AND search_text LIKE :word3 ESCAPE '\'
      AND search_text LIKE :word4 ESCAPE '\' AND search_text LIKE :word5 ESCAPE '\' AND search_text LIKE :word6 ESCAPE '\')
  OR (:digits <> '' AND (contacts.phone LIKE '%' || :digits || '%' OR contacts.whatsapp LIKE '%' || :digits || '%'))
ORDER BY CASE WHEN leads.contact_id IS NULL THEN 1 ELSE 0 END, COALESCE(leads.worth, 0) DESC, contacts.id LIMIT :limit
