-- The conditions of segments. Each returns the contacts that meet it; a rule joins several with AND, OR and NOT.
-- A condition on the contact's own row begins with SELECT id AS contact_id FROM contacts WHERE, so that it is tested without a subquery.
-- A + 0 or || '' keeps SQLite from an index that is worse for the query.
-- folded() compares without case and accents, own_field() reads one of the team's own fields; migration 0023 adds both functions.

-- name: address_like(pattern, within)
-- `within` is a pattern for the search text, which is cheaper and holds for more contacts.
SELECT id AS contact_id FROM contacts WHERE
  search_text LIKE :within ESCAPE '\' AND folded(email) LIKE :pattern ESCAPE '\'

-- name: name_like(pattern, within)
SELECT id AS contact_id FROM contacts WHERE
  search_text LIKE :within ESCAPE '\' AND folded(TRIM(first_name || ' ' || last_name)) LIKE :pattern ESCAPE '\'

-- name: company_like(pattern, within)
SELECT id AS contact_id FROM contacts WHERE
  search_text LIKE :within ESCAPE '\' AND folded(company) LIKE :pattern ESCAPE '\'

-- name: field_like(field, having, pattern)
-- `having` is a pattern for the stored fields with that name in them.
SELECT id AS contact_id FROM contacts WHERE
  fields LIKE :having ESCAPE '\' AND folded(own_field(fields, :field)) LIKE :pattern ESCAPE '\'

-- name: nameless()
SELECT id AS contact_id FROM contacts WHERE first_name = '' AND last_name = ''

-- name: without_company()
SELECT id AS contact_id FROM contacts WHERE company = ''

-- name: without_field(field)
SELECT id AS contact_id FROM contacts WHERE own_field(fields, :field) = ''

-- name: speaking(language)
SELECT id AS contact_id FROM contacts WHERE language = :language

-- name: of_country(country)
SELECT id AS contact_id FROM contacts WHERE country = :country

-- name: tagged(pattern)
SELECT id AS contact_id FROM contacts WHERE tags LIKE :pattern ESCAPE '\'

-- name: added_since(since_at)
SELECT id AS contact_id FROM contacts WHERE created_at >= :since_at

-- name: these(ids)
-- `ids` is a list. An id under which a contact was merged still finds it.
SELECT id AS contact_id FROM contacts WHERE
  id IN (:ids) OR id IN (SELECT contact_aliases.contact_id FROM contact_aliases WHERE alias_id IN (:ids))

-- name: suppressed(scope)
-- Addresses that get no mail of a class; those suppressed for all mail are included.
SELECT id AS contact_id FROM contacts WHERE
  EXISTS (SELECT 1 FROM suppressions WHERE address_key = contacts.email_key AND scope IN ('all', :scope))

-- name: in_stage(stage)
SELECT contact_id FROM leads WHERE stage = :stage AND outcome = ''

-- name: ended(outcome)
SELECT contact_id FROM leads WHERE outcome = :outcome

-- name: with_lead()
SELECT contact_id FROM leads

-- name: owned_by(owner_id)
SELECT contact_id FROM leads WHERE owner_id = :owner_id

-- name: answered(email, block, since_at)
SELECT contact_id FROM answers
WHERE email = :email AND superseded = 0 AND block = :block AND state = 'confirmed' AND answered_at + 0 >= :since_at

-- name: chose(email, block, one, many, first, another, since_at)
-- Confirmed answers with an option: stored alone as `one`, or in a list, where `many` is a LIKE pattern for it. LIKE ignores case on
-- SQLite alone, so REPLACE decides: the list has the option first, as ["crm", or after another one, as ,"crm".
SELECT contact_id FROM answers
WHERE email = :email AND superseded = 0 AND block = :block AND state = 'confirmed' AND answered_at + 0 >= :since_at
  AND (value = :one OR (value LIKE :many ESCAPE '\' AND (
    REPLACE(value, :first, '') <> value OR REPLACE(value, :another, '') <> value)))

-- name: responded(email)
-- People with an answer to any question of the email, confirmed or still provisional.
SELECT contact_id FROM answers WHERE email = :email AND superseded = 0 AND state IN ('confirmed', 'provisional')

-- name: sent(email)
SELECT contact_id FROM messages WHERE email = :email AND state = 'sent'

-- name: sent_since(email, since_at)
SELECT contact_id FROM messages WHERE email || '' = :email AND sent_at >= :since_at

-- name: sent_anything(since_at)
SELECT contact_id FROM messages WHERE sent_at >= :since_at

-- name: opened(email, block, since_at)
-- People for whom the page of a question was opened; a scanner of their mail may have opened it.
-- Hits have an email if they opened a page, and only then.
SELECT contact_id FROM hits WHERE email = :email AND email <> '' AND block = :block AND at >= :since_at

-- name: booked(calendar)
-- An empty calendar matches each.
SELECT contact_id FROM bookings WHERE state = 'booked' AND (:calendar = '' OR calendar = :calendar)

-- name: imported(import_id)
-- The people of a list, whether it added them, changed them or left them as they were.
SELECT contact_id FROM import_rows WHERE import_id = :import_id AND outcome IN ('new', 'changed', 'same') AND contact_id <> ''
