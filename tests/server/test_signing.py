"""A keys file that is missing, short or another one stops the start once mail has left; before, nothing would be lost with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server import settings as all_settings
from server import signing
from server.settings import SettingsError
from server.store import new_id
from server.web import create_app
from tests import terminal
from tests.kills import asking
from tests.server.world import ROOT, World

DAY_MS = 86_400_000
WRONG: dict[str, Callable[[str], str]] = {
    "does not exist": lambda whole: "",
    "fewer than 32 characters": lambda whole: whole[:10],
    "lacks keys": lambda whole: whole[:40],
    "lacks keys that": lambda whole: "k" * 64 + "\n",
}


def path(world: World) -> Path:
    return Path(world.settings.keys_file)


def sent(world: World) -> None:
    """A worker knows the keys, and Ana's mail has left."""
    signing.remember(world.store, world.settings, world.now)
    message = world.sent["ana"]
    key = {"contact_id": message["contact_id"], "id": message["id"]}
    world.store.write(
        lambda tx: tx.messages.claim(
            stream=message["stream"], owner="w", now=world.now, lease_until=world.now + 1, limit=9
        )
    )
    world.store.write(
        lambda tx: tx.messages.finish(
            **key, owner="w", state="sent", reason="", next_attempt_at=world.now, sent_at=world.now
        )
    )


def change(world: World, how: Callable[[str], str]) -> None:
    """Exchanges the file; nothing in it is no file."""
    text = how(path(world).read_text())
    path(world).unlink()
    if text:
        path(world).write_text(text)


@pytest.mark.parametrize("what", WRONG)
def test_other_keys_stop_the_start_once_mail_has_left(world: World, what: str) -> None:
    sent(world)
    before = path(world).read_text()
    change(world, WRONG[what])
    for start in (signing.keys, signing.remember):
        with pytest.raises(SettingsError, match=what):
            start(world.store, world.settings, world.now)
    with pytest.raises(SettingsError, match=what):
        create_app(world.settings, world.store)
    path(world).write_text(before)
    assert signing.keys(world.store, world.settings, world.now) == [before.strip()]


def test_keys_may_be_exchanged_as_long_as_no_mail_has_left(world: World) -> None:
    signing.remember(world.store, world.settings, world.now)
    change(world, lambda whole: "k" * 64 + "\n")
    assert signing.remember(world.store, world.settings, world.now) == ["k" * 64]
    with world.store.read() as tx:
        assert len(tx.signing_keys.needed(since_at=0)) == 1
    path(world).write_text("short\n")
    with pytest.raises(SettingsError, match="fewer than 32"):
        signing.keys(world.store, world.settings, world.now)


def test_a_store_of_before_learns_its_keys_from_the_first_worker(world: World) -> None:
    sent(world)
    world.store.write(lambda tx: tx.signing_keys.forget())
    assert signing.keys(world.store, world.settings, world.now)
    signing.remember(world.store, world.settings, world.now)
    change(world, lambda whole: "k" * 64 + "\n")
    with pytest.raises(SettingsError, match="lacks keys"):
        signing.keys(world.store, world.settings, world.now)


def test_a_rotated_key_is_needed_for_as_long_as_its_links_live_and_then_dropped(world: World) -> None:
    sent(world)
    today = datetime.fromtimestamp(world.now / 1000, UTC).date()
    all_settings.rotate(world.settings, today, signing.KEPT_DAYS)
    old, new = signing.remember(world.store, world.settings, world.now + 9 * DAY_MS)
    change(world, lambda whole: f"{new}\n")
    with pytest.raises(SettingsError, match="lacks keys"):
        signing.keys(world.store, world.settings, world.now + 30 * DAY_MS)
    path(world).write_text(f"{old} retired {today}\n{new}\n")
    later = world.now + (signing.KEPT_DAYS + 1) * DAY_MS
    dropped_on = datetime.fromtimestamp(later / 1000, UTC).date()
    assert all_settings.rotate(world.settings, dropped_on, signing.KEPT_DAYS) == (2, 1)
    assert signing.remember(world.store, world.settings, later)[0] == new
    with world.store.read() as tx:
        assert len(tx.signing_keys.needed(since_at=later - signing.KEPT_DAYS * DAY_MS)) == 2


def test_the_command_that_starts_over_wants_to_hear_that_links_are_lost(world: World, tmp_path: Path) -> None:
    sent(world)
    change(world, lambda whole: "")
    environ = {"ACTO_DATABASE": world.settings.database, "ACTO_KEYS_FILE": world.settings.keys_file}
    assert terminal.acto(tmp_path, environ, "keys", "new").returncode == 2
    assert not path(world).exists()
    assert terminal.acto(tmp_path, environ, "keys", "new", "--lose-links").returncode == 0
    (secret,) = signing.keys(world.store, world.settings, world.now)
    assert len(secret) >= 48 and path(world).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", ["serve", "work"])
def test_the_start_is_refused_with_a_sentence_and_not_a_crash_loop(world: World, tmp_path: Path, command: str) -> None:
    sent(world)
    path(world).unlink()
    environment = {**asking.environment(world.settings.database, tmp_path), "PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", command],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "keys_file does not exist, and only its keys" in done.stderr
    assert "Traceback" not in done.stderr and "crash" not in done.stderr
    assert not path(world).exists()


def test_a_restore_refuses_keys_that_did_not_sign_the_mail_in_the_backup(world: World, tmp_path: Path) -> None:
    from server.backup import restoration
    from server.errors import CannotDo
    from tests.server.backup.copying import back_up

    sent(world)
    source = back_up(world, tmp_path / "acto.zip", keys=False)
    foreign, own = tmp_path / "foreign", path(world).read_bytes()
    foreign.write_text("k" * 64 + "\n")
    settings = replace(
        world.settings, database=str(tmp_path / f"{new_id(world.now)}.db"), keys_file=str(tmp_path / "n/keys")
    )
    with pytest.raises(CannotDo, match="contains other keys than those that signed the mail"):
        restoration.restore(settings, source, foreign, world.now)
    assert not Path(settings.database).exists()
    foreign.write_bytes(own)
    restoration.restore(settings, source, foreign, world.now)
    assert Path(settings.keys_file).read_bytes() == own
