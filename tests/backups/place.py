"""Two empty databases, processes of Acto over them, and the settings that these processes read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests import postgres
from tests.kills import asking

Environment = dict[str, str]
Process = subprocess.Popen[bytes]


@contextmanager
def databases(engine: str) -> Iterator[tuple[str, str]]:
    """The addresses of the store that is lost and of the one that takes its place; both are empty, and gone afterwards."""
    if engine == "postgresql":
        with postgres.running() as server:
            yield postgres.create(server, "lost"), postgres.create(server, "restored")
        return
    with tempfile.TemporaryDirectory(prefix="acto-backups-") as folder:
        yield str(Path(folder) / "lost.db"), str(Path(folder) / "restored.db")


def environment(address: str, folder: Path, mail_port: int) -> Environment:
    """Mail and webhooks stay on this machine."""
    streams = ("MARKETING", "TRANSACTIONAL")
    return {
        **asking.environment(address, folder),
        **{f"ACTO_STREAMS_{name}_SMTP_URL": f"smtp://127.0.0.1:{mail_port}" for name in streams},
        "ACTO_POSTAL_ADDRESS": "Calle 1 # 2-3, Bogotá",
        "ACTO_WEBHOOK_PRIVATE_HOSTS": "127.0.0.1",
        "ACTO_LEASE_SECONDS": "5",
        "ACTO_HOLD_SECONDS": "2",
    }


def start(words: tuple[str, ...], environment: Mapping[str, str]) -> Process:
    """`acto WORDS` as a process group of its own; what it says is not read, since what is killed complains."""
    with open(os.devnull, "wb") as nothing:
        return subprocess.Popen(
            [sys.executable, "-m", "server.cli", *words],
            cwd=asking.ROOT,
            env={**os.environ, **environment},
            start_new_session=True,
            stderr=nothing,
        )


def kill(process: Process) -> None:
    """With everything it has started."""
    with suppress(ProcessLookupError):  # it has ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[None]:
    """Web server and worker, both killed when the block ends."""
    processes = [start((command,), environment) for command in ("serve", "work")]
    try:
        yield
    finally:
        for process in processes:
            kill(process)
