-- Adds snapshots of reports that take long to compute, and indexes for reports.

CREATE TABLE report_snapshots (
  email   TEXT PRIMARY KEY,
  content TEXT NOT NULL,                    -- JSON, see server/reports/campaign.py
  as_of   BIGINT NOT NULL,
  cost_ms BIGINT NOT NULL                   -- what working it out took
);
CREATE INDEX messages_of_email ON messages (email, state, contact_id);
CREATE INDEX messages_left ON messages (sent_at, email) WHERE sent_at IS NOT NULL;
CREATE INDEX leads_products ON leads (product_names);
