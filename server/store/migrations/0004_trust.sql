-- Marks superseded answers, because reports count people: of two answers to the same question in two copies of an email the later counts.
-- The mark lets a report read one index alone, however many answers there are.

ALTER TABLE answers ADD COLUMN superseded BIGINT NOT NULL DEFAULT 0;  -- 1: of the same state, a later one of the same person stands
UPDATE answers SET superseded = 1 WHERE EXISTS (
  SELECT 1 FROM answers AS later
  WHERE later.contact_id = answers.contact_id AND later.email = answers.email AND later.block = answers.block
    AND later.state = answers.state
    AND (later.answered_at, later.message_id) > (answers.answered_at, answers.message_id));
CREATE INDEX answers_counted ON answers (email, superseded, block, state, value, answered_at);
CREATE INDEX answers_of_email ON answers (email, answered_at);
DROP INDEX answers_machines;
