-- Flows refer to their segment by its id, so that it can be renamed. Then, what segments need to be read quickly.

/* sqlite: UPDATE flows SET rule = (
  SELECT REPLACE(flows.rule, '"segment":' || json_quote(segments.name), '"segment":' || json_quote(segments.id)) FROM segments
  WHERE REPLACE(flows.rule, '"segment":' || json_quote(segments.name), '') <> flows.rule LIMIT 1)
WHERE EXISTS (SELECT 1 FROM segments WHERE REPLACE(flows.rule, '"segment":' || json_quote(segments.name), '') <> flows.rule) */;
/* postgresql: UPDATE flows SET rule = (
  SELECT REPLACE(flows.rule, '"segment":' || to_json(segments.name), '"segment":' || to_json(segments.id)) FROM segments
  WHERE REPLACE(flows.rule, '"segment":' || to_json(segments.name), '') <> flows.rule LIMIT 1)
WHERE EXISTS (SELECT 1 FROM segments WHERE REPLACE(flows.rule, '"segment":' || to_json(segments.name), '') <> flows.rule) */;

-- An opened page has the email of its message, so that the people who opened one are read from an index alone.
ALTER TABLE hits ADD COLUMN email TEXT NOT NULL DEFAULT '';              -- of an opened page: GET and the purpose answer; else ''
UPDATE hits SET email = COALESCE(
  (SELECT email FROM messages WHERE messages.contact_id = hits.contact_id AND messages.id = hits.message_id), '')
WHERE purpose = 'answer' AND method = 'GET';
CREATE INDEX hits_opened ON hits (email, block, contact_id, at) WHERE email <> '';
-- the people who answered an email at all, and the times at which each was sent mail
CREATE INDEX answers_responded ON answers (email, superseded, state, contact_id);
CREATE INDEX messages_sent_to ON messages (contact_id, sent_at, email) WHERE sent_at IS NOT NULL;

-- Which images the stored versions of an email show, so that the library of images need not read every version.
CREATE TABLE version_images (
  image_id TEXT NOT NULL,
  name     TEXT NOT NULL,                   -- of the email
  PRIMARY KEY (image_id, name)
) /* sqlite: WITHOUT ROWID */;
INSERT INTO version_images (image_id, name) SELECT DISTINCT images.id, email_versions.name
FROM images JOIN email_versions ON email_versions.files LIKE '%' || images.id || '-%';
