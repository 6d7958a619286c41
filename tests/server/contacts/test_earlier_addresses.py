"""An address that a contact had before a merge or a change still leads to that contact: it adds nobody who then gets mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from server.capture.merging import merge_contacts
from server.contacts import contacts, editing, suppressions
from server.contacts.editing import WrongFields
from server.store import Store
from tests.server.contacts import importing
from tests.server.contacts.importing import run, stage

KEPT, OLD = "c@example.com", "a@example.com"


def add(store: Store, email: str, now: int) -> str:
    given = editing.check({"email": email}, {}, "CO")
    return store.write(lambda tx: editing.create(tx, given, "Lucía", now))


def change(store: Store, contact_id: str, email: str, now: int) -> None:
    given = editing.check({"email": email}, {}, "CO")
    store.write(lambda tx: editing.change(tx, contact_id, given, "Lucía", now))


def merged(store: Store, now: int) -> str:
    kept, other = add(store, KEPT, now), add(store, OLD, now)
    given = editing.check({"email": KEPT}, {}, "CO")
    store.write(lambda tx: merge_contacts(tx, kept, other, given, "lucia@example.com", "Lucía", now))
    return kept


def changed(store: Store, now: int) -> str:
    contact_id = add(store, OLD, now)
    change(store, contact_id, KEPT, now)
    return contact_id


def changed_twice(store: Store, now: int) -> str:
    contact_id = add(store, OLD, now)
    for email in ("b@example.com", KEPT):
        change(store, contact_id, email, now)
    return contact_id


def changed_and_back(store: Store, now: int) -> str:
    contact_id = add(store, OLD, now)
    for email in (KEPT, OLD, KEPT, OLD, KEPT):
        change(store, contact_id, email, now)
    with store.read() as tx:
        assert len(tx.contacts.aliases_of(contact_id=contact_id)) == 2, "each address once"
    return contact_id


HAD = pytest.mark.parametrize("had", [merged, changed, changed_twice, changed_and_back])
SPELLED = pytest.mark.parametrize("spelled", [OLD, OLD.upper(), f" {OLD}"])


def unsubscribe(store: Store, contact_id: str, now: int) -> None:
    store.write(lambda tx: suppressions.unsubscribe(tx, contact_id, "", now))


@HAD
@SPELLED
def test_no_form_takes_an_earlier_address_of_another_contact(
    store: Store, now: int, had: Callable[[Store, int], str], spelled: str
) -> None:
    contact_id, other = had(store, now), add(store, "other@example.com", now)
    unsubscribe(store, contact_id, now)
    with pytest.raises(WrongFields, match="had the address") as added:
        add(store, spelled, now)
    with pytest.raises(WrongFields, match="had the address") as moved:
        change(store, other, spelled, now)
    assert added.value.used_by == moved.value.used_by == contact_id
    with store.read() as tx:
        assert tx.contacts.count() == 2 and contacts.find(tx, "other@example.com")["id"] == other


@HAD
@SPELLED
def test_a_list_with_an_earlier_address_adds_nobody_and_keeps_the_refusal(
    store: Store, now: int, had: Callable[[Store, int], str], spelled: str
) -> None:
    contact_id = had(store, now)
    unsubscribe(store, contact_id, now)
    import_id = stage(store, f"email,nombre\n{spelled},Ana\n", now)
    assert importing.rows(store, import_id)[0]["suppressed"] == "unsubscribed"
    run(store, import_id, now)
    store.write(lambda tx: contacts.upsert(tx, spelled, now, company="Acme"))
    with store.read() as tx:
        row = contacts.find(tx, spelled)
        assert (tx.contacts.count(), row["id"], row["email"], row["company"]) == (1, contact_id, KEPT, "Acme")


@HAD
def test_a_refusal_of_an_earlier_address_holds_for_the_contact(
    store: Store, now: int, had: Callable[[Store, int], str]
) -> None:
    had(store, now)
    store.write(lambda tx: suppressions.add_refusals(tx, {OLD: "unsubscribed"}, now))
    with store.read() as tx:
        assert suppressions.covers(tx, KEPT) == {"marketing"}


@HAD
def test_a_contact_takes_an_earlier_address_of_its_own(
    store: Store, now: int, had: Callable[[Store, int], str]
) -> None:
    contact_id = had(store, now)
    unsubscribe(store, contact_id, now)
    change(store, contact_id, OLD, now)
    with store.read() as tx:
        assert tx.contacts.by_key(email_key=OLD)["id"] == contact_id
        assert suppressions.covers(tx, OLD) == {"marketing"}
