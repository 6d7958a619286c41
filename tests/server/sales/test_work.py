"""What sales does with a lead, on each engine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from server.sales import inbox, work
from server.sales.history import NotPossible
from server.sales.inbox import Filter
from server.sales.work import AlreadyOwned
from server.store import Session
from tests.server.world import World

TODAY = "2026-11-22"
LAURA, PEDRO = "user-laura", "user-pedro"


@pytest.fixture
def ana(world: World) -> str:
    """A lead."""
    world.post("ana", "need", "crm", gesture="pointer")
    return str(world.people["ana"]["id"])


def does(world: World, step: Callable[[Session], object]) -> None:
    world.store.write(step)


def listed(world: World, **filters: str) -> list[str]:
    with world.store.read() as tx:
        return [row["first_name"] for row in inbox.search(tx, Filter(today=TODAY, **filters)).rows]  # type: ignore[arg-type]


def told(world: World, contact_id: str) -> list[tuple[str, str, str]]:
    with world.store.read() as tx:
        rows = tx.activities.of_contact(contact_id=contact_id)
    return [(row["kind"], row["text"], row["by_whom"]) for row in rows if row["kind"] != "stage"]


def test_who_decides_a_stage_waits_for_whoever_is_settling_an_answer(world: World, ana: str) -> None:
    """Else the answer would tell of a stage that somebody has decided otherwise by then."""
    reached, waited = threading.Event(), threading.Event()

    def settles(tx: Session) -> bool:
        tx.contacts.lock(id=ana)
        reached.set()
        return waited.wait(0.3)

    def decides(tx: Session) -> None:
        work.pin(tx, ana, "hot", "Laura", world.now)
        waited.set()

    with ThreadPoolExecutor(2) as pool:
        settling = pool.submit(world.store.write, settles)
        reached.wait()
        pool.submit(world.store.write, decides).result()
        assert not settling.result()


def test_a_stage_is_counted_no_further_than_a_page_says(world: World, ana: str) -> None:
    world.post("grace", "need", "crm", gesture="pointer")
    with world.store.read() as tx:
        assert sum(inbox.search(tx, Filter(today=TODAY)).stages.values()) == 2
        assert max(inbox.search(tx, Filter(today=TODAY), most=1).stages.values()) == 1


def test_a_search_says_how_many_are_in_each_stage_also_where_the_asked_one_is_empty(world: World, ana: str) -> None:
    stage = str(world.lead("ana")["stage"])
    with world.store.read() as tx:
        found = inbox.search(tx, Filter(today=TODAY, text="ana", stage="hot"))
        assert (found.rows, found.stages[stage]) == ([], 1)
        assert not any(inbox.search(tx, Filter(today=TODAY, text="nobody")).stages.values())


def test_of_two_who_take_the_same_lead_the_second_is_told_who_has_it(world: World, ana: str) -> None:
    does(world, lambda tx: work.take(tx, ana, LAURA, "", "Laura", world.now))
    with pytest.raises(AlreadyOwned) as taken:
        does(world, lambda tx: work.take(tx, ana, PEDRO, "", "Pedro", world.now))
    assert taken.value.owner_id == LAURA
    assert told(world, ana) == [("owner", LAURA, "Laura")]
    assert (listed(world, owner=LAURA), listed(world, owner=inbox.NOBODY)) == (["Ana"], [])


def test_who_is_put_off_leaves_the_list_until_the_day(world: World, ana: str) -> None:
    does(world, lambda tx: work.snooze(tx, ana, "2026-11-23", "Laura", world.now))
    assert (listed(world), listed(world, view="snoozed")) == ([], ["Ana"])
    with world.store.read() as tx:
        assert inbox.search(tx, Filter(today="2026-11-23")).rows


def test_a_day_stays_the_same_day_for_who_moves_to_another_time_zone(world: World, ana: str) -> None:
    """It is a day of a calendar and no moment."""
    does(world, lambda tx: work.plan(tx, ana, "Llamar", "2026-11-30", "Laura", world.now))
    assert world.lead("ana")["next_on"] == "2026-11-30"


def test_won_and_lost_stand_with_their_reason_and_can_be_opened_again(world: World, ana: str) -> None:
    does(world, lambda tx: work.finish(tx, ana, "lost", "Sin presupuesto", "Laura", world.now))
    assert (listed(world), listed(world, view="lost")) == ([], ["Ana"])
    does(world, lambda tx: work.reopen(tx, ana, "Laura", world.now + 1))
    assert listed(world) == ["Ana"]
    assert told(world, ana) == [("lost", "Sin presupuesto", "Laura"), ("reopened", "", "Laura")]


def test_a_stage_that_somebody_decided_outlasts_points_until_it_is_let_go(world: World, ana: str) -> None:
    does(world, lambda tx: work.pin(tx, ana, "hot", "Laura", world.now))
    world.post("ana", "when", "someday", gesture="pointer")
    lead = world.lead("ana")
    assert (lead["stage"], lead["scored_stage"]) == ("hot", "warm")
    does(world, lambda tx: work.pin(tx, ana, "", "Laura", world.now))
    assert world.lead("ana")["stage"] == "warm"


def test_tags_are_found_and_taken_away_again(world: World, ana: str) -> None:
    for name in ("fair", "a_b"):
        does(world, lambda tx, name=name: work.tag(tx, ana, name, "Laura", world.now))  # type: ignore[misc]
    assert (listed(world, tag="fair"), listed(world, tag="axb")) == (["Ana"], []), "_ is no wildcard"
    does(world, lambda tx: work.tag(tx, ana, "fair", "Laura", world.now, remove=True))
    assert listed(world, tag="fair") == []


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (lambda tx, lead: work.plan(tx, lead, "Llamar", "mañana", "Laura", 0), "next_on"),
        (lambda tx, lead: work.snooze(tx, lead, "2026-02-30", "Laura", 0), "until"),
        (lambda tx, lead: work.note(tx, lead, " \n\x00", "Laura", 0), "note"),
        (lambda tx, lead: work.finish(tx, lead, "won", "", "Laura", 0), "reason"),
        (lambda tx, lead: work.finish(tx, lead, "maybe", "Sí", "Laura", 0), "reason"),
        (lambda tx, lead: work.pin(tx, lead, "boiling", "Laura", 0), "stage"),
        (lambda tx, lead: work.tag(tx, lead, "a tag", "Laura", 0), "tag"),
    ],
)
def test_what_cannot_be_names_its_field_and_leaves_no_trace(
    world: World, ana: str, step: Callable[[Session, str], None], field: str
) -> None:
    with pytest.raises(NotPossible) as wrong:
        does(world, lambda tx: step(tx, ana))
    assert wrong.value.field == field
    assert told(world, ana) == []


def test_a_person_without_a_lead_cannot_be_worked_on(world: World) -> None:
    with pytest.raises(LookupError):
        does(world, lambda tx: work.note(tx, world.people["grace"]["id"], "Hola", "Laura", 0))
