-- Stages are counted as far as a page says, which takes an index that begins with them.
CREATE INDEX leads_in_stage ON leads (stage, outcome, snoozed_until, owner_id, people, waiting, machines, product_names, tags);
