-- The sender's brand: rows are only added.

-- name: add(id, name, logo, color, font, address, contact, social, footer_es, footer_en, by_whom, now)!
INSERT INTO brands (id, name, logo, color, font, address, contact, social, footer_es, footer_en, by_whom, created_at)
VALUES (:id, :name, :logo, :color, :font, :address, :contact, :social, :footer_es, :footer_en, :by_whom, :now)

-- name: newest()^
SELECT * FROM brands ORDER BY created_at DESC, id DESC LIMIT 1

-- name: history(limit)
SELECT * FROM brands ORDER BY created_at DESC, id DESC LIMIT :limit

-- name: logos()
SELECT DISTINCT logo FROM brands WHERE logo <> ''
