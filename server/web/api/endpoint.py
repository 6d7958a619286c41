"""What an endpoint is: one declaration from which come the route, the checks, the docs and the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from server.accounts.api_keys import Key
from server.store import Session
from server.web.api.schema import Schema
from server.web.state import State

SMALL, LARGE = 64 * 1024, 1024 * 1024  # bytes of a body
Reply = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """A call that passed the checks. `nonce` is the same whenever the call is repeated by its Idempotency-Key."""

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
        """As it stands in histories and in the activity log."""
        return f"API: {self.key.name}"


@dataclass(frozen=True)
class Endpoint:
    """`does(tx, call)` gives the reply; it reads for GET, and is part of one transaction for everything else.

    `prepare` runs before that transaction, for what takes long or opens its own. `about` names the field of the reply with the
    contact it tells of. `exports` names what leaves, where people do, for the activity log.
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
        return self.method != "GET"

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        """The names in the path, in their order."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))
