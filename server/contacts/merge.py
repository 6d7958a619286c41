"""Moves every row of one contact to another one of the same person. `server.capture.merging` calls it and settles the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.contacts import tags
from server.contacts.editing import Details
from server.contacts.search import fold, text_of
from server.errors import CannotDo
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

TABLES = (  # queries of merging.sql; a test holds that no table of server/contacts/erase.py is missing
    *("hits", "open_pages", "events", "answers", "overrules", "leads", "activities", "effects", "tasks", "messages"),
    *("bookings", "booking_changes", "offered_times", "notices", "pushes", "replies", "api_replies", "suppressions"),
    *("import_rows", "contact_aliases"),
)
COPY = "merged"  # the reason of queued mail that the kept contact got or gets as well
BUSY = "A message or an action for {address} is being carried out at this moment. Try again in a minute."
FREE_MAIL = frozenset(  # domains whose addresses have nothing in common
    (
        *("gmail.com", "googlemail.com", "outlook.com", "outlook.es", "hotmail.com", "hotmail.es", "live.com"),
        *("yahoo.com", "yahoo.es", "icloud.com", "proton.me", "protonmail.com", "une.net.co"),
    )
)


def lock(tx: Session, kept_id: str, merged_id: str) -> tuple[ContactsRow, ContactsRow]:
    """Lock both contacts, in the order of their ids, and return them. Raises LookupError, and CannotDo while mail leaves."""
    rows = {each: tx.contacts.locked(id=each) for each in sorted({kept_id, merged_id})}
    kept, merged = rows[kept_id], rows[merged_id]
    if kept is None or merged is None or kept_id == merged_id:
        raise LookupError(f"no contacts {kept_id} and {merged_id}")
    for row in (kept, merged):
        if tx.merging.leaving(contact_id=row["id"]):
            raise CannotDo(BUSY, address=row["email"])
    return kept, merged


def move(tx: Session, kept: ContactsRow, merged: ContactsRow, details: Details, by_whom: str, now: int) -> None:
    """Move all rows, keep the refusals of both, and make the merged id an alias. The caller has locked both."""
    ids = {"kept": kept["id"], "merged": merged["id"]}
    both = {*tags.read(kept["tags"]), *tags.read(merged["tags"])}
    tx.merging.drop_copies(**ids, reason=COPY)
    tx.merging.lead_work(**ids, tags=tags.write(both), now=now)
    tx.merging.drop_pushes(**ids)
    for table in TABLES:
        getattr(tx.merging, table)(**ids)
    tx.merging.drop_lead(contact_id=merged["id"])
    tx.merging.contacts(merged=merged["id"])
    other = kept if details["email_key"] == merged["email_key"] else merged
    tx.contacts.add_alias(
        alias_id=merged["id"],
        contact_id=kept["id"],
        email=other["email"],
        email_key=other["email_key"],
        by_whom=by_whom,
        at=now,
    )
    tx.contacts.change(**details, id=kept["id"], search_text=text_of(details), now=now)
    for row in (kept, merged):
        tx.suppressions.copy(from_key=row["email_key"], address_key=details["email_key"], contact_id=kept["id"])
    tags.replace(tx, kept["id"], both, now)


def strangers(kept: ContactsRow, merged: ContactsRow) -> bool:
    """Return whether nothing suggests that two contacts are one person: different names, and no company's domain in common."""
    names = [{*fold(f"{row['first_name']} {row['last_name']}").split()} for row in (kept, merged)]
    domains = [row["email_key"].rpartition("@")[2] for row in (kept, merged)]
    numbers = [{row["phone"], row["whatsapp"]} - {""} for row in (kept, merged)]
    same_name = all(names) and (names[0] <= names[1] or names[1] <= names[0])
    same_domain = domains[0] == domains[1] and domains[0] not in FREE_MAIL
    return not (same_name or same_domain or numbers[0] & numbers[1])
