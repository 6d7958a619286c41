"""Defines the queue that a connection worker works on, and implements it for the messages of a stream. Notices implement it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypedDict, TypeVar

from server.sending import gate_facts, outbox
from server.sending.outbox import Finish
from server.sending.preparing import Compose, Prepared, prepare
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.messages import MessagesRow


class Queued(TypedDict):
    """The columns that every row of a queue has: `attempts` counts the tries."""

    attempts: int


Row = TypeVar("Row", bound=Queued)


class Queue(Protocol[Row]):
    """A queue of rows, each owned through a lease. `stream` names the stream whose mail server and pace they use.

    `begin` and `finish` return False for a row that is not the owner's any more; `release` frees rows that were not begun.
    """

    @property
    def stream(self) -> str: ...
    def is_due(self, now: int) -> bool: ...
    def claim(self, owner: str, limit: int, now: int) -> list[Row]: ...
    def prepare(self, rows: Sequence[Row], now: int) -> list[Prepared[Row]]: ...
    def begin(self, tx: Session, row: Row, owner: str, now: int) -> bool: ...
    def finish(self, tx: Session, row: Row, owner: str, outcome: Finish, now: int) -> bool: ...
    def release(self, rows: Sequence[Row], owner: str) -> int: ...


@dataclass(frozen=True)
class Messages:
    """The queue of one stream's messages in the outbox."""

    store: Store
    settings: Settings
    compose: Compose
    stream: str

    def is_due(self, now: int) -> bool:
        return outbox.is_due(self.store, self.stream, now)

    def claim(self, owner: str, limit: int, now: int) -> list[MessagesRow]:
        return outbox.claim_due(self.store, self.stream, owner, limit, now, self.settings.lease_seconds)

    def prepare(self, rows: Sequence[MessagesRow], now: int) -> list[Prepared[MessagesRow]]:
        return prepare(self.store, self.settings, self.compose, rows, now)

    def begin(self, tx: Session, row: MessagesRow, owner: str, now: int) -> bool:
        return outbox.begin_attempt(tx, row, owner, now, self.settings.lease_seconds, gate_facts.caps(self.settings))

    def finish(self, tx: Session, row: MessagesRow, owner: str, outcome: Finish, now: int) -> bool:
        return outbox.finish(tx, row, owner, outcome, now)

    def release(self, rows: Sequence[MessagesRow], owner: str) -> int:
        return outbox.release(self.store, rows, owner)
