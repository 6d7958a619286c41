"""What a connection worker takes its work from: the messages of a stream, or another queue that leaves through the same connections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from server.sending import outbox
from server.sending.outbox import Finish, Message
from server.sending.preparing import Compose, Prepared, prepare
from server.settings import Settings
from server.store import Session, Store


class Queue(Protocol):
    """Rows with `attempts`, each owned through a lease. `stream` says whose mail server and pace they use.

    `begin` and `finish` answer False for a row that is not the owner's any more; `release` lets go of what was not begun.
    """

    @property
    def stream(self) -> str: ...
    def is_due(self, now: int) -> bool: ...
    def claim(self, owner: str, limit: int, now: int) -> list[Message]: ...
    def prepare(self, rows: Sequence[Message], now: int) -> list[Prepared]: ...
    def begin(self, tx: Session, row: Message, owner: str, now: int) -> bool: ...
    def finish(self, tx: Session, row: Message, owner: str, outcome: Finish, now: int) -> bool: ...
    def release(self, rows: Sequence[Message], owner: str) -> int: ...


@dataclass(frozen=True)
class Messages:
    """The messages of one stream."""

    store: Store
    settings: Settings
    compose: Compose
    stream: str

    def is_due(self, now: int) -> bool:
        return outbox.is_due(self.store, self.stream, now)

    def claim(self, owner: str, limit: int, now: int) -> list[Message]:
        return outbox.claim_due(self.store, self.stream, owner, limit, now, self.settings.lease_seconds)

    def prepare(self, rows: Sequence[Message], now: int) -> list[Prepared]:
        return prepare(self.store, self.settings, self.compose, rows, now)

    def begin(self, tx: Session, row: Message, owner: str, now: int) -> bool:
        return outbox.begin_attempt(tx, row, owner, now, self.settings.lease_seconds)

    def finish(self, tx: Session, row: Message, owner: str, outcome: Finish, now: int) -> bool:
        return outbox.finish(tx, row, owner, outcome, now)

    def release(self, rows: Sequence[Message], owner: str) -> int:
        return outbox.release(self.store, rows, owner)
