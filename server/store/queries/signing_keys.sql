-- The fingerprints of signing keys, which tell whether the keys that links need are still configured.

-- name: mail_has_left()$
-- Whether mail was sent, whose links only the keys of that time can verify.
SELECT 1 AS has_left WHERE EXISTS (SELECT 1 FROM messages WHERE state IN ('sent', 'attempting', 'unknown'))
                        OR EXISTS (SELECT 1 FROM notices WHERE state IN ('sent', 'attempting', 'unknown'))

-- name: needed(since_at)
-- The keys that verify links which have not expired.
SELECT fingerprint FROM signing_keys WHERE retired_at IS NULL OR retired_at > :since_at

-- name: remember(fingerprint, retired_at)!
INSERT INTO signing_keys (fingerprint, retired_at) VALUES (:fingerprint, :retired_at)
ON CONFLICT (fingerprint) DO UPDATE SET retired_at = CASE
  WHEN excluded.retired_at IS NULL OR signing_keys.retired_at IS NULL THEN excluded.retired_at
  WHEN signing_keys.retired_at < excluded.retired_at THEN signing_keys.retired_at ELSE excluded.retired_at END

-- name: forget()!
DELETE FROM signing_keys
