"""Acto as an operator runs it: web server, worker and mail server over one database, each a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, chdir, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from click.testing import CliRunner

from server.cli import main
from server.sending import local_mail, mailbox
from server.sending.mailbox import Received
from tests.any_hour import ANY_HOUR
from tests.journeys import database as databases
from tests.people import Person, contact_list
from tests.server.sending.mailserver import free_port

ROOT = Path(__file__).resolve().parents[2]
ADMIN, PASSWORD = "admin@brujula.example", "un faro y tres barcos"
SENDER, POSTAL_ADDRESS = "Brújula Consultores", "Carrera 7 # 71-21, Bogotá, Colombia"
HOLD_SECONDS = 3  # long enough to see an answer wait, short enough to see it confirmed
PATIENCE_SECONDS = 20
START_SECONDS = 60  # on a machine that is busy with other tests
EMAILS = (ROOT / "templates/emails", Path(__file__).parent / "emails")  # the starters, and some of our own
T = TypeVar("T")


@dataclass
class Site:
    """`url` is where it listens; its processes write below `folder` alone."""

    url: str
    folder: Path
    environ: dict[str, str]
    worker: ExitStack = field(default_factory=ExitStack)

    def acto(self, *words: str) -> str:
        """A command as typed in a terminal; gives what it printed as data. It must end well."""
        with chdir(self.folder):
            done = CliRunner(env=self.environ).invoke(main, words)
        assert done.exit_code == 0, done.output
        return done.stdout

    def import_contacts(self, *people: Person) -> None:
        file = self.folder / "contacts.csv"
        file.write_text(contact_list(*people), encoding="utf-8")
        self.acto("import", "contacts", str(file))

    def send(self, email: str, to: Person, data: str = "{}") -> Received:
        """One email to one person, as it arrived."""
        before = self.mails(to)
        self.acto("send", email, "--to", to.email, "--data", data)
        return eventually(lambda: [mail for mail in self.mails(to) if mail not in before])[0]

    def mails(self, to: Person) -> list[Received]:
        """What the person has in the inbox, newest first."""
        return self.received(f"<{to.email}>")

    def received(self, address: str) -> list[Received]:
        """The same of whoever has this in their address."""
        inbox = self.folder / "inbox"
        theirs = (row.name for row in mailbox.newest(inbox) if address in row.to)
        return [mail for name in theirs if (mail := mailbox.read(inbox, name))]

    def empty(self) -> None:
        """As on the first day: no contact, no mail, no answer. Whoever is signed in stays so."""
        databases.empty(self.environ["ACTO_DATABASE"])
        for path in (self.folder / "inbox").glob("*.eml"):
            path.unlink()

    def start_worker(self) -> None:
        self.worker.enter_context(self.process("work"))

    @contextmanager
    def worker_resting(self) -> Iterator[None]:
        """Nobody works while the block lasts: what is queued stays queued."""
        self.worker.close()
        try:
            yield
        finally:
            self.start_worker()

    @contextmanager
    def process(self, *words: str) -> Iterator[None]:
        """A command that runs as long as the block lasts; what it says goes to a file named after it."""
        with (self.folder / f"{words[0]}.log").open("a") as log:
            process = subprocess.Popen(_command(words), cwd=self.folder, env=self.environ, stdout=log, stderr=log)
            try:
                yield
            finally:
                end(process)

    def said(self) -> str:
        """Everything server and worker have printed."""
        return "".join(path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("*.log")))


@contextmanager
def running(database: str, folder: Path) -> Iterator[Site]:
    """Server, worker and mail server, with an admin who can sign in; all ended with the block."""
    with ExitStack() as stack:
        mail_port = stack.enter_context(local_mail.running(folder / "inbox"))
        site = _site(database, folder, mail_port)
        site.acto("admin", ADMIN, "--password", PASSWORD)
        stack.enter_context(site.process("serve"))
        stack.callback(lambda: site.worker.close())
        site.start_worker()
        eventually(lambda: answers(site.url), START_SECONDS)
        yield site


def _site(database: str, folder: Path, mail_port: int) -> Site:
    port = free_port()
    for emails in EMAILS:
        shutil.copytree(emails, folder / "emails", dirs_exist_ok=True)
    settings = {
        "DATABASE": database,
        "DATA_DIR": str(folder),
        "KEYS_FILE": str(folder / "keys"),
        "TEMPLATES_DIR": str(folder / "emails"),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "SENDER_NAME": SENDER,
        "POSTAL_ADDRESS": POSTAL_ADDRESS,
        "HOLD_SECONDS": str(HOLD_SECONDS),
        "PATIENCE_SECONDS": "0",  # the scanner range measures what waits for a burst
        "THREADS": "8",
        "UNDO_SECONDS": "2",
        **{name.upper(): str(value) for name, value in ANY_HOUR.items()},
        "STREAMS_MARKETING_SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
        "STREAMS_TRANSACTIONAL_SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
    }
    return Site(f"http://127.0.0.1:{port}", folder, environment(**settings))


def environment(**settings: str) -> dict[str, str]:
    """That of this process, with these settings of Acto and no others."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ACTO_")}
    return {**plain, **{f"ACTO_{name}": value for name, value in settings.items()}}


def answers(url: str) -> bool:
    """Whether a web server answers there."""
    with suppress(OSError), urllib.request.urlopen(f"{url}/health", timeout=2):
        return True
    return False


def eventually(look: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """What `look` sees as soon as it is something; fails when that takes longer than `seconds`."""
    give_up = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < give_up, f"nothing came of it within {seconds} seconds"
        time.sleep(0.05)
    return seen


def _command(words: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "server.cli", *words]


def end(process: subprocess.Popen[Any]) -> None:
    """SIGTERM, as an operator's system would; SIGKILL for what does not listen."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
