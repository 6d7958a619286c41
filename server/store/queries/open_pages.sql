-- Answer pages that were opened and not answered yet; each is judged when it falls due (server/capture/left_open.py).

-- name: report(contact_id, message_id, block, page, choice, token_at, agent, network, visit, sign, viewed, declined, opened_at, due_at)!
-- Stores a page's report on its visitor; a sign, a view and a refusal stay once they are reported.
INSERT INTO open_pages (contact_id, message_id, block, page, choice, token_at, agent, network, visit, sign, viewed, declined,
                        opened_at, due_at)
VALUES (:contact_id, :message_id, :block, :page, :choice, :token_at, :agent, :network, :visit, :sign, :viewed, :declined,
        :opened_at, :due_at)
ON CONFLICT (contact_id, message_id, block, page) DO UPDATE SET
  sign = CASE WHEN open_pages.sign <> '' THEN open_pages.sign ELSE excluded.sign END,
  viewed = CASE WHEN open_pages.viewed = 1 THEN 1 ELSE excluded.viewed END,
  declined = CASE WHEN open_pages.declined = 1 THEN 1 ELSE excluded.declined END

-- name: due(now, limit)
SELECT * FROM open_pages WHERE due_at <= :now ORDER BY due_at LIMIT :limit

-- name: next_due()$
SELECT MIN(due_at) AS at FROM open_pages

-- name: remove(contact_id, message_id, block, page)!
-- 0 rows when another worker was faster.
DELETE FROM open_pages WHERE contact_id = :contact_id AND message_id = :message_id AND block = :block AND page = :page
