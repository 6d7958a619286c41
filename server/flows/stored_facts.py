"""Reads the facts that conditions and chains of flows need from the store, each when first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from server import jsontext
from server.segments import people, saved
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.leads import LeadsByContactRow


class Mail(TypedDict):
    """The columns of the answered message that conditions read."""

    email: str
    mail_class: str
    topic: str


class StoredFacts:
    """The facts about a contact and a message, each read from the store when first used."""

    def __init__(
        self, tx: Session, contact_id: str, message_id: str = "", message: Mail | None = None, stage: str = ""
    ) -> None:
        self._tx, self._contact_id, self._message_id = tx, contact_id, message_id
        self._message, self._stage = message, stage

    @cached_property
    def message(self) -> Mail | None:
        return self._message or self._tx.messages.by_id(contact_id=self._contact_id, id=self._message_id)

    @property
    def mail_class(self) -> str:
        return self.message["mail_class"] if self.message else ""

    @property
    def topic(self) -> str:
        return self.message["topic"] if self.message else ""

    @cached_property
    def stage(self) -> str:
        return self._stage or (self._lead["stage"] if self._lead else "")

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset(self._lead["tags"].split(",") if self._lead else ())

    def is_in(self, segment: str, now: int) -> bool:
        """Return whether the contact meets the rule of a segment, by its id or, for a flow that is not stored, its name.

        False for a segment that does not exist.
        """
        row = self._tx.segments.by_id(id=segment) or saved.by_name(self._tx, segment)
        return row is not None and people.matches(self._tx, saved.rule_of(row), self._contact_id, now)

    @cached_property
    def _lead(self) -> LeadsByContactRow | None:
        return self._tx.leads.by_contact(contact_id=self._contact_id)

    @cached_property
    def chain(self) -> tuple[str, ...]:
        """The flows that sent the answered message, so that a loop through mails is found too."""
        if not self._message_id:  # an effect that is still planned has no result
            return ()
        rows = self._tx.effects.that_made(contact_id=self._contact_id, result=self._message_id)
        return tuple(jsontext.loads(rows[0]["chain"])) if rows else ()
