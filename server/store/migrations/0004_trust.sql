-- Reports count people: who answered the same question of two copies of an email counts with the later answer.
-- The others are marked, so that a report reads one index and nothing else, however many answers there are.

ALTER TABLE answers ADD COLUMN superseded BIGINT NOT NULL DEFAULT 0;  -- 1: of the same state, a later one of the same person stands
UPDATE answers SET superseded = 1 WHERE EXISTS (
  SELECT 1 FROM answers AS later
  WHERE later.contact_id = answers.contact_id AND later.email = answers.email AND later.block = answers.block
    AND later.state = answers.state
    AND (later.answered_at, later.message_id) > (answers.answered_at, answers.message_id));
CREATE INDEX answers_counted ON answers (email, superseded, block, state, value, answered_at);
CREATE INDEX answers_of_email ON answers (email, answered_at);
DROP INDEX answers_machines;
