-- The flows and their versions. The stamp changes with each change of a flow, so that processes reload them.

-- name: put(name, version, active, rule, by_whom, now)!
INSERT INTO flows (name, version, active, rule, by_whom, created_at, updated_at)
VALUES (:name, :version, :active, :rule, :by_whom, :now, :now)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, active = excluded.active, rule = excluded.rule,
                                 by_whom = excluded.by_whom, updated_at = excluded.updated_at

-- name: add_version(name, version, rule, by_whom, now)!
INSERT INTO flow_versions (name, version, rule, by_whom, at) VALUES (:name, :version, :rule, :by_whom, :now)

-- name: last_version(name)$
SELECT MAX(version) FROM flow_versions WHERE name = :name

-- name: by_name(name)^
SELECT * FROM flows WHERE name = :name

-- name: all()
SELECT * FROM flows ORDER BY name

-- name: active()
SELECT * FROM flows WHERE active = 1 ORDER BY name

-- name: switch(name, active, by_whom, now)!
UPDATE flows SET active = :active, by_whom = :by_whom, updated_at = :now WHERE name = :name

-- name: remove(name)!
DELETE FROM flows WHERE name = :name

-- name: stamp()$
SELECT stamp FROM stamps WHERE name = 'flows'

-- name: set_stamp(stamp)!
INSERT INTO stamps (name, stamp) VALUES ('flows', :stamp) ON CONFLICT (name) DO UPDATE SET stamp = excluded.stamp
