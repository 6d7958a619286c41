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

-- name: listed(after, since_at, email_key, word1, word2, word3, word4, word5, word6, limit)
-- By id; email_key = '' matches everybody. The words are LIKE patterns for folded text; '%' matches anything.
SELECT * FROM contacts
WHERE id > :after AND updated_at >= :since_at AND (:email_key = '' OR email_key = :email_key)
  AND (:word1 = '%' OR (
    search_text LIKE :word1 ESCAPE '\' AND search_text LIKE :word2 ESCAPE '\' AND search_text LIKE :word3 ESCAPE '\'
    AND search_text LIKE :word4 ESCAPE '\' AND search_text LIKE :word5 ESCAPE '\' AND search_text LIKE :word6 ESCAPE '\'))
ORDER BY id LIMIT :limit

-- name: set_place(id, country, time_zone)!
UPDATE contacts SET country = :country, time_zone = :time_zone WHERE id = :id
