-- name: add(contact_id, id, message_id, block, purpose, channel, vouched, at, method, choice, agent, network, facts, nonce, gesture)!
INSERT INTO hits (contact_id, id, message_id, block, purpose, channel, vouched, at, method, choice, agent, network, facts,
                  nonce, gesture)
VALUES (:contact_id, :id, :message_id, :block, :purpose, :channel, :vouched, :at, :method, :choice, :agent, :network, :facts,
        :nonce, :gesture)

-- name: of_contact(contact_id)
SELECT * FROM hits WHERE contact_id = :contact_id ORDER BY at, id
