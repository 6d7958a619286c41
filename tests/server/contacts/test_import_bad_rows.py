"""A bad row neither excludes a good one of the same address nor loses the refusal that it contains."""

from __future__ import annotations

import pytest

from server.contacts import contacts, suppressions
from server.contacts.imports import staging
from server.store import Store
from tests.server.contacts import importing
from tests.server.contacts.importing import contact, outcomes, run, stage

MANY = ["too_many_cells"]


@pytest.mark.parametrize("bad", ["a@example.org,Ana,extra", "a@example.org,An\0a"])
def test_a_good_row_after_a_bad_one_of_the_same_address_is_imported(store: Store, now: int, bad: str) -> None:
    import_id = stage(store, f"email,nombre\n{bad}\na@example.org,Ana\na@example.org,Again\n", now)
    assert [outcome for _, outcome, _ in outcomes(store, import_id)] == ["left_out", "new", "left_out"]
    run(store, import_id, now)
    assert contact(store, "a@example.org")["first_name"] == "Ana"


def test_the_same_holds_when_another_column_becomes_the_address(store: Store, now: int) -> None:
    import_id = stage(store, "email,otro\nx@example.org,a@example.org,extra\ny@example.org,a@example.org\n", now)
    staging.use_columns(store, import_id, ["", "email"])
    importing.work(store, import_id, now)
    assert outcomes(store, import_id) == [(2, "left_out", MANY), (3, "new", [])]


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("a@example.org,unsubscribed,Casa,extra", {"marketing"}),
        ("a@example.org,subscribed,Casa,extra", set()),
        ("a@example.org,Ruiz,unsubscribed,Casa", {"marketing"}),  # a comma without quotes moved the status
        ("a@example.org,Casa,Taller,bounced,Centro", {"all"}),
        ("a@example.org,do not contact,Ca\0sa", {"all"}),
        (",unsubscribed,Casa,extra", set()),
    ],
)
def test_the_refusal_of_a_bad_row_holds(store: Store, now: int, row: str, refused: set[str]) -> None:
    store.write(lambda tx: contacts.upsert(tx, "a@example.org", now - 9, company="Before"))
    import_id = stage(store, f"email,status,empresa\n{row}\n", now)
    assert [outcome for _, outcome, _ in outcomes(store, import_id)] == ["left_out"]
    run(store, import_id, now)
    with store.read() as tx:
        assert suppressions.covers(tx, "a@example.org") == refused
    assert contact(store, "a@example.org")["company"] == "Before"


def test_of_several_refusals_of_one_address_none_is_lost(store: Store, now: int) -> None:
    rows = "a@example.org,bounced\na@example.org,unsubscribed\na@example.org,unsubscribed,extra\n"
    run(store, stage(store, f"email,status\n{rows}", now), now)
    with store.read() as tx:
        assert suppressions.covers(tx, "a@example.org") == {"all", "marketing"}
