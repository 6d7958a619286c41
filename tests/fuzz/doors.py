"""The doors, and what is thrown at each; every throw checks its own answer."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from werkzeug.test import EnvironBuilder, run_wsgi_app

from builder.tokens import Keyring, TokenExpired, TokenInvalid
from tests.clients.replies import gmail, signed, typed
from tests.fuzz import noise
from tests.server.channels.place import Place
from tests.server.inbound.desk import Counter as Desk

GOOD = {"choice": "yes", "nonce": "a-nonce-of-a-page-1", "gesture": "pointer", "dwell": "1200", "visible": "1"}
ROOMS = ("a", "n", "u", "s", "amp", "g", "o")
BLOCKS = ("stars", "topics", "call", "slot", "text", "parts", "why")
FAULTS = 500  # from here on it is ours


@dataclass
class Doors:
    """A place with a block of every kind, and what came of it: replies by status, and what was acknowledged."""

    place: Place
    dice: Random
    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    thrown: int = 0

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.place)

    @cached_property
    def mailtos(self) -> list[str]:
        return [self.desk.link(block) for block in ("call", "stars", "topics", "text")]

    def throw(self) -> None:
        name = self.dice.choice(list(THROWS))
        self.thrown += 1
        try:
            THROWS[name](self)
        except Exception as error:  # whatever it is: nothing a stranger sends may raise
            self.broken.append(f"{name} raised {error!r}")

    def send(
        self, what: str, method: str, path: str, body: bytes = b"", kind: str = "", more: dict[str, str] | None = None
    ) -> int:
        """One request to the real application."""
        builder = EnvironBuilder(
            method=method, path="/", input_stream=None, data=body or None, content_type=kind or None
        )
        environ = builder.get_environ()
        environ["PATH_INFO"] = path.encode("utf-8", "surrogatepass").decode("latin-1")
        for name, value in (more or {}).items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pieces, said, _ = run_wsgi_app(self.place.world.app, environ, buffered=True)
            b"".join(pieces)
        status = int(said[:3])
        self.seen[f"{what} {status}"] += 1
        if status >= FAULTS:
            self.broken.append(f"{method} {path!r} {kind!r} {body[:300]!r} {more} was answered with {status}")
        return status

    def token(self, block: str = "", purpose: str = "answer") -> str:
        return self.place.world.token("ana", block or self.dice.choice(BLOCKS), purpose)  # type: ignore[arg-type]


def _tokens(doors: Doors) -> None:
    """A spoilt token opens nothing, unless it says exactly what the true one said."""
    room = doors.dice.choice(ROOMS)
    purpose = "unsubscribe" if room == "u" else "answer"
    true = doors.token("call", purpose)
    spoilt = noise.spoil(true, doors.dice)
    method = doors.dice.choice(("GET", "POST"))
    status = doors.send(
        "token", method, f"/{room}/{spoilt}", noise.urlencoded(list(GOOD.items()), doors.dice), URLENCODED
    )
    keyring = doors.place.world.keyring
    if (
        status == 200
        and room in "anu"
        and _said(keyring, purpose, spoilt.partition("/")[0]) != _said(keyring, purpose, true)
    ):
        doors.broken.append(f"/{room}/{spoilt!r} was taken for {true}")


def _said(keyring: Keyring, purpose: str, token: str) -> object:
    try:
        return keyring.read(purpose, token, 0)  # type: ignore[arg-type]
    except (TokenInvalid, TokenExpired):
        return None


def _forms(doors: Doors) -> None:
    room, rows = doors.dice.choice(ROOMS), noise.fields(GOOD, doors.dice)
    path = f"/{room}/{doors.token(purpose='unsubscribe' if room == 'u' else 'answer')}"
    if doors.dice.random() < 0.5:
        doors.send("form", "POST", path, noise.urlencoded(rows, doors.dice), URLENCODED, noise.headers(doors.dice))
    else:
        doors.send("multipart", "POST", path, *noise.multipart(rows, doors.dice), noise.headers(doors.dice))


def _paths(doors: Doors) -> None:
    """Anything anywhere, the rooms of staff included; nobody is signed in."""
    start = doors.dice.choice(
        ["", "/a", f"/a/{doors.token()}", "/static", "/leads", "/inbox", "/emails", "/sign-in", "/feeds", "/api/v1"]
    )
    path = start + "".join(f"/{noise.segment(doors.dice)}" for _ in range(doors.dice.randint(0, 3)))
    method = doors.dice.choice(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "X"])
    doors.send("path", method, path or "/", more=noise.headers(doors.dice))


def _headers(doors: Doors) -> None:
    method = doors.dice.choice(["GET", "HEAD", "POST"])
    doors.send("headers", method, f"/a/{doors.token()}/yes", more=noise.headers(doors.dice))


def _mails(doors: Doors) -> None:
    desk = doors.desk
    good = gmail(typed(doors.dice.choice(doors.mailtos), doors.dice.choice(["Sí", "1", "2", "hola"])))
    outcome = desk.take(noise.raw(signed(good) if doors.dice.random() < 0.3 else good, doors.dice))
    doors.seen[f"mail {outcome.result}"] += 1


URLENCODED = "application/x-www-form-urlencoded"
THROWS: dict[str, Callable[[Doors], None]] = {
    "tokens": _tokens,
    "forms": _forms,
    "paths": _paths,
    "headers": _headers,
    "mails": _mails,
}
