"""The first commands in a folder of one's own: a starter, a send that would be stopped, a demo beside real people."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.cli import samples
from server.contacts import csv_import
from server.errors import CannotDo
from server.sending import outbox
from server.store import Store
from tests.server.cli.conftest import Run


def test_a_starter_becomes_an_email_of_ones_own(acto: Run, tmp_path: Path) -> None:
    mine = {"ACTO_TEMPLATES_DIR": str(tmp_path / "mine")}
    assert acto("new", "autumn", "--from", "diagnosis", **mine).returncode == 0
    assert (tmp_path / "mine/_shared/brand.mjml").exists()
    assert acto("lint", str(tmp_path / "mine/autumn"), **mine).returncode == 0
    taken = acto("new", "autumn", "--from", "win-back", **mine)
    assert taken.returncode == 1 and "exists already" in taken.stderr
    unknown = acto("new", "winter", "--from", "nothing", **mine)
    assert unknown.returncode == 1 and "Starter emails: appointment-reminder" in unknown.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ACTO_POSTAL_ADDRESS": ""}, "postal address is missing"),
        ({"ACTO_BASE_URL": "http://example.com"}, "One-click unsubscribe needs https"),
        ({"ACTO_POSTAL_ADDRESS": "", "LANG": "es_CO.UTF-8"}, "Falta la dirección postal"),
    ],
)
def test_what_would_be_stopped_is_not_queued(acto: Run, store: Store, changes: dict[str, str], said: str) -> None:
    done = acto("send", "diagnosis", "--to", "ana@example.com", **changes)
    assert done.returncode == 1 and said in done.stderr
    with store.read() as tx:
        assert not outbox.counts(tx)


def test_the_demo_leaves_real_people_alone(store: Store, now: int) -> None:
    samples.refuse_real_people(store)
    csv_import.import_contacts(store, csv_import.read(b"email\nreal@example.com\n")[0], now)
    with pytest.raises(CannotDo, match="your own contacts"):
        samples.refuse_real_people(store)


def test_the_demo_runs_again_where_it_ran_and_beside_who_came_since(store: Store, now: int) -> None:
    csv_import.import_contacts(store, samples.people(), now)
    csv_import.import_contacts(store, csv_import.read(b"email\nreal@example.com\n")[0], now)
    samples.refuse_real_people(store)
    with store.read() as tx:
        assert tx.contacts.count() == len(samples.people()) + 1
