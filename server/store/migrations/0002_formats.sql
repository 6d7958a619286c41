-- Adds columns for answers through other channels than the page, from six kinds of block.

ALTER TABLE messages ADD COLUMN recipients BIGINT NOT NULL DEFAULT 1;  -- how many people the same send was for

ALTER TABLE hits ADD COLUMN channel TEXT NOT NULL DEFAULT 'page';      -- page | amp | gmail | card | reply | reaction | calendar
ALTER TABLE hits ADD COLUMN vouched TEXT NOT NULL DEFAULT '';          -- who vouches for a person: amp | google | microsoft | dkim

-- the kind of block, with _many if several values count; empty for answers from before this column
ALTER TABLE answers ADD COLUMN kind TEXT NOT NULL DEFAULT '';
CREATE INDEX answers_booked ON answers (email, block) WHERE kind = 'book';
