-- The suppressed addresses, which must not be written to.

-- name: add(address_key, scope, reason, contact_id, message_id, at)!
-- The first reason is kept, as the evidence of the suppression.
INSERT INTO suppressions (address_key, scope, reason, contact_id, message_id, at)
VALUES (:address_key, :scope, :reason, :contact_id, :message_id, :at)
ON CONFLICT (address_key, scope) DO NOTHING

-- name: add_known(address_key, scope, reason, at)*!
-- Suppresses the address of an existing contact.
INSERT INTO suppressions (address_key, scope, reason, contact_id, message_id, at)
SELECT contacts.email_key, :scope, :reason, contacts.id, '', :at FROM contacts WHERE contacts.email_key = :address_key
ON CONFLICT (address_key, scope) DO NOTHING

-- name: of_address(address_key)
SELECT scope, reason, at FROM suppressions WHERE address_key = :address_key ORDER BY scope
