"""People are found as they are typed."""

from typing import Any

import pytest

from server.contacts import contacts, csv_import, search
from server.qualify import leads
from server.sales import inbox
from server.sales.inbox import Filter
from server.store import Session, Store

LIST = """correo,nombre,apellido,empresa
alvaro@example.com,Álvaro,Núñez Peña,Café Ñandú
maria.jose@correo.co,María José,Gómez,Óptica Visión 20%
bjork@example.com,BJÖRK,O'Hara,Straße_und_Söhne
"""


@pytest.fixture
def people(store: Store, now: int) -> Store:
    """The list imported, and everybody in it a lead."""
    csv_import.import_contacts(store, csv_import.read(LIST.encode())[0], now)
    store.write(lambda tx: _all_leads(tx, now))
    return store


def _all_leads(tx: Session, now: int) -> None:
    for contact in tx.contacts.page(after="", limit=10):
        silent: Any = {
            "state": "confirmed",
            "answered_at": now,
            "email": "e",
            "block": "b",
            "question": "",
            "kind": "choose",
            "points": "[]",
        }
        leads.qualify(tx, contact["id"], [silent], now)


def found(store: Store, typed: str) -> list[str]:
    with store.read() as tx:
        wanted = Filter(today="2026-11-22", text=typed)
        rows, stages = inbox.search(tx, wanted)
        assert stages["cold"] == len(rows)
    return sorted(row["address"].split("@")[0] for row in rows)


@pytest.mark.parametrize(
    "typed",
    [
        *("álvaro", "Álvaro", "ÁLVARO", "alvaro", "A\u0301lvaro", " nunez ", "ÑANDÚ", "nandu", "lvar"),
        *("alvaro nunez", "nuñez álvaro", "ñandu peña núñez cafe example.com alvaro", "alvaro@example.com"),
    ],
)
def test_accents_case_and_the_order_of_words_do_not_matter(people: Store, typed: str) -> None:
    assert found(people, typed) == ["alvaro"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", ["alvaro", "bjork", "maria.jose"]),
        ("   ", ["alvaro", "bjork", "maria.jose"]),
        ("example", ["alvaro", "bjork"]),
        ("strasse", ["bjork"]),
        ("o'hara björk", ["bjork"]),
        ("maria gomez vision optica jose correo.co", ["maria.jose"]),
        ("álvaro gómez", []),
        ("nadie", []),
    ],
)
def test_each_word_must_be_found_somewhere_about_the_person(people: Store, typed: str, names: list[str]) -> None:
    assert found(people, typed) == names


@pytest.mark.parametrize(
    ("typed", "names"), [("%", ["maria.jose"]), ("20%", ["maria.jose"]), ("_", ["bjork"]), ("\\", [])]
)
def test_what_a_person_types_is_never_a_wildcard(people: Store, typed: str, names: list[str]) -> None:
    assert found(people, typed) == names


def test_words_beyond_the_sixth_count_too(people: Store) -> None:
    assert found(people, "al va ro nu nez pe example") == []
    assert found(people, "al va ro nu nez pe nandu") == ["alvaro"]
    assert found(people, "al va ro nu nez pe nadie") == []


def test_a_person_is_found_by_what_was_known_before_and_by_what_is_new(people: Store, now: int) -> None:
    written = people.write(lambda tx: contacts.upsert(tx, "alvaro@EXAMPLE.com", now, last_name="Ibáñez"))
    assert written["search_text"] == "alvaro@example.com alvaro ibanez cafe nandu"
    assert found(people, "alvaro ibanez nandu") == ["alvaro"]
    assert found(people, "nunez") == []


def test_an_import_over_known_people_leaves_nobody_unfolded(people: Store, now: int) -> None:
    again = "correo,empresa\nmaria.jose@correo.co,Panadería Ática\nnueva@example.com,Ñame\n"
    csv_import.import_contacts(people, csv_import.read(again.encode())[0], now)
    assert found(people, "maria panaderia atica") == ["maria.jose"]
    with people.read() as tx:
        assert tx.contacts.unfolded() == []
        for contact in tx.contacts.page(after="", limit=10):
            assert contact["search_text"] == search.text_of(contact)


def test_folding_twice_is_as_good_as_once() -> None:
    for text in ("Álvaro", "İstanbul", "ﬁn", "ΐ", "ªº", "Straße", "हिन्दी", "❤️"):
        assert search.fold(search.fold(text)) == search.fold(text)
