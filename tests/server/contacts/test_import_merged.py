"""Lists that name a person twice: by the address of a merged contact, or in two lists."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from server.contacts import contacts
from server.contacts.imports import steps
from server.contacts.imports.look import look
from server.store import Session, Store
from tests.server.contacts import importing
from tests.server.contacts.importing import contact, merge, run, stage, undo
from tests.server.sending.messages import queue

LIST = "email,empresa,teléfono\n"


def _merged(store: Store, now: int, *, company: str = "") -> None:
    """a@ was merged into c@."""
    for email in ("a@example.org", "c@example.org"):
        store.write(lambda tx, email=email: contacts.upsert(tx, email, now - 9, company=company))  # type: ignore[misc]
    merge(store, "c@example.org", "a@example.org", now - 5)


@pytest.mark.parametrize("together", [1, 2, 1000])
@pytest.mark.parametrize(
    "rows",
    [
        "a@example.org,X,\nc@example.org,,300 123 4567\n",
        "c@example.org,,300 123 4567\na@example.org,X,\n",
        "a@example.org,X,\nc@example.org,Y,300 123 4567\n",
    ],
)
def test_two_rows_of_one_merged_contact_are_both_undone(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch, together: int, rows: str
) -> None:
    _merged(store, now, company="Before")
    before = contact(store, "c@example.org")
    monkeypatch.setattr(steps, "TOGETHER", together)
    import_id = stage(store, LIST + rows, now)
    store.write(lambda tx: steps.begin(tx, import_id, now))
    for _ in range(4):
        importing.work(store, import_id, now)
    assert contact(store, "c@example.org")["phone"] == "+573001234567"
    undo(store, import_id, now + 1)
    for _ in range(4):
        importing.work(store, import_id, now + 1)
    assert [row["undone"] for row in importing.rows(store, import_id)] == ["yes", "yes"]
    assert {**contact(store, "c@example.org"), "updated_at": 0} == {**before, "updated_at": 0}


def test_a_person_in_a_list_that_was_imported_later_stays(store: Store, now: int) -> None:
    first = stage(store, f"{LIST}z@example.org,,\nonly@example.org,,\nbad@example.org,,\n", now)
    run(store, first, now)
    second = stage(store, f"{LIST}z@example.org,,\nbad@example.org,,,extra\n", now + 1)
    run(store, second, now + 1)
    undo(store, first, now + 2)
    assert [row["undone"] for row in importing.rows(store, first)] == ["listed", "yes", "yes"]
    assert contact(store, "z@example.org") and contact(store, "only@example.org") is None


def test_lists_that_are_undone_from_the_last_to_the_first_leave_nobody(store: Store, now: int) -> None:
    ids = []
    for at in (0, 1):
        ids.append(stage(store, f"{LIST}z@example.org,{at},\n", now + at))
        run(store, ids[-1], now + at)
    for import_id in reversed(ids):
        undo(store, import_id, now + 2)
        assert [row["undone"] for row in importing.rows(store, import_id)] == ["yes"]
    assert contact(store, "z@example.org") is None


def test_a_new_person_with_a_stopped_message_keeps_their_contact(store: Store, now: int) -> None:
    import_id = stage(store, f"{LIST}z@example.org,,\n", now)
    run(store, import_id, now)
    z = contact(store, "z@example.org")["id"]
    queue(store, z, now + 1)
    store.write(lambda tx: tx.messages.stop_marketing(contact_id=z, reason="suppressed_marketing"))
    with store.read() as tx:
        assert [row["state"] for row in tx.messages.of_contact(contact_id=z)] == ["stopped"]
    undo(store, import_id, now + 2)
    assert [row["undone"] for row in importing.rows(store, import_id)] == ["stopped"]
    assert contact(store, "z@example.org")


class Recorded:
    """A transaction that writes down the names of the queries it runs."""

    def __init__(self, tx: Session) -> None:
        self._tx, self.names = tx, list[str]()

    def __getattr__(self, noun: str) -> Any:
        queries, names = getattr(self._tx, noun), self.names

        class Queries(SimpleNamespace):
            def __getattr__(self, name: str) -> Any:
                names.append(f"{noun}.{name}")
                return getattr(queries, name)

        return Queries()


def test_the_addresses_of_a_batch_are_looked_up_in_one_query(store: Store, now: int) -> None:
    for email in ("old@example.org", "older@example.org", "kept@example.org", "last@example.org"):
        store.write(lambda tx, email=email: contacts.upsert(tx, email, now - 9))  # type: ignore[misc]
    merge(store, "kept@example.org", "old@example.org", now - 5)
    store.write(lambda tx: contacts.upsert(tx, "new-old@example.org", now - 4))
    last = merge(store, "last@example.org", "older@example.org", now - 3)
    kept = contact(store, "kept@example.org")["id"]
    row = {"alias_id": "x", "contact_id": last, "by_whom": "Lucía"}
    store.write(lambda tx: tx.contacts.add_alias(**row, email="o", email_key="old@example.org", at=now - 1))
    row["alias_id"] = "y"
    store.write(lambda tx: tx.contacts.add_alias(**row, email="k", email_key="kept@example.org", at=now - 1))
    unknown = "".join(f"u{at}@example.org,,\n" for at in range(50))
    import_id = stage(store, f"{LIST}old@example.org,,\nolder@example.org,,\nkept@example.org,,\n{unknown}", now)

    def work(tx: Session) -> tuple[dict[str, str], list[str]]:
        recorded: Any = Recorded(tx)
        looked = look(recorded, import_id, tx.imports.rows(import_id=import_id, after_line=0, limit=100))
        return {key: each["id"] for key, each in looked.contacts.items()}, recorded.names

    found, names = store.write(work)
    assert names == ["imports.known", "imports.suppressed"]
    assert found == {"old@example.org": last, "older@example.org": last, "kept@example.org": kept}
