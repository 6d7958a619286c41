-- The sender's brand, and the images that emails and pages show.

CREATE TABLE brands (                       -- rows are only added; the newest holds
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  logo       TEXT NOT NULL DEFAULT '',      -- images.id; '' is none
  color      TEXT NOT NULL DEFAULT '',      -- #rrggbb; '' is none
  font       TEXT NOT NULL,
  address    TEXT NOT NULL DEFAULT '',
  contact    TEXT NOT NULL DEFAULT '',
  social     TEXT NOT NULL DEFAULT '[]',    -- JSON: [[name, url], …]
  footer_es  TEXT NOT NULL DEFAULT '',
  footer_en  TEXT NOT NULL DEFAULT '',
  by_whom    TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE images (
  id         TEXT PRIMARY KEY,              -- the beginning of the SHA-256 of the content
  kind       TEXT NOT NULL,                 -- png | jpeg
  width      BIGINT NOT NULL,
  height     BIGINT NOT NULL,
  size       BIGINT NOT NULL,               -- bytes
  name       TEXT NOT NULL,                 -- of the uploaded file
  alt_es     TEXT NOT NULL DEFAULT '',
  alt_en     TEXT NOT NULL DEFAULT '',
  content    TEXT NOT NULL,                 -- base64: backups know text and numbers only
  kept_since BIGINT,                        -- since when a version, a message or a brand shows it; such an image is never removed
  by_whom    TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX images_newest ON images (created_at, id);
