"""Whoever leaves is left alone at once."""

import pytest

from server.contacts import contacts, suppressions
from server.store import Store
from tests.server.sending.messages import queue, state


def test_unsubscribing_stops_queued_marketing_at_once_and_nothing_else(store: Store, now: int) -> None:
    ana = store.write(lambda tx: contacts.upsert(tx, "Ana@Example.com", now))["id"]
    beto = store.write(lambda tx: contacts.upsert(tx, "beto@example.com", now))["id"]
    news, order = queue(store, ana, now), queue(store, ana, now, mail_class="transactional")
    of_beto = queue(store, beto, now)
    done = store.write(lambda tx: suppressions.unsubscribe(tx, ana, news, now))
    assert done == (False, 1)
    assert state(store, ana, news) == ("stopped", "unsubscribed")
    assert state(store, ana, order) == ("queued", "")
    assert state(store, beto, of_beto) == ("queued", "")
    with store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == {"marketing"}
        assert suppressions.covers(tx, "beto@example.com") == set()


def test_unsubscribing_twice_is_as_good_as_once(store: Store, now: int) -> None:
    ana = store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now))["id"]
    store.write(lambda tx: suppressions.unsubscribe(tx, ana, "m1", now))
    assert store.write(lambda tx: suppressions.unsubscribe(tx, ana, "m2", now + 5)) == (True, 0)
    with store.read() as tx:
        (row,) = tx.suppressions.of_address(address_key="ana@example.com")
    assert row == {"scope": "marketing", "reason": "unsubscribed", "at": now}


def test_a_stranger_cannot_be_unsubscribed(store: Store, now: int) -> None:
    with pytest.raises(LookupError):
        store.write(lambda tx: suppressions.unsubscribe(tx, "nobody", "m", now))
