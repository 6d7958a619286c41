"""`acto demo`, the first thing a new user runs: started, stopped, started again, and told when the port is taken."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from server.sending import mailbox
from tests.journeys.pages import looked_at
from tests.journeys.site import ROOT, answers, end, environment, eventually
from tests.server.sending.mailserver import free_port

PEOPLE, EMAILS = 12, 2
START_SECONDS = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fresh copy of what a clone brings, with nothing in data/ yet."""
    shutil.copytree(ROOT / "templates", tmp_path / "clone/templates")
    return tmp_path / "clone"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # what a new user has
def test_a_second_demo_starts_from_what_is_there_sends_nothing_twice_and_loses_nothing(
    folder: Path, database: str, chromium: Browser
) -> None:
    with _demo(folder, database) as (url, said):
        assert said.startswith("Sending")
        assert _everything_arrived(folder)
        page = chromium.new_page(locale="es-CO")
        page.goto(re.findall(rf"^ +({url}/start/\S+)$", said, re.M)[0])
        page.get_by_role("button", name="Abrir la bandeja").click()
        page.get_by_role("link", name="Abrir este correo").click()
        with page.context.expect_page() as opened:
            page.frame_locator("iframe").get_by_role("link", name="Sí, hablemos").click()
        looked_at(opened.value).get_by_role("button", name="Sí, hablemos").click()
        expect(opened.value.get_by_role("heading", level=1)).to_have_text("Guardado. ¡Gracias!")
        page.get_by_role("link", name="Ver el lead que resulta").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Ana Restrepo Tibio")
        page.locator("#why summary").click()
        expect(page.get_by_text("interés +40")).to_be_visible()
        cookies = page.context.storage_state()
        page.close()
    assert not answers(url)
    with _demo(folder, database) as (url, said):
        assert "Acto is running" in said
        address, password = re.findall(r"^Sign in later +(\S+)  password: (\S+)$", said, re.M)[0]
        stranger = chromium.new_page(base_url=url, locale="en-GB")
        stranger.goto("/sign-in")
        stranger.get_by_label("Email").fill(address)
        stranger.get_by_label("Password").fill(password)
        stranger.get_by_role("button", name="Sign in").click()
        stranger.wait_for_url("**/today")
        stranger.close()
        page = chromium.new_page(base_url=url, locale="es-CO", storage_state=cookies)
        page.goto("/leads")
        expect(page.get_by_role("link", name="Ana Restrepo")).to_contain_text("Dijo que sí a «¿Hablamos 20 minutos?»")
        assert _everything_arrived(folder)


def test_a_taken_port_is_one_sentence_that_says_what_to_do(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            _command(port), cwd=folder, env=environment(), capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert f"Port {port}" in done.stderr
    assert f"PORT={port + 1}" in done.stderr


@contextmanager
def _demo(folder: Path, database: str) -> Iterator[tuple[str, str]]:
    """The demo and what it printed until it was ready; Ctrl-C at the end, and a good end."""
    port, log = free_port(), folder / "demo.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            _command(port),
            cwd=folder,
            env=environment(DATABASE=database),
            stdout=out,
            stderr=out,
            preexec_fn=lambda: signal.signal(
                signal.SIGINT, signal.SIG_DFL
            ),  # a shell ignores Ctrl-C for what it runs behind
        )
        try:
            eventually(lambda: "Ctrl-C" in log.read_text() or process.poll() is not None, START_SECONDS)
            yield f"http://127.0.0.1:{port}", log.read_text(encoding="utf-8")
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0, log.read_text()
        finally:
            end(process)


def _command(port: int) -> list[str]:
    return [sys.executable, "-m", "server.cli", "demo", "--port", str(port)]


def _everything_arrived(folder: Path) -> bool:
    """Each person has each email, once."""
    mails = [mail for mail in mailbox.newest(folder / "data/inbox") if not mail.to.endswith(".localhost")]  # no alerts
    return len(mails) == len({(mail.to, mail.subject) for mail in mails}) == PEOPLE * EMAILS
