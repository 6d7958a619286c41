-- Flows refer to their segment by its id, so that it can be renamed.

/* sqlite: UPDATE flows SET rule = (
  SELECT REPLACE(flows.rule, '"segment":' || json_quote(segments.name), '"segment":' || json_quote(segments.id)) FROM segments
  WHERE REPLACE(flows.rule, '"segment":' || json_quote(segments.name), '') <> flows.rule LIMIT 1)
WHERE EXISTS (SELECT 1 FROM segments WHERE REPLACE(flows.rule, '"segment":' || json_quote(segments.name), '') <> flows.rule) */;
/* postgresql: UPDATE flows SET rule = (
  SELECT REPLACE(flows.rule, '"segment":' || to_json(segments.name), '"segment":' || to_json(segments.id)) FROM segments
  WHERE REPLACE(flows.rule, '"segment":' || to_json(segments.name), '') <> flows.rule LIMIT 1)
WHERE EXISTS (SELECT 1 FROM segments WHERE REPLACE(flows.rule, '"segment":' || to_json(segments.name), '') <> flows.rule) */;
