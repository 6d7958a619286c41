-- Adds corrections: rows of `effects` that take back other effects when their answer stops counting.

ALTER TABLE effects ADD COLUMN corrects TEXT NOT NULL DEFAULT '';      -- id of the effect that this one takes back
ALTER TABLE effects ADD COLUMN corrected BIGINT NOT NULL DEFAULT 0;    -- 1: a row that takes it back has been planned
ALTER TABLE tasks ADD COLUMN withdrawn TEXT NOT NULL DEFAULT '';       -- why a flow closed it, by name; '' = it did not
