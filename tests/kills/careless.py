"""The web server with a store that acknowledges before it commits: what the kills must notice, or they prove nothing.

python -m tests.kills.careless
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from server import settings, store
from server.cli import serve
from server.store import Session, Store
from server.web import app as web
from server.web.serving.gateway import Gateway

T = TypeVar("T")
DISK_SECONDS = 0.5  # longer than a kill is ever waited for: what was acknowledged last is lost at each


class _Undone(Exception):
    """Takes back what it carries out of a transaction."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


class Careless:
    """A store like the one it wraps, but `write` returns when the work is done and its commit is still to come."""

    def __init__(self, sound: Store) -> None:
        self._sound = sound

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sound, name)

    def write(self, work: Callable[[Session], T]) -> T:
        done: Future[T] = Future()
        threading.Thread(target=self._write, args=(work, done)).start()
        return done.result()

    def write_soon(self, work: Callable[[Session], T], then: Callable[[Callable[[], T]], None]) -> None:
        done: Future[T] = Future()
        done.add_done_callback(lambda ended: then(ended.result))
        threading.Thread(target=self._write, args=(work, done)).start()

    def _write(self, work: Callable[[Session], T], done: Future[T]) -> None:
        def told(tx: Session) -> None:
            raise _Undone(work(tx))

        try:
            self._sound.write(told)
        except _Undone as undone:
            done.set_result(undone.result)
        except Exception as error:
            done.set_exception(error)
            return
        time.sleep(DISK_SECONDS)
        self._sound.write(work)


def app() -> Gateway:
    """What the web server starts."""
    sound = store.open
    store.open = lambda *args: Careless(sound(*args))  # type: ignore[assignment]
    return web.gateway()


if __name__ == "__main__":
    serve.TARGET = "tests.kills.careless:app"
    serve.run(settings.load(), quiet=True)
