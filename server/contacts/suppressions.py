"""Stores the addresses that must not get mail, by scope, and unsubscribes people with immediate effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.suppressions import SuppressionsAddAllValues

Scope = Literal["all", "marketing"]
UNSUBSCRIBED = "unsubscribed"
WORDS = {  # the reasons, for the pages of contacts
    UNSUBSCRIBED: "unsubscribed",
    "bounced": "the address bounced",
    "complained": "reported an email as spam",
    "do_not_contact": "asked not to be contacted",
}
SCOPES: Mapping[str, Scope] = {UNSUBSCRIBED: "marketing"}  # of a reason; every other one stops all mail


class Unsubscribed(NamedTuple):
    """The result of an unsubscription. `already`: it was done before; `stopped`: how many queued messages will not leave."""

    already: bool
    stopped: int


def add(
    tx: Session,
    address_key: str,
    scope: Scope,
    reason: str,
    now: int,
    contact_id: str = "",
    message_id: str = "",
) -> bool:
    """Suppress the address; False when it was suppressed in this scope before (the first reason is kept)."""
    added = tx.suppressions.add(
        address_key=address_key,
        scope=scope,
        reason=reason,
        contact_id=contact_id,
        message_id=message_id,
        at=now,
    )
    return added == 1


def add_refusals(tx: Session, refusals: Mapping[str, str], now: int) -> None:
    """Suppress the addresses of a list by their refusals, no marketing or no mail at all. An address needs no contact yet.

    The refusal of a merged contact's old address holds for the contact that was kept too.
    """
    if tx.contacts.any_alias():
        merged = {key: tx.contacts.alias_of_key(email_key=key) for key, why in refusals.items() if why != "bounced"}
        refusals = {**{row["email_key"]: refusals[key] for key, row in merged.items() if row}, **refusals}
    rows: list[SuppressionsAddAllValues] = [
        {"address_key": key, "scope": SCOPES.get(refusal, "all"), "reason": refusal, "at": now}
        for key, refusal in refusals.items()
    ]
    if rows:
        tx.suppressions.add_all(rows=rows)


def covers(tx: Session, address_key: str) -> frozenset[str]:
    """Return the scopes in which the address is suppressed."""
    return frozenset(row["scope"] for row in tx.suppressions.of_address(address_key=address_key))


def scopes(no_mail: int, no_marketing: int) -> frozenset[str]:
    """The scopes as `covers` returns them, from the two columns of a query that reads them beside a contact."""
    return frozenset(scope for scope, holds in (("all", no_mail), ("marketing", no_marketing)) if holds)


def unsubscribe(tx: Session, contact_id: str, message_id: str, now: int) -> Unsubscribed:
    """Stop all marketing to this person, queued mail included; harmless to repeat.

    `message_id` is the message whose link was used. Raises LookupError for an unknown contact. CAN-SPAM allows ten business
    days, Gmail and Yahoo 48 hours; here it is immediate because people expect it.
    """
    contact = tx.contacts.by_id(id=contact_id)
    if contact is None:
        raise LookupError(f"no contact {contact_id}")
    added = add(tx, contact["email_key"], "marketing", UNSUBSCRIBED, now, contact_id, message_id)
    stopped = tx.messages.stop_marketing(contact_id=contact_id, reason=UNSUBSCRIBED)
    return Unsubscribed(not added, stopped)
