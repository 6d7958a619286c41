"""Runs `acto demo`: web server, worker and a local mail server on this machine, with sample people."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console

from server import settings as all_settings
from server import shipped
from server import store as stores
from server.cli import demo_account, samples
from server.cli.serve import refuse_taken
from server.cli.shared import now_ms
from server.errors import CannotDo
from server.sending import local_mail
from server.settings import Settings
from server.store import Store
from server.web.state import STORY_MARK

SENDER = {
    "ACTO_SENDER_NAME": "Brújula Consultores",
    "ACTO_POSTAL_ADDRESS": "Carrera 7 # 71-21, Bogotá, Colombia",
    "ACTO_PATIENCE_SECONDS": "0",  # no scanner reads the mail of this machine
    "ACTO_MARKETING_HOURS": "any",  # the mail reaches nobody, so a try at night need not wait for the morning
    "ACTO_MARKETING_PER_DAY": "0",
    "ACTO_MARKETING_PER_WEEK": "0",
}
START_SECONDS = 30


def run(settings: Settings, port: int | None, talk: Console, *, story: bool = False) -> None:
    """Run until Ctrl-C or SIGTERM. A second run continues with the data of the first. Raises CannotDo."""
    port = port or settings.port
    refuse_taken(settings.host, port, _again(story, port + 1))
    _bring_starters(settings, talk)
    if story:
        settings = _beside(settings)
    with ExitStack() as stack:
        mail_port = stack.enter_context(local_mail.running(Path(settings.data_dir) / "inbox"))
        os.environ.update(_environment(settings, port, mail_port))
        settings = all_settings.load()
        store = stack.enter_context(stores.open(settings.database, settings.group_commit_max))
        store.migrate()
        demo_account.ensure(settings, store)
        if story:
            _play(settings, store, talk)
        else:
            samples.refuse_real_people(store)
        children = [stack.enter_context(_child(*command)) for command in (("serve", "--quiet"), ("work",))]
        _wait_for(settings, children)
        if not story:
            samples.add_flows(store, now_ms())
            samples.send_all(settings, store, talk)
        _tell(settings, store, talk, story=story)
        _until_stopped(children)


def _again(story: bool, port: int = 0) -> str:
    """Return the command that starts the demo, on another port or as the story."""
    if shipped.is_checkout():
        return f"make {'story' if story else 'run'}" + (f" PORT={port}" if port else "")
    return "acto demo" + (" --story" if story else "") + (f" --port {port}" if port else "")


def _bring_starters(settings: Settings, talk: Console) -> None:
    """Copy the starter emails to the templates folder, unless it exists."""
    folder = Path(settings.templates_dir)
    if not folder.exists():
        shutil.copytree(shipped.path("templates/emails"), folder)
        talk.print(f"The starter emails are in {folder}; you can edit them.", markup=False)


def _beside(settings: Settings) -> Settings:
    """Return settings with a folder of its own for the story, so that invented people are never mixed with real ones."""
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
    """Play the story once. The mark that pages read to say that nobody is real is written first."""
    from server.cli.story import play

    mark = Path(settings.data_dir) / STORY_MARK
    with store.read() as tx:
        empty = not tx.contacts.page(after="", limit=1)
    if empty:
        mark.touch()
        play.play(settings, store, talk, now_ms())


def _environment(settings: Settings, port: int, mail_port: int) -> dict[str, str]:
    """Point every stream at the local mail server, because a demo must not write to real people."""
    smtp = {f"ACTO_STREAMS_{name.upper()}_SMTP_URL": f"smtp://127.0.0.1:{mail_port}" for name in settings.streams}
    unset = {name: value for name, value in SENDER.items() if _is_default(settings, name)}
    return {**smtp, **unset, "ACTO_PORT": str(port), "ACTO_BASE_URL": f"http://{settings.host}:{port}"}


def _is_default(settings: Settings, variable: str) -> bool:
    name = variable.removeprefix("ACTO_").lower()
    return settings.origins.get(name, "default") == "default"


@contextmanager
def _child(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server or the worker as a child process. Ctrl-C reaches only this process, which then ends its children."""
    child = subprocess.Popen([sys.executable, "-m", "server.cli", *command], start_new_session=True)  # noqa: S603
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


def _tell(settings: Settings, store: Store, talk: Console, *, story: bool) -> None:
    link = demo_account.sign_in_link(settings, store)
    week = "" if story else f"A whole week of it   {_again(story=True)}\n"
    talk.print(
        f"""
[bold]Acto is running.[/bold] Nothing leaves this machine: the mail stays in its inbox page.

{"Open this link. It signs you in once and leads to the mail to answer." if link else "Open the inbox and answer a mail."}

  [bold]{link or f"{settings.base_url}/inbox"}[/bold]

Sign in later        {demo_account.password(settings)}
{week}Ctrl-C stops it; your data stays in {settings.data_dir}/ for the next run.""",
        soft_wrap=True,
    )


def _until_stopped(children: list[subprocess.Popen[bytes]]) -> None:
    """Wait for Ctrl-C or SIGTERM. Raises CannotDo when a child ends by itself."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return
    raise CannotDo("The web server or the worker ended; the lines above say why.")
