"""The played week: every channel by its real endpoint, on a clock of its own, and nobody real among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from server import settings as all_settings
from server import store as stores
from server import tasks
from server.cli import demo_account
from server.cli.story import appointments, play, script
from server.integrity import run as checks
from server.sending import local_mail
from server.store import Store
from tests.server.world import ROOT

HOUR_MS, DAY_MS = 3_600_000, 86_400_000


def test_a_played_week_fills_every_room_with_what_it_is_for(tmp_path: Path, file: Path, now: int) -> None:
    now = now // DAY_MS * DAY_MS + DAY_MS  # the end of a day: the whole script is played
    with played(tmp_path, file, now) as store:
        with store.read() as tx:
            events = tx.events.page(after_at=-1, after_id="", limit=1000)
            leads = tx.leads.scored(after="", limit=100)
            booked = tx.bookings.coming(since_at=now, owner_id="", limit=9)
        found = list(checks.check(store, now))
    channels = Counter(event["channel"] for event in events if event["kind"] == "answered")
    assert set(channels) == {"page", "reply", "reaction", "calendar"}
    assert Counter(event["verdict"] for event in events)["machine"] >= len(script.SWEEPS)
    assert {lead["stage"] for lead in leads} == {"hot", "warm", "cold"}
    assert {lead["outcome"] for lead in leads} == {"", "won", "lost"}
    assert max(event["at"] for event in events) - min(event["at"] for event in events) > 5 * DAY_MS
    assert [row["state"] for row in booked] == ["booked", "booked"]
    assert found == []


def test_flows_tasks_and_alerts_are_of_the_day_of_their_answer(tmp_path: Path, file: Path, now: int) -> None:
    """A week that was played looks like one: nothing in it happened "2 minutes ago", and what was due was done, but for the last of it."""
    now = now // DAY_MS * DAY_MS + DAY_MS
    with played(tmp_path, file, now) as store, store.read() as tx:
        runs = tx.effects.recent(flow="", state="", endpoint="", before_at=now + 1, before_id="~", limit=100)
        open_, done = tasks.owned(tx)
        alerts = tx.notices.newest(limit=50, offset=0)
    answered = sorted({run["created_at"] for run in runs})
    assert answered[-1] - answered[0] > 5 * DAY_MS
    assert {run["state"] for run in runs} == {"done"}
    assert open_
    assert all(abs(task["due_at"] - now) < DAY_MS for task in open_), "what was due on the days before is done"
    assert len({task["done_at"] // DAY_MS for task in done}) >= 2
    assert {alert["state"] for alert in alerts} == {"sent"}
    assert max(alert["sent_at"] for alert in alerts) - min(alert["sent_at"] for alert in alerts) > 5 * DAY_MS


@pytest.mark.parametrize("day", range(7))
def test_the_story_can_be_played_on_any_day_of_the_week(
    tmp_path: Path, file: Path, now: int, monkeypatch: pytest.MonkeyPatch, day: int
) -> None:
    """What depends on the day is what its calendar has to give."""
    for table in ("SENDS", "SAYS"):
        steps = getattr(script, table)
        monkeypatch.setattr(script, table, [step for step in steps if step.email == appointments.OFFERS])
    monkeypatch.setattr(script, "SWEEPS", ())
    monkeypatch.setattr(script, "WORKS", ())
    now += day * DAY_MS
    with played(tmp_path, file, now) as store, store.read() as tx:
        assert len(tx.bookings.coming(since_at=now - DAY_MS, owner_id="", limit=9)) == 2


@contextmanager
def played(folder: Path, file: Path, now: int) -> Iterator[Store]:
    """The store after the week that ends now."""
    database = folder / "story.db"
    database.write_bytes(file.read_bytes())
    with local_mail.running(folder / "inbox") as port, stores.open(str(database)) as store:
        settings = all_settings.load("none.toml", environment(folder, database, port))
        demo_account.ensure(settings, store)
        play.play(settings, store, Console(quiet=True), now)
        yield store


def environment(folder: Path, database: Path, port: int) -> dict[str, str]:
    streams = ("MARKETING", "TRANSACTIONAL")
    return {
        "ACTO_DATABASE": str(database),
        "ACTO_DATA_DIR": str(folder),
        "ACTO_KEYS_FILE": str(folder / "keys"),
        "ACTO_TEMPLATES_DIR": str(ROOT / "templates/emails"),
        "ACTO_POSTAL_ADDRESS": "Carrera 7 # 71-21, Bogotá",
        "ACTO_REPLY_DOMAIN": "replies.acto.localhost",
        "ACTO_PATIENCE_SECONDS": "0",
        **{f"ACTO_STREAMS_{name}_SMTP_URL": f"smtp://127.0.0.1:{port}" for name in streams},
        **{f"ACTO_STREAMS_{name}_AMP_REGISTERED": "yes" for name in streams},
    }
