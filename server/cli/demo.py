"""`acto demo`: everything on this machine, with sample people and mail that goes no further than its inbox page."""

from __future__ import annotations

import hashlib
import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from builder import catalog
from server import settings as all_settings
from server import store as stores
from server.cli.serve import refuse_taken
from server.errors import CannotDo
from server.flows import keeping, reading
from server.people import csv_import, users
from server.sending import local_mail, outbox, send
from server.settings import Settings
from server.store import Store
from server.web.state import STORY_MARK

ADMIN = "admin@acto.localhost"
EMAILS = ("diagnosis", "order-delivered")
CONTACTS = Path("templates/samples/contacts.csv")
FLOWS = Path("templates/samples/flows")
SENDER = {
    "ACTO_SENDER_NAME": "Brújula Consultores",
    "ACTO_POSTAL_ADDRESS": "Carrera 7 # 71-21, Bogotá, Colombia",
    "ACTO_PATIENCE_SECONDS": "0",  # no scanner reads the mail of this machine
}
START_SECONDS = 30
SEND_SECONDS = 120


def run(settings: Settings, port: int | None, talk: Console, *, story: bool = False) -> None:
    """Runs until Ctrl-C. A second run starts from what is there and loses nothing. Raises CannotDo."""
    port = port or settings.port
    refuse_taken(settings.host, port, f"make run PORT={port + 1}")
    if story:
        settings = _beside(settings)
    with ExitStack() as stack:
        mail_port = stack.enter_context(local_mail.running(Path(settings.data_dir) / "inbox"))
        os.environ.update(_environment(settings, port, mail_port))
        settings = all_settings.load()
        store = stack.enter_context(stores.open(settings.database, settings.group_commit_max))
        store.migrate()
        if story:
            sign_in = _sign_in(settings, store)
            _sample_flows(store)
            _play(settings, store, talk)
        children = [stack.enter_context(_child(command)) for command in ("serve", "work")]
        _wait_for(settings, children)
        sign_in = _sign_in(settings, store)
        _sample_flows(store)
        if not story:
            _send_samples(settings, store, talk)
        _tell(settings, sign_in, talk)
        _until_stopped(children)


def _beside(settings: Settings) -> Settings:
    """The settings with everything of the story in a folder of its own: invented people never stand among real ones."""
    folder = Path(settings.data_dir) / "story"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        {
            "ACTO_DATA_DIR": str(folder),
            "ACTO_DATABASE": str(folder / "acto.db"),
            "ACTO_KEYS_FILE": str(folder / "keys"),
            "ACTO_REPLY_DOMAIN": "replies.acto.localhost",
            **{f"ACTO_STREAMS_{name.upper()}_AMP_REGISTERED": "yes" for name in settings.streams},
        }
    )
    return all_settings.load()


def _play(settings: Settings, store: Store, talk: Console) -> None:
    """Once: the mark that pages read to say that nobody here is real is made first."""
    from server.cli.story import play

    mark = Path(settings.data_dir) / STORY_MARK
    with store.read() as tx:
        empty = not tx.contacts.page(after="", limit=1)
    if empty:
        mark.touch()
        play.play(settings, store, talk, _now())


def _environment(settings: Settings, port: int, mail_port: int) -> dict[str, str]:
    """Mail goes to the local server whatever the settings say: a demo must not write to real people."""
    smtp = {f"ACTO_STREAMS_{name.upper()}_SMTP_URL": f"smtp://127.0.0.1:{mail_port}" for name in settings.streams}
    unset = {name: value for name, value in SENDER.items() if _is_default(settings, name)}
    return {**smtp, **unset, "ACTO_PORT": str(port), "ACTO_BASE_URL": f"http://{settings.host}:{port}"}


def _is_default(settings: Settings, variable: str) -> bool:
    name = variable.removeprefix("ACTO_").lower()
    return settings.origins.get(name, "default") == "default"


@contextmanager
def _child(command: str) -> Iterator[subprocess.Popen[bytes]]:
    """The server or the worker as a process of its own, ended with us. Ctrl-C reaches us alone; we tell them."""
    child = subprocess.Popen([sys.executable, "-m", "server.cli", command], start_new_session=True)  # noqa: S603
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()


def _wait_for(settings: Settings, children: list[subprocess.Popen[bytes]]) -> None:
    url, deadline = f"{settings.base_url}/health", time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    raise CannotDo("The web server or the worker did not start; the lines above say why.")


def _sign_in(settings: Settings, store: Store) -> str:
    """Makes the admin on the first run. The password of a demo lies beside its data, for its owner alone."""
    note = Path(settings.data_dir) / "demo-sign-in"
    with store.read() as tx:
        known = users.exist(tx)
    if not known:
        password = secrets.token_urlsafe(12)
        users.put(store, ADMIN, password, _now())
        note.touch(mode=0o600)
        note.write_text(f"{ADMIN}  password: {password}\n", encoding="utf-8")
    return note.read_text(encoding="utf-8").strip() if note.exists() else "with the password you set (acto admin)"


def _sample_flows(store: Store) -> None:
    """Each once: whoever changes or removes one keeps it so."""
    for path in sorted(FLOWS.glob("*.toml")):
        flow = reading.read(path.stem, path.read_text(encoding="utf-8")).flow
        with store.read() as tx:
            known = tx.flows.last_version(name=path.stem)
        if flow and not known:
            store.write(lambda tx, flow=flow: keeping.put(tx, flow, "acto demo", _now()))  # type: ignore[misc]


def _send_samples(settings: Settings, store: Store, talk: Console) -> None:
    rows, _ = csv_import.read(CONTACTS.read_bytes())
    csv_import.import_contacts(store, rows, _now())
    with store.read() as tx:
        people = [tx.contacts.by_key(email_key=row.email_key) for row in rows]
    added = 0
    for name in EMAILS:
        if name in catalog.names(Path(settings.templates_dir)):
            source = send.check(settings, Path(settings.templates_dir) / name)
            added += send.queue(store, source, people, _now(), source.sample.get("data", {}), _message_id(name))
    if added:
        _watch(store, added, talk)


def _message_id(email: str) -> Any:
    """One id for one sample mail to one person: a second run sends nothing twice."""

    def of(contact: Mapping[str, Any]) -> str:
        return str(contact["id"])[:10] + hashlib.sha256(f"{email} {contact['id']}".encode()).hexdigest()[:10]

    return of


def _watch(store: Store, total: int, talk: Console) -> None:
    """A bar until everything queued has left or is decided."""
    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TextColumn("messages"))
    deadline = time.monotonic() + SEND_SECONDS
    with Progress(*columns, console=talk) as bar:
        task = bar.add_task("", total=total)
        while time.monotonic() < deadline and not bar.finished:
            with store.read() as tx:
                counts = outbox.counts(tx)
            waiting = sum(stream["queued"] + stream["attempting"] for stream in counts.values())
            bar.update(task, completed=max(0, total - waiting))
            time.sleep(0.1)


def _tell(settings: Settings, sign_in: str, talk: Console) -> None:
    base = settings.base_url
    talk.print(
        f"""
[bold]Acto is running.[/bold] Nothing leaves this machine: the mail stays in its inbox page.

  1. Open the inbox and answer an email   {base}/inbox
  2. See the lead it makes                {base}/leads
     A whole week of them, played         make story
  Sign in                                 {sign_in}

Ctrl-C stops it; your data stays in {settings.data_dir}/ for the next run.""",
        soft_wrap=True,
    )


def _until_stopped(children: list[subprocess.Popen[bytes]]) -> None:
    """Waits for Ctrl-C or SIGTERM; a child that ends by itself ends the demo with a sentence."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return
    raise CannotDo("The web server or the worker ended; the lines above say why.")


def _now() -> int:
    return time.time_ns() // 1_000_000
