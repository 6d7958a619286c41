"""Contacts and their addresses."""

import pytest

from server.contacts import addresses, contacts
from server.store import Store


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        (" Ana.Perez@Example.COM ", "ana.perez@example.com"),
        ("ana@ESPAÑA.es", "ana@xn--espaa-rta.es"),
        ("ana+boletin@example.com", "ana+boletin@example.com"),
    ],
)
def test_an_address_is_compared_by_its_lower_case_and_its_domain_by_idna(written: str, compared: str) -> None:
    assert addresses.key(written) == compared


@pytest.mark.parametrize(
    "bad",
    ["", "ana", "ana@", "ana@x", "a..b@example.com", "ana@exa mple.com", "josé@example.com", "a@x.com\nBcc: b@y.com"],
)
def test_what_is_no_address_is_refused_with_a_reason(bad: str) -> None:
    with pytest.raises(addresses.BadAddress) as caught:
        addresses.key(bad)
    assert caught.value.why


def test_the_same_person_is_found_however_the_address_is_written(store: Store, now: int) -> None:
    ana = store.write(lambda tx: contacts.upsert(tx, "Ana@Example.com", now, first_name="Ana", company="Acme"))
    again = store.write(lambda tx: contacts.upsert(tx, "ana@example.COM", now + 1, last_name="Pérez"))
    assert again["id"] == ana["id"]
    assert (again["first_name"], again["last_name"], again["company"]) == ("Ana", "Pérez", "Acme")
    assert (again["created_at"], again["updated_at"]) == (now, now + 1)
    with store.read() as tx:
        assert contacts.find(tx, "ANA@example.com") == contacts.by_id(tx, ana["id"]) == again
        assert contacts.find(tx, "beto@example.com") is None
