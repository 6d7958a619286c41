-- Why messages of a campaign wait or were stopped, from an index without the many that have no reason.
CREATE INDEX messages_of_campaign_why ON messages (campaign_id, state, reason, next_attempt_at) WHERE reason <> '';
