-- The library of images.

-- name: add(id, kind, width, height, size, name, alt_es, alt_en, content, by_whom, now)!
-- 0 rows if the library has it.
INSERT INTO images (id, kind, width, height, size, name, alt_es, alt_en, content, by_whom, created_at)
VALUES (:id, :kind, :width, :height, :size, :name, :alt_es, :alt_en, :content, :by_whom, :now) ON CONFLICT (id) DO NOTHING

-- name: by_id(id)^
SELECT id, kind, width, height, size, name, alt_es, alt_en, kept_since, by_whom, created_at FROM images WHERE id = :id

-- name: content(id)^
SELECT id, kind, width, height, alt_es, alt_en, content FROM images WHERE id = :id

-- name: listed(before_at, before_id, limit)
-- Newest first, from before a moment and an id.
SELECT id, kind, width, height, size, name, alt_es, alt_en, kept_since, by_whom, created_at FROM images
WHERE created_at < :before_at OR (created_at = :before_at AND id < :before_id)
ORDER BY created_at DESC, id DESC LIMIT :limit

-- name: describe(id, alt_es, alt_en)!
UPDATE images SET alt_es = :alt_es, alt_en = :alt_en WHERE id = :id

-- name: keep(id, now)!
UPDATE images SET kept_since = :now WHERE id = :id AND kept_since IS NULL

-- name: remove(id)!
-- 0 rows if something that was sent shows it. A concurrent `keep` is waited for and seen.
DELETE FROM images WHERE id = :id AND kept_since IS NULL

-- name: add_to_version(image_id, name)!
INSERT INTO version_images (image_id, name) VALUES (:image_id, :name) ON CONFLICT (image_id, name) DO NOTHING

-- name: in_versions()
-- The emails of which a stored version shows the image.
SELECT image_id, name FROM version_images ORDER BY image_id, name

-- name: in_drafts()
-- The newest and the published revision of each email.
SELECT email_revisions.name, email_revisions.files FROM email_revisions
JOIN emails ON emails.name = email_revisions.name
  AND (email_revisions.revision = emails.revision OR email_revisions.revision = emails.published)
WHERE email_revisions.files LIKE '%.png%' OR email_revisions.files LIKE '%.jpg%'
