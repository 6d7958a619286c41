-- Adds an index of the search texts on SQLite, because a search reads those of every contact and the index is smaller than the table.
-- PostgreSQL gets none, because an entry of its index may have 2.7 kB at most and some names are longer.
/* sqlite: CREATE INDEX contacts_words ON contacts (search_text, id) */;
