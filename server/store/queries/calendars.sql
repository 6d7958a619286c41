-- Calendars, their owners, and the busy times read from calendars that owners publish elsewhere.

-- name: put(name, title, title_en, place, time_zone, hours, minutes, before_minutes, after_minutes, notice_minutes, horizon_days, capacity, country, days_off, active, now)!
INSERT INTO calendars (name, title, title_en, place, time_zone, hours, minutes, before_minutes, after_minutes, notice_minutes,
                       horizon_days, capacity, country, days_off, active, updated_at)
VALUES (:name, :title, :title_en, :place, :time_zone, :hours, :minutes, :before_minutes, :after_minutes, :notice_minutes,
        :horizon_days, :capacity, :country, :days_off, :active, :now)
ON CONFLICT (name) DO UPDATE SET title = excluded.title, title_en = excluded.title_en, place = excluded.place, time_zone = excluded.time_zone,
  hours = excluded.hours, minutes = excluded.minutes, before_minutes = excluded.before_minutes,
  after_minutes = excluded.after_minutes, notice_minutes = excluded.notice_minutes,
  horizon_days = excluded.horizon_days, capacity = excluded.capacity, country = excluded.country,
  days_off = excluded.days_off, active = excluded.active, updated_at = excluded.updated_at

-- name: by_name(name)^
SELECT * FROM calendars WHERE name = :name

-- name: every()
SELECT * FROM calendars ORDER BY name

-- name: owners(calendar)
-- The owners who are active team members.
SELECT owner_id FROM calendar_owners JOIN users ON users.id = owner_id
WHERE calendar = :calendar AND users.active = 1 ORDER BY owner_id

-- name: drop_owners(calendar)!
DELETE FROM calendar_owners WHERE calendar = :calendar

-- name: add_owner(calendar, owner_id)!
INSERT INTO calendar_owners (calendar, owner_id) VALUES (:calendar, :owner_id) ON CONFLICT (calendar, owner_id) DO NOTHING

-- name: lock(calendar)
-- Locks the owners' rows, so that bookings with any of these owners, in any calendar, run one after another.
SELECT users.id FROM users
WHERE users.id IN (SELECT owner_id FROM calendar_owners WHERE calendar = :calendar) ORDER BY users.id
FOR UPDATE

-- name: owner(owner_id)^
SELECT * FROM owner_calendars WHERE owner_id = :owner_id

-- name: feed(owner_id, mark)!
INSERT INTO owner_calendars (owner_id, feed_mark) VALUES (:owner_id, :mark)
ON CONFLICT (owner_id) DO UPDATE SET feed_mark = excluded.feed_mark

-- name: watch(owner_id, url)!
-- Sets the address of a calendar and resets its state, so that it is fetched at once.
INSERT INTO owner_calendars (owner_id, busy_url) VALUES (:owner_id, :url)
ON CONFLICT (owner_id) DO UPDATE SET busy_url = excluded.busy_url, fetched_at = 0, tried_at = 0, trouble = ''

-- name: due(before_at)
-- Calendars with trouble come last, because they may take long.
SELECT * FROM owner_calendars WHERE busy_url <> '' AND tried_at <= :before_at
ORDER BY CASE WHEN trouble = '' THEN 0 ELSE 1 END, tried_at LIMIT 20

-- name: trying(owner_id, url, now)!
UPDATE owner_calendars SET tried_at = :now WHERE owner_id = :owner_id AND busy_url = :url

-- name: tried(owner_id, url, trouble, fetched_at, now)!
-- `fetched_at` is 0 if nothing could be read; if a part could, `trouble` names the rest.
UPDATE owner_calendars SET tried_at = :now, trouble = :trouble,
  fetched_at = CASE WHEN :fetched_at > 0 THEN :fetched_at ELSE fetched_at END
WHERE owner_id = :owner_id AND busy_url = :url

-- name: zones(owner_id)
-- The time zones of an owner: their own setting first, then those of their calendars.
SELECT time_zone FROM (
  SELECT 0 AS place, '' AS name, users.time_zone FROM users WHERE users.id = :owner_id
  UNION ALL
  SELECT 1 AS place, calendars.name, calendars.time_zone FROM calendars
  JOIN calendar_owners ON calendar_owners.calendar = calendars.name WHERE calendar_owners.owner_id = :owner_id
) AS said ORDER BY place, name

-- name: forget_busy(owner_id)!
DELETE FROM busy WHERE owner_id = :owner_id

-- name: add_busy(owner_id, starts_at, ends_at)*!
INSERT INTO busy (owner_id, starts_at, ends_at) VALUES (:owner_id, :starts_at, :ends_at)
ON CONFLICT (owner_id, starts_at, ends_at) DO NOTHING

-- name: busy(calendar, since_at, until_at)
SELECT busy.owner_id, busy.starts_at, busy.ends_at
FROM busy JOIN calendar_owners ON calendar_owners.owner_id = busy.owner_id
WHERE calendar_owners.calendar = :calendar AND busy.ends_at > :since_at AND busy.starts_at < :until_at

-- name: held(calendar, first_at, last_at)
SELECT holds.* FROM holds JOIN calendar_owners ON calendar_owners.owner_id = holds.owner_id
WHERE calendar_owners.calendar = :calendar AND holds.piece >= :first_at AND holds.piece <= :last_at
