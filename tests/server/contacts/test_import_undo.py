"""Nobody who refused mail gets any by an import, and an undo returns everything except where a person acted since."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.contacts import contacts, editing, erase, suppressions, tags
from server.contacts.imports import source, staging, steps
from server.errors import CannotDo
from server.store import Store
from tests.server.contacts import importing
from tests.server.contacts.importing import contact, outcomes, run, stage, undo
from tests.server.sending.messages import queue

LIST = "email,nombre,empresa,teléfono,etiquetas\n"


def test_a_refusal_comes_before_its_contact_and_survives_the_import_and_its_undo(store: Store, now: int) -> None:
    found, unread = source.find_addresses(b"Ana <Ana@Example.com>; 'beto@example.com', nonsense@")
    assert found == ["ana@example.com", "beto@example.com"] and unread == ["nonsense@"]
    store.write(lambda tx: suppressions.add_refusals(tx, dict.fromkeys(found, "unsubscribed"), now))
    import_id = stage(store, f"{LIST}ana@example.com,Ana,,,\n", now)
    assert importing.rows(store, import_id)[0]["suppressed"] == "unsubscribed"
    run(store, import_id, now)
    undo(store, import_id, now)
    with store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == {"marketing"}


def test_a_refusal_of_an_address_that_was_merged_reaches_the_kept_contact(store: Store, now: int) -> None:
    kept = store.write(lambda tx: contacts.upsert(tx, "kept@example.com", now))["id"]
    row = {"alias_id": "x", "contact_id": kept, "email": "old@example.com", "email_key": "old@example.com"}
    store.write(lambda tx: tx.contacts.add_alias(**row, by_whom="Lucía", at=now))
    import_id = stage(store, "email,nombre,unsubscribed\nold@example.com,Old,yes\n", now)
    assert outcomes(store, import_id) == [(2, "changed", [])]
    run(store, import_id, now)
    with store.read() as tx:
        assert tx.contacts.count() == 1 and suppressions.covers(tx, "kept@example.com") == {"marketing"}


@pytest.mark.parametrize("since", ["answered", "sent", "edited", "tagged", "erased", ""])
def test_an_undo_returns_everything_but_people_who_acted_since(store: Store, now: int, since: str) -> None:
    old = store.write(lambda tx: contacts.upsert(tx, "old@example.com", now - 9, "Old", company="Before"))
    store.write(lambda tx: tags.change(tx, old["id"], "kept", "Mara", now - 9))
    before = contact(store, "old@example.com")
    import_id = stage(store, f"{LIST}old@example.com,Olga,After,300 123 4567,fair\nnew@example.com,New,,,\n", now)
    run(store, import_id, now)
    ids = [contact(store, email)["id"] for email in ("old@example.com", "new@example.com")]
    for contact_id in ids:
        _acts(store, contact_id, since, now + 1)
    undo(store, import_id, now + 2)
    marks = {row["line"]: row["undone"] for row in importing.rows(store, import_id)}
    after = contact(store, "old@example.com")
    if since == "":
        assert marks == {2: "yes", 3: "yes"} and contact(store, "new@example.com") is None
        assert {**after, "updated_at": 0} == {**before, "updated_at": 0}
    elif since == "erased":
        assert marks == {} and after is None
    else:
        expected = {"edited": "changed", "tagged": "changed"}.get(since, since)
        assert marks == {2: expected, 3: expected} and contact(store, "new@example.com")
        assert after["first_name"] == "Olga"


def _acts(store: Store, contact_id: str, since: str, now: int) -> None:
    row = {"contact_id": contact_id, "id": f"e-{contact_id}", "message_id": "m", "block": "b", "value": "[]"}
    if since == "answered":
        store.write(
            lambda tx: tx.events.append(
                **row, kind="answered", channel="page", nonce="n", grade="g", reasons="[]", at=now
            )
        )
    elif since == "sent":
        queue(store, contact_id, now)
    elif since == "edited":
        typed = {"email": f"{contact_id}@example.com", "company": "By hand", "first_name": "Olga"}
        with store.read() as tx:
            typed["email"] = tx.contacts.by_id(id=contact_id)["email"]
        store.write(lambda tx: editing.change(tx, contact_id, editing.check(typed, {}, "CO"), "Lucía", now))
    elif since == "tagged":
        store.write(lambda tx: tags.change(tx, contact_id, "later", "Lucía", now))
    elif since == "erased":
        store.write(lambda tx: erase.erase(tx, contact_id))


def test_an_erased_person_is_in_no_list_that_waits(store: Store, now: int) -> None:
    ana = store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now))["id"]
    import_id = stage(store, f"{LIST}ana@example.com,Ana,,,\nbeto@example.com,Beto,,,\n", now)
    store.write(lambda tx: erase.erase(tx, ana))
    run(store, import_id, now)
    assert contact(store, "ana@example.com") is None and contact(store, "beto@example.com")


def test_a_contact_that_changed_between_the_check_and_the_import_keeps_what_the_list_does_not_name(
    store: Store, now: int
) -> None:
    import_id = stage(store, f"{LIST}ana@example.com,Ana,Casa,,\n", now)
    store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now, "Anita", "Díaz"))
    run(store, import_id, now + 1)
    row = contact(store, "ana@example.com")
    assert (row["first_name"], row["last_name"], row["company"]) == ("Ana", "Díaz", "Casa")
    undo(store, import_id, now + 2)
    assert contact(store, "ana@example.com")["first_name"] == "Anita"


def test_an_interrupted_import_goes_on_where_it_stopped(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "TOGETHER", 2)
    import_id = stage(store, LIST + "".join(f"p{at}@example.com,P,,,\n" for at in range(7)), now)
    store.write(lambda tx: steps.begin(tx, import_id, now))
    half = steps.advance(store, import_id, lambda: now, now, "CO")
    assert (half["state"], half["done"], half["total"]) == ("running", 2, 7)
    assert steps.work(store, "CO", lambda: now, now + 1) == 1
    with store.read() as tx:
        assert tx.imports.by_id(id=import_id)["state"] == "done" and tx.contacts.count() == 7
    with pytest.raises(CannotDo):
        store.write(lambda tx: steps.begin(tx, import_id, now))
    with pytest.raises(CannotDo):
        store.write(lambda tx: staging.remove(tx, import_id))


def test_a_list_that_is_deleted_before_its_import_leaves_nothing(store: Store, now: int) -> None:
    import_id = stage(store, f"{LIST}ana@example.com,Ana,,,\n", now)
    store.write(lambda tx: staging.remove(tx, import_id))
    assert importing.rows(store, import_id) == []


CELLS = {
    "email": ["ana@example.com", "ANA@example.com", "beto@example.com", "carla@example.com", "bad", ""],
    "nombre": ["", "Ana", "Beto"],
    "empresa": ["", "Casa", "Taller"],
    "teléfono": ["", "300 123 4567", "12"],
    "país": ["", "Colombia", "Nowhere"],
    "etiquetas": ["", "fair", "vip,fair"],
    "unsubscribed": ["", "yes", "no"],
    "status": ["", "active", "bounced"],
}
PEOPLE = ("ana@example.com", "beto@example.com", "carla@example.com")
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), max_size=8)
COLUMNS = ("first_name", "last_name", "company", "phone", "country", "tags", "fields", "search_text")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    known=ROWS,
    rows=ROWS,
    refused=st.sets(st.sampled_from([(who, scope) for who in PEOPLE for scope in ("all", "marketing")])),
)
def test_no_import_makes_anybody_mailable_and_an_undo_returns_every_value(
    store: Store, now: int, known: list[dict[str, str]], rows: list[dict[str, str]], refused: set[tuple[str, Any]]
) -> None:
    def listed(cells: list[dict[str, str]]) -> str:
        lines = [",".join(f'"{row[name]}"' for name in CELLS) for row in cells]
        return "\n".join([",".join(CELLS), *lines, '"last@example.com",' + ",".join(['""'] * (len(CELLS) - 1))])

    _emptied(store)
    run(store, stage(store, listed(known), now), now)
    for who, scope in refused:
        store.write(lambda tx, who=who, scope=scope: suppressions.add(tx, who, scope, "do_not_contact", now))  # type: ignore[misc]
    before, stopped = _contacts(store), _stopped(store)
    import_id = stage(store, listed(rows), now + 1)
    run(store, import_id, now + 1)
    assert _stopped(store) >= stopped
    undo(store, import_id, now + 2)
    assert _contacts(store) == before and _stopped(store) >= stopped


def _emptied(store: Store) -> None:
    for who in (*PEOPLE, "last@example.com"):
        if row := contact(store, who):
            store.write(lambda tx, row=row: erase.erase(tx, row["id"]))  # type: ignore[misc]


def _contacts(store: Store) -> dict[str, dict[str, str]]:
    rows = {who: contact(store, who) for who in (*PEOPLE, "last@example.com")}
    return {who: {name: row[name] for name in COLUMNS} for who, row in rows.items() if row}


def _stopped(store: Store) -> set[tuple[str, str]]:
    with store.read() as tx:
        return {(who, scope) for who in PEOPLE for scope in suppressions.covers(tx, who)}
