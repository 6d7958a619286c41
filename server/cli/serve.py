"""Runs `acto serve`: the web server Granian in front of the application."""

from __future__ import annotations

import os
import signal
import socket

from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from server import signing
from server import store as stores
from server.cli import overview
from server.cli.shared import now_ms, talk
from server.errors import CannotDo
from server.settings import Settings
from server.settings.describe import masked
from server.store import migrations

TARGET = "server.web.app:gateway"
BACKLOG = 1024
CONNECTIONS = 4096  # open at once, idle ones included; further ones wait in the backlog
KILL_SECONDS = 5  # after which a web process that does not end is killed
HEADER_MS = 10_000  # limit for slow requests (sent line by line) and for silent open connections


def run(settings: Settings, host: str | None = None, port: int | None = None, *, quiet: bool = False) -> None:
    """Serve until SIGTERM or SIGINT, which end it within a second (server/web/serving/shutdown.py). Raises CannotDo when the port
    is taken.

    Granian's access log is off, because its lines would contain the tokens of links. Acto's own log names routes
    (server/web/serving/request_log.py).
    """
    host, port = host or settings.host, port or settings.port
    refuse_taken(host, port, f"acto serve --port {port + 1}")
    _look_first(settings)
    os.environ["ACTO_PORT"], os.environ["ACTO_HOST"] = str(port), host
    if quiet:
        os.environ["ACTO_REQUEST_LOG"] = "no"
    else:
        for line in overview.lines(settings, f"http://{host}:{port}"):
            talk.print(line, markup=False)
    os.register_at_fork(after_in_child=_end_while_starting)
    Granian(
        TARGET,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,
        workers=settings.workers,
        backpressure=CONNECTIONS,
        backlog=BACKLOG,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MS),
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,
    ).serve()
    if not quiet:
        talk.print("Stopped.")


def _end_while_starting() -> None:
    """Let SIGTERM end a web process that still starts. It inherits a handler of Granian that would do nothing there, and the server
    would wait for it for ever.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _look_first(settings: Settings) -> None:
    """Check store and keys before the web processes start, so that an error is printed once; says if the database is new."""
    with stores.open(settings.database, settings.group_commit_max) as store:
        taken = store.migrate()
        signing.keys(store, settings, now_ms())
    if taken[:1] == [migrations.steps()[0].name]:
        talk.print(f"The database {masked(settings.database)} is new and empty.", markup=False)


def refuse_taken(host: str, port: int, other: str) -> None:
    """Raise CannotDo with a sentence when the port is not available; `other` is the command for another one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotDo(
                f"Port {port} on {host} cannot be used ({error.strerror}). Stop what listens there, or choose another: {other}"
            ) from error
