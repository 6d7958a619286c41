-- name: add(address_key, scope, reason, contact_id, message_id, at)!
-- The first reason stands: it is the one that can be shown when someone asks.
INSERT INTO suppressions (address_key, scope, reason, contact_id, message_id, at)
VALUES (:address_key, :scope, :reason, :contact_id, :message_id, :at)
ON CONFLICT (address_key, scope) DO NOTHING

-- name: add_known(address_key, scope, reason, at)*!
-- Of a contact that is there.
INSERT INTO suppressions (address_key, scope, reason, contact_id, message_id, at)
SELECT contacts.email_key, :scope, :reason, contacts.id, '', :at FROM contacts WHERE contacts.email_key = :address_key
ON CONFLICT (address_key, scope) DO NOTHING

-- name: of_address(address_key)
SELECT scope, reason, at FROM suppressions WHERE address_key = :address_key ORDER BY scope
