"""`acto inbound`, as a mail server runs it: what it says, and with which code it ends."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli import main
from server.inbound import dkim_verification, outcome, reactions
from server.inbound.outcome import InboundOutcome, sentence
from tests.clients.replies import gmail, signed, typed
from tests.server.channels.place import REGISTERED
from tests.server.inbound.desk import Counter
from tests.server.world import ROOT

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
DOCS = (ROOT / "docs/inbound.md").read_text(encoding="utf-8")


@pytest.fixture
def pipe(tmp_path: Path) -> Run:
    """A process of its own in an empty folder, with a mail on its stdin."""

    def run(raw: bytes, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "server.cli", "inbound", *arguments]
        given = {**os.environ, "PYTHONPATH": str(ROOT), "ACTO_DATABASE": str(tmp_path / "acto.db"), **more}
        return subprocess.run(command, cwd=tmp_path, env=given, input=raw, capture_output=True, check=False)

    return run


def test_a_mail_that_answers_is_said_in_a_line(
    counter: Counter, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = counter.place.world.settings
    environ = {"ACTO_DATABASE": database, "ACTO_KEYS_FILE": settings.keys_file, "ACTO_DATA_DIR": settings.data_dir}
    for name, value in {**environ, **REGISTERED}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(dkim_verification, "lookup", counter.lookup)
    raw = signed(gmail(typed(counter.link("call"), "Sí")))
    done = CliRunner().invoke(main, ["inbound"], input=raw)
    assert (done.exit_code, done.stdout) == (0, "answered: call = yes (reply, authenticated)\n")
    again = CliRunner().invoke(main, ["inbound", "--json"], input=raw)
    assert json.loads(again.stdout) | {"message": ""} == {
        "result": "answered",
        "why": "",
        "channel": "reply",
        "message": "",
        "block": "call",
        "values": ["yes"],
        "words": False,
        "replay": True,
        "stands": True,
        "others": [],
    }


def test_a_mail_that_is_not_ours_ends_well_since_a_mail_server_must_not_bounce_it(pipe: Run) -> None:
    done = pipe(b"From: a@example.com\r\n\r\nHola")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"ignored: it answers no message of ours\n"
    large = pipe(b"From: a@example.com\r\n\r\n" + b"x" * 30_000_000)
    assert (large.returncode, large.stderr[:8]) == (0, b"ignored:"), "and the pipe was read to its end"


def test_while_something_is_wrong_here_the_mail_server_keeps_the_mail(pipe: Run, tmp_path: Path) -> None:
    raw = b"From: a@example.com\r\n\r\nHola"
    away = pipe(raw, ACTO_DATABASE=str(tmp_path))  # a folder is no database
    unset = pipe(raw, ACTO_HOLD_SECONDS="soon")
    assert [done.returncode for done in (away, unset)] == [75, 75]
    for done in (away, unset):
        assert done.stderr.startswith(b"try again later: ") and b"Traceback" not in done.stderr


def test_a_wrong_call_is_a_wrong_call(tmp_path: Path) -> None:
    def ends(raw: bytes, *arguments: str) -> int:
        runner = CliRunner(env={"ACTO_DATABASE": str(tmp_path / "acto.db")})
        return runner.invoke(main, ["inbound", *arguments], input=raw).exit_code

    assert ends(b"x", "--jsn") == 64
    assert ends(b"x", "file.eml") == 64
    assert ends(b"") == 65


def test_the_log_of_the_mail_server_learns_nothing_a_person_wrote() -> None:
    said = sentence(InboundOutcome("answered", channel="reply", block="text", values=("Un secreto",), words=True))
    assert said == "answered: text = 10 characters (reply, authenticated)"
    assert "earlier answer stands" in sentence(InboundOutcome("answered", channel="reply", block="call", stands=False))


def test_every_reason_is_said_and_every_reason_said_is_given() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "server/inbound").glob("*.py") if path.stem != "outcome"
    )
    assert [why for why in outcome.WHY if f'"{why}"' not in code] == []
    for why in outcome.WHY:
        assert sentence(InboundOutcome("kept", why)).count("\n") == 0


def test_the_page_about_inbound_mail_shows_the_table_of_emoji() -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", DOCS, re.MULTILINE)
    written = {said.strip(): emoji.strip() for emoji, said in rows[1:]}
    steps = {f"{step} of 5": row for step, row in reactions.STEPS.items()}
    assert written == {**steps, "yes": reactions.YES, "no": reactions.NO}
