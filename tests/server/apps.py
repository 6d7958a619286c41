"""The application over a test's store. Its rooms are built once and used again: that is most of what one costs."""

from __future__ import annotations

from flask import Flask

from server.settings import Settings
from server.store import Store
from server.web.app import attach, build

_built: list[Flask] = []
_free: list[Flask] = []


def over(settings: Settings, store: Store) -> Flask:
    """An application that nobody else uses; `close` it."""
    if not _free:
        _built.append(build())
        _free.append(_built[-1])
    app = _free.pop()
    attach(app, settings, store)
    return app


def close(app: Flask) -> None:
    """Finishes what it has begun. One that a test has made in its own way is not used again."""
    app.extensions["acto"].hit_buffer.close()
    if any(app is each for each in _built):
        _free.append(app)
