-- Inserts of many rows without checks, which fill a store for measurements.

-- name: contacts(id, email, first_name, last_name, company, language, search_text, now)*!
-- Inserts many rows unchecked, to fill a store for measurements.
INSERT INTO contacts (id, email, email_key, first_name, last_name, company, language, search_text, created_at, updated_at)
VALUES (:id, :email, :email, :first_name, :last_name, :company, :language, :search_text, :now, :now)

-- name: messages(contact_id, id, email, version_id, language, mail_class, stream, topic, at)*!
INSERT INTO messages (contact_id, id, email, version_id, language, mail_class, stream, topic, state, attempts,
                      next_attempt_at, created_at, sent_at)
VALUES (:contact_id, :id, :email, :version_id, :language, :mail_class, :stream, :topic, 'sent', 1, :at, :at, :at)

-- name: hits(contact_id, id, message_id, block, purpose, channel, vouched, at, method, choice, agent, network, facts, nonce, gesture, email)*!
INSERT INTO hits (contact_id, id, message_id, block, purpose, channel, vouched, at, method, choice, agent, network, facts,
                  nonce, gesture, email)
VALUES (:contact_id, :id, :message_id, :block, :purpose, :channel, :vouched, :at, :method, :choice, :agent, :network, :facts,
        :nonce, :gesture, :email)

-- name: events(contact_id, id, message_id, block, value, channel, nonce, grade, reasons, at, verdict, signs, rules, stands_at)*!
INSERT INTO events (contact_id, id, message_id, block, kind, value, channel, nonce, grade, reasons, at, verdict, signs, rules,
                    stands_at)
VALUES (:contact_id, :id, :message_id, :block, 'answered', :value, :channel, :nonce, :grade, :reasons, :at, :verdict, :signs,
        :rules, :stands_at)

-- name: answers(contact_id, message_id, block, kind, email, value, grade, state, answered_at, confirm_at, changes, verdict, question, points, superseded)*!
INSERT INTO answers (contact_id, message_id, block, kind, email, value, grade, state, answered_at, confirm_at, changes,
                     verdict, question, points, superseded)
VALUES (:contact_id, :message_id, :block, :kind, :email, :value, :grade, :state, :answered_at, :confirm_at, :changes,
        :verdict, :question, :points, :superseded)
