-- Lets the first page of marketing find what came back lately without reading what came back before.

CREATE INDEX replies_recent ON replies (at, contact_id);
CREATE INDEX suppressions_recent ON suppressions (at) WHERE message_id <> '';
