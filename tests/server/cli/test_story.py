"""The played week: every channel by its real endpoint, on a clock of its own, and nobody real among them."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from rich.console import Console

from server import settings as all_settings
from server import store as stores
from server.checking import run as checks
from server.cli.demo import _sign_in
from server.cli.story import play, script
from server.sending import local_mail
from tests.server.world import ROOT

DAY_MS = 86_400_000


def test_a_played_week_fills_every_room_with_what_it_is_for(tmp_path: Path, file: Path) -> None:
    database = tmp_path / "story.db"
    database.write_bytes(file.read_bytes())
    now = int(time.time() * 1000) // DAY_MS * DAY_MS + DAY_MS  # the end of today: the whole script is played
    with local_mail.running(tmp_path / "inbox") as port, stores.open(str(database)) as store:
        settings = all_settings.load("none.toml", environment(tmp_path, database, port))
        _sign_in(settings, store)
        play.play(settings, store, Console(quiet=True), now)
        with store.read() as tx:
            events = tx.events.page(after_at=-1, after_id="", limit=1000)
            leads = tx.leads.scored(after="", limit=100)
            booked = tx.bookings.coming(since_at=now, owner_id="", limit=9)
        found = list(checks.check(store, now))
    channels = Counter(event["channel"] for event in events if event["kind"] == "answered")
    assert set(channels) == {"page", "amp", "gmail", "card", "reply", "reaction", "calendar"}
    assert Counter(event["verdict"] for event in events)["machine"] >= len(script.SWEEPS)
    assert {lead["stage"] for lead in leads} == {"hot", "warm", "cold"}
    assert {lead["outcome"] for lead in leads} == {"", "won", "lost"}
    assert max(event["at"] for event in events) - min(event["at"] for event in events) > 5 * DAY_MS
    assert [row["state"] for row in booked] == ["booked", "booked"]
    assert found == []


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
