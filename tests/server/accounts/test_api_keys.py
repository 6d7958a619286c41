"""Keys for programs: shown once, kept as a hash, ended by time or by hand."""

from __future__ import annotations

import pytest

from server.accounts import api_keys, audit
from server.accounts.api_keys import NotMade
from server.store import Session, Store

ANA = "ana@lumbre.example"


def find(store: Store, secret: str, now: int) -> api_keys.Key | None:
    with store.read() as tx:
        return api_keys.find(tx, secret, now)


def test_a_key_opens_what_it_was_made_for_until_its_end(store: Store, now: int) -> None:
    secret = api_keys.make(store, ANA, "CRM", ["leads:read", "contacts:write"], 30, now)
    found = find(store, secret, now)
    assert found
    assert (found.name, found.scopes) == ("CRM", frozenset({"leads:read", "contacts:write"}))
    for wrong in (secret[:-1], secret + "x", secret.upper(), secret.removeprefix("acto_"), "", "acto_"):
        assert find(store, wrong, now) is None
    assert find(store, secret, now + 30 * api_keys.DAY_MS - 1)
    assert find(store, secret, now + 30 * api_keys.DAY_MS) is None


def test_a_revoked_key_stops_at_once_and_for_good(store: Store, now: int) -> None:
    secret = api_keys.make(store, ANA, "CRM", ["leads:read"], None, now)
    found = find(store, secret, now + 10**13)
    assert found
    assert api_keys.revoke(store, ANA, found.id, now + 1)
    assert not api_keys.revoke(store, ANA, found.id, now + 2)
    assert not api_keys.revoke(store, ANA, "no such key", now)
    assert find(store, secret, now + 2) is None
    with store.read() as tx:
        assert [each["what"] for each in audit.newest(tx)] == ["key.revoked", "key.made"]


def test_the_database_does_not_hold_the_secret(store: Store, now: int) -> None:
    secret = api_keys.make(store, ANA, "CRM", ["leads:read"], None, now)
    with store.read() as tx:
        kept = repr(tx.api_keys.newest()) + repr(audit.newest(tx))
    assert secret[:10] in kept
    assert secret[:14] not in kept


@pytest.mark.parametrize(
    ("name", "scopes", "why"), [("", ["leads:read"], "name"), ("x", [], "scopes"), ("x", ["all"], "scopes")]
)
def test_a_key_without_a_name_or_a_scope_is_not_made(
    store: Store, now: int, name: str, scopes: list[str], why: str
) -> None:
    with pytest.raises(NotMade) as caught:
        api_keys.make(store, ANA, name, scopes, None, now)
    assert caught.value.why == why


def test_what_was_done_is_written_with_the_deed_or_not_at_all(store: Store, now: int) -> None:
    def fails(tx: Session) -> None:
        audit.add(tx, ANA, "data.exported", "leads", now)
        raise LookupError

    with pytest.raises(LookupError):
        store.write(fails)
    with pytest.raises(ValueError, match="no deed"):
        store.write(lambda tx: audit.add(tx, ANA, "danced", "", now))
    for number, (who, what) in enumerate([(ANA, "data.exported"), (ANA, "key.made"), ("acto", "user.role")]):
        store.write(lambda tx, row=(who, what, number): audit.add(tx, row[0], row[1], "x", now + row[2], n=row[2]))  # type: ignore[misc]
    with store.read() as tx:
        everything = audit.newest(tx)
        assert [each["details"]["n"] for each in everything] == [2, 1, 0]
        assert [each["what"] for each in audit.newest(tx, ANA)] == ["key.made", "data.exported"]
        assert [each["what"] for each in audit.newest(tx, kind="user")] == ["user.role"]
        assert [each["what"] for each in audit.newest(tx, before=everything[0]["id"], limit=1)] == ["key.made"]
        assert audit.people(tx) == ["acto", ANA]
