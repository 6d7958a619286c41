-- Adds an index by stage, so that a page counts leads of a stage up to its limit.
CREATE INDEX leads_in_stage ON leads (stage, outcome, snoozed_until, owner_id, people, waiting, machines, product_names, tags);
