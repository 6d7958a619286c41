"""Declares what an endpoint is. The route, the checks of a call, the docs and the OpenAPI document all come from one declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from server.accounts.api_keys import Key
from server.store import Session
from server.web.api.schema import Schema
from server.web.state import State

SMALL, LARGE = 64 * 1024, 1024 * 1024  # limits of a body, in bytes
ApiReply = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """A call that passed the checks. `now` in ms UTC; `nonce` is the same for every repetition with one Idempotency-Key."""

    key: Key
    now: int
    state: State
    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Any
    nonce: str
    prepared: Any = None

    @property
    def by_whom(self) -> str:
        """The name of the key in histories and in the activity log."""
        return f"API: {self.key.name}"


@dataclass(frozen=True)
class Endpoint:
    """One endpoint of the API. `does(tx, call)` returns the reply; it runs in a read-only snapshot for GET, else in one write
    transaction.

    `prepare` runs before that transaction, for slow work or work with a transaction of its own. `about` names the reply's field with the
    contact's id. `exports` names the personal data in the reply, for the activity log.
    """

    name: str
    method: str
    path: str
    scope: str
    title: str
    does: Callable[[Session, Call], Any]
    reply: Schema | None
    query: Mapping[str, Schema] = field(default_factory=dict)
    body: Schema | None = None
    example: Any = None
    status: int = 200
    problems: tuple[str, ...] = ()
    prepare: Callable[[Call], Any] | None = None
    most_bytes: int = SMALL
    about: str = "contact_id"
    exports: str = ""
    help: str = ""

    @property
    def writes(self) -> bool:
        """Whether the endpoint changes data."""
        return self.method != "GET"

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        """The names in the path, in their order."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))
