-- The suppressed addresses, which must not be written to.

-- name: add(address_key, scope, reason, contact_id, message_id, at)!
-- The first reason is kept, as the evidence of the suppression.
INSERT INTO suppressions (address_key, scope, reason, contact_id, message_id, at)
VALUES (:address_key, :scope, :reason, :contact_id, :message_id, :at)
ON CONFLICT (address_key, scope) DO NOTHING

-- name: of_address(address_key)
SELECT scope, reason, at FROM suppressions WHERE address_key = :address_key ORDER BY scope

-- name: add_all(address_key, scope, reason, at)*!
-- Suppresses addresses, with or without a contact: one that is added later gets no mail either. The first reason is kept, except
-- that the refusal of a person replaces a bounce, because a bounce is about the mailbox and ends with a new address.
INSERT INTO suppressions (address_key, scope, reason, contact_id, message_id, at)
VALUES (:address_key, :scope, :reason, COALESCE((SELECT id FROM contacts WHERE email_key = :address_key), ''), '', :at)
ON CONFLICT (address_key, scope) DO UPDATE SET reason = excluded.reason, at = excluded.at
WHERE suppressions.reason = 'bounced' AND excluded.reason <> 'bounced'

-- name: copy(from_key, address_key, contact_id)!
-- Gives an address the suppressions of another one of the same person, except those about the mailbox itself.
INSERT INTO suppressions (address_key, scope, reason, contact_id, message_id, at)
SELECT :address_key, scope, reason, :contact_id, message_id, at FROM suppressions
WHERE address_key = :from_key AND reason <> 'bounced'
ON CONFLICT (address_key, scope) DO NOTHING

-- name: of_contact(contact_id)
-- Of the address of a contact and of those it had before.
SELECT suppressions.* FROM suppressions
WHERE address_key IN (SELECT email_key FROM contacts WHERE id = :contact_id) OR suppressions.contact_id = :contact_id
ORDER BY scope, at
