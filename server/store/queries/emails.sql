-- The emails that the team edits: drafts with their revisions, and the published revision of each.

-- name: add(name, title_es, title_en, folder, search_text, by_whom, now)!
-- 0 rows if the name is taken.
INSERT INTO emails (name, title_es, title_en, folder, search_text, revision, by_whom, created_at, updated_at)
VALUES (:name, :title_es, :title_en, :folder, :search_text, 1, :by_whom, :now, :now) ON CONFLICT (name) DO NOTHING

-- name: add_revision(name, revision, files, note, by_whom, now)!
INSERT INTO email_revisions (name, revision, files, note, by_whom, at)
VALUES (:name, :revision, :files, :note, :by_whom, :now)

-- name: advance(name, base, by_whom, now)!
-- 0 rows if another revision was saved after `base` (optimistic locking).
UPDATE emails SET revision = revision + 1, by_whom = :by_whom, updated_at = :now WHERE name = :name AND revision = :base

-- name: describe(name, title_es, title_en, folder, search_text, by_whom, now)!
UPDATE emails SET title_es = :title_es, title_en = :title_en, folder = :folder, search_text = :search_text,
  by_whom = :by_whom, updated_at = :now
WHERE name = :name

-- name: publish(name, revision, by_whom, now)!
UPDATE emails SET published = :revision, by_whom = :by_whom, updated_at = :now WHERE name = :name

-- name: set_state(name, state, by_whom, now)!
UPDATE emails SET state = :state, by_whom = :by_whom, updated_at = :now WHERE name = :name AND state <> :state

-- name: by_name(name)^
SELECT * FROM emails WHERE name = :name

-- name: listed(state, folder, pattern, after, limit)
-- By name, after `after`; `pattern` is a LIKE pattern for folded text, an empty folder matches every one.
SELECT * FROM emails
WHERE state = :state AND (:folder = '' OR folder = :folder) AND search_text LIKE :pattern ESCAPE '\'
  AND name > :after
ORDER BY name LIMIT :limit

-- name: totals()
SELECT state, COUNT(*) AS total FROM emails GROUP BY state

-- name: folders()
SELECT DISTINCT folder FROM emails WHERE folder <> '' AND state = 'active' ORDER BY folder

-- name: published()
SELECT emails.name, email_revisions.files FROM emails
JOIN email_revisions ON email_revisions.name = emails.name AND email_revisions.revision = emails.published
WHERE emails.state = 'active' ORDER BY emails.name

-- name: out_of_use()
-- Those that are archived or in the trash.
SELECT name, state FROM emails WHERE state <> 'active' ORDER BY name

-- name: files(name, revision)$
SELECT files FROM email_revisions WHERE name = :name AND revision = :revision

-- name: revisions(name, before_revision, limit)
SELECT name, revision, note, by_whom, at FROM email_revisions WHERE name = :name AND revision < :before_revision
ORDER BY revision DESC LIMIT :limit

-- name: unfinished(by_whom, limit)
-- Active emails that somebody changed last and whose newest revision is not published, the latest first.
SELECT * FROM emails
WHERE state = 'active' AND by_whom = :by_whom AND (published IS NULL OR published <> revision)
ORDER BY updated_at DESC, name LIMIT :limit
