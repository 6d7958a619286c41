-- Messages that a mail server did not take yet, for the pages that tell of an outage. It reads no message that was never tried.
CREATE INDEX messages_tried ON messages (stream, next_attempt_at, begun_at) WHERE state = 'queued' AND attempts > 0;
