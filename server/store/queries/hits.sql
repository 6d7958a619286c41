-- The hits: each request for a link or page, with the facts that the evidence uses.

-- name: add(contact_id, id, message_id, block, purpose, channel, vouched, at, method, choice, agent, network, facts, nonce, gesture)!
-- An opened page gets the email of its message, which segments read; no other hit needs it.
INSERT INTO hits (contact_id, id, message_id, block, purpose, channel, vouched, at, method, choice, agent, network, facts,
                  nonce, gesture, email)
VALUES (:contact_id, :id, :message_id, :block, :purpose, :channel, :vouched, :at, :method, :choice, :agent, :network, :facts,
        :nonce, :gesture, CASE WHEN :method = 'GET' AND :purpose = 'answer' THEN COALESCE(
          (SELECT email FROM messages WHERE messages.contact_id = :contact_id AND messages.id = :message_id), '') ELSE '' END)

-- name: of_contact(contact_id)
SELECT * FROM hits WHERE contact_id = :contact_id ORDER BY at, id

-- name: recent(contact_id, message_id, since, limit)
-- The latest hits of a message, newest first; `since` is an id, so that only newer rows are read.
SELECT at, method, purpose, block, choice, agent, network, nonce, gesture, channel, vouched, facts FROM hits
WHERE contact_id = :contact_id AND id >= :since AND message_id = :message_id ORDER BY id DESC LIMIT :limit

-- name: untouched(network, since_at, until_at, limit)
-- The contacts whose mail a network has opened without a gesture of a person on a page.
SELECT DISTINCT contacts.id, contacts.email_key FROM (
  SELECT contact_id FROM hits
  WHERE network = :network AND gesture = '' AND at BETWEEN :since_at AND :until_at ORDER BY at LIMIT :limit) AS touched
JOIN contacts ON contacts.id = touched.contact_id

-- name: of_message(contact_id, message_id, limit)
-- The latest hits, newest first.
SELECT * FROM hits WHERE contact_id = :contact_id AND message_id = :message_id ORDER BY id DESC LIMIT :limit
