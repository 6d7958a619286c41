"""`acto serve` says where it listens, what it holds and what to do next, and writes a line for each request that names nobody."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from server import settings as all_settings
from server.accounts import users
from server.cli import overview
from tests.journeys.site import answers, end, environment, eventually
from tests.server.sending.mailserver import free_port
from tests.server.world import ADMIN, PASSWORD, World

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (\S+) (\S+) (\d{3}) \d+\.\d ms")


def test_an_empty_server_says_what_to_do_first(database: str, tmp_path: Path) -> None:
    said = "\n".join(overview.lines(settings(database, tmp_path), "http://127.0.0.1:8000"))
    assert "listens on http://127.0.0.1:8000" in said
    assert "0 accounts, 0 contacts, 0 messages" in said
    assert "postal_address" in said
    assert "Next: acto admin you@example.com" in said


def test_the_next_command_follows_from_what_is_there(world: World, tmp_path: Path) -> None:
    there = settings(world.settings.database, tmp_path, POSTAL_ADDRESS="Calle 1 # 2-3")
    users.add_or_reset(world.store, ADMIN, PASSWORD, world.now)
    said = "\n".join(overview.lines(there, "http://127.0.0.1:8000"))
    assert "1 account, 2 contacts, 2 messages (2 waiting)" in said
    assert "postal_address" not in said
    assert "Next: acto work  (sends the queued messages" in said


def test_the_password_of_the_database_is_not_said(postgres: str, tmp_path: Path) -> None:
    secret = postgres.replace(":@", ":hunter2secret@", 1)
    assert "hunter2secret" in secret
    said = "\n".join(overview.lines(settings(secret, tmp_path), "http://127.0.0.1:8000"))
    assert "hunter2secret" not in said


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # requests are logged before anybody asks the store
def test_requests_are_logged_without_a_token_an_address_or_a_query(world: World, tmp_path: Path) -> None:
    token = world.token("ana", "call")
    with serving(world.settings.database, tmp_path, world) as (url, log):
        form = urllib.parse.urlencode({"choice": "yes", "nonce": "one-page-of-ana-000000", "gesture": "touch"})
        asked(f"{url}/a/{token}/yes?ana@example.com")
        asked(f"{url}/a/{token}", form, {"Accept": "application/json"})
        asked(f"{url}/leads/{world.people['ana']['id']}?q=ana@example.com")
        asked(f"{url}/ana@example.com")
        asked(f"{url}/a/{token}x/yes")
        eventually(lambda: len(LINE.findall(log.read_text())) >= 6)
    said = log.read_text(encoding="utf-8")
    assert said.endswith("Stopped.\n")
    assert [found for found in LINE.findall(said) if found[1] != "/health"] == [
        ("GET", "/a/<token>/<choice>", "200"),
        ("POST", "/a/<token>", "200"),
        ("GET", "/leads/<contact_id>", "302"),
        ("GET", "/sign-in", "200"),
        ("GET", "-", "302"),
        ("GET", "/sign-in", "200"),
        ("GET", "/a/<token>/<choice>", "404"),
    ]
    for secret in (token[:20], world.people["ana"]["id"], "ana@", "127.0.0.1 "):
        assert secret not in said


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_quiet_server_says_nothing(database: str, tmp_path: Path) -> None:
    with serving(database, tmp_path, None, "--quiet") as (url, log):
        asked(f"{url}/sign-in")
    assert log.read_text() == ""


@contextmanager
def serving(database: str, folder: Path, world: World | None, *words: str) -> Iterator[tuple[str, Path]]:
    """The command as an operator starts it; gives its address and the file with what it says."""
    port, log = free_port(), folder / "serve.log"
    keys = world.settings.keys_file if world else str(folder / "keys")
    place = environment(DATABASE=database, DATA_DIR=str(folder), KEYS_FILE=keys, PATIENCE_SECONDS="0")
    command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port), *words]
    with log.open("w") as out:
        process = subprocess.Popen(command, env={**os.environ, **place}, stdout=out, stderr=out)
        try:
            eventually(lambda: answers(f"http://127.0.0.1:{port}"))
            yield f"http://127.0.0.1:{port}", log
        finally:
            process.send_signal(signal.SIGTERM)
            end(process)


def asked(url: str, form: str | None = None, headers: dict[str, str] | None = None) -> None:
    request = urllib.request.Request(url, form.encode() if form else None, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            reply.read()
    except urllib.error.HTTPError as error:
        error.close()


def settings(database: str, folder: Path, **more: str) -> all_settings.Settings:
    given = {f"ACTO_{name}": value for name, value in more.items()}
    return all_settings.load(str(folder / "none.toml"), {"ACTO_DATABASE": database, **given})
