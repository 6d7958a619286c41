-- The facts of the gate (server/sending/gate_facts.py), for a batch of contacts: `ids` is a JSON list.

-- name: people(ids)
SELECT contacts.*,
  CASE WHEN EXISTS (SELECT 1 FROM suppressions WHERE suppressions.address_key = contacts.email_key
                    AND suppressions.scope = 'all') THEN 1 ELSE 0 END AS suppressed_all,
  CASE WHEN EXISTS (SELECT 1 FROM suppressions WHERE suppressions.address_key = contacts.email_key
                    AND suppressions.scope = 'marketing') THEN 1 ELSE 0 END AS suppressed_marketing
FROM contacts WHERE id IN (SELECT value FROM json_each(:ids))

-- name: testers(ids)
-- The same for recipients of tests, as contacts would be.
SELECT contact_id AS id, email, email_key, first_name, last_name, company, language, '' AS search_text, created_at,
  created_at AS updated_at, phone, '' AS whatsapp, country, time_zone, ',' AS tags, fields,
  CASE WHEN EXISTS (SELECT 1 FROM suppressions WHERE suppressions.address_key = testers.email_key
                    AND suppressions.scope = 'all') THEN 1 ELSE 0 END AS suppressed_all,
  CASE WHEN EXISTS (SELECT 1 FROM suppressions WHERE suppressions.address_key = testers.email_key
                    AND suppressions.scope = 'marketing') THEN 1 ELSE 0 END AS suppressed_marketing
FROM testers WHERE contact_id IN (SELECT value FROM json_each(:ids))

-- name: recent(ids, since_at)
-- Marketing that left or may have left, newest first.
SELECT contact_id, begun_at FROM messages
WHERE contact_id IN (SELECT value FROM json_each(:ids)) AND begun_at > :since_at AND mail_class = 'marketing'
  AND state IN ('attempting', 'sent', 'unknown') AND purpose = ''
ORDER BY contact_id, begun_at DESC

-- name: sent_of_campaign(campaign_id, ids)
SELECT contact_id, id FROM messages
WHERE contact_id IN (SELECT value FROM json_each(:ids)) AND campaign_id = :campaign_id
  AND state IN ('attempting', 'sent', 'unknown')
