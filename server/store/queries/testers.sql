-- The recipients of tests and their answers, which nothing else reads (server/contacts/testers.py, server/capture/tester_answers.py).

-- name: add(contact_id, email, email_key, first_name, last_name, company, language, phone, country, time_zone, fields, now)!
INSERT INTO testers (contact_id, email, email_key, first_name, last_name, company, language, phone, country, time_zone, fields,
                     created_at)
VALUES (:contact_id, :email, :email_key, :first_name, :last_name, :company, :language, :phone, :country, :time_zone, :fields,
        :now)

-- name: is_one(contact_id)$
SELECT 1 AS found FROM testers WHERE contact_id = :contact_id

-- name: of_contact(contact_id)
-- The testers with the address of a contact, or with one it had before.
SELECT contact_id FROM testers
WHERE email_key IN (SELECT email_key FROM contacts WHERE id = :contact_id)
  OR email_key IN (SELECT email_key FROM contact_aliases WHERE contact_id = :contact_id)

-- name: keep(contact_id, message_id, block, nonce, id, value, channel, grade, reasons, at)!
-- 0 rows for a replay.
INSERT INTO test_answers (contact_id, message_id, block, nonce, id, value, channel, grade, reasons, at)
VALUES (:contact_id, :message_id, :block, :nonce, :id, :value, :channel, :grade, :reasons, :at)
ON CONFLICT (contact_id, message_id, block, nonce) DO NOTHING

-- name: answers(contact_id, message_id)
SELECT block, value, grade, at FROM test_answers WHERE contact_id = :contact_id AND message_id = :message_id ORDER BY at, id
