-- Answers come through more channels than the page, from six kinds of block.

ALTER TABLE messages ADD COLUMN recipients BIGINT NOT NULL DEFAULT 1;  -- how many people the same send was for

ALTER TABLE hits ADD COLUMN channel TEXT NOT NULL DEFAULT 'page';      -- page | amp | gmail | card | reply | reaction | calendar
ALTER TABLE hits ADD COLUMN vouched TEXT NOT NULL DEFAULT '';          -- who vouches for a person: amp | google | microsoft | dkim

-- the kind of block, with _many where several values count; empty for what was answered before this was kept
ALTER TABLE answers ADD COLUMN kind TEXT NOT NULL DEFAULT '';
CREATE INDEX answers_booked ON answers (email, block) WHERE kind = 'book';
