"""A page that is left open: what it reports, and what the worker makes of it once the hold is over."""

from __future__ import annotations

import re

import pytest

from server.capture import left_open
from server.capture.rules import Rules
from server.contacts import erase
from tests.server.world import HOLD_MS, World

RULES = Rules(patience_ms=0)
JSON = {"Accept": "application/json"}


class Visit:
    """Somebody's browser with the page of one link open."""

    def __init__(
        self, world: World, choice: str = "crm", block: str = "need", name: str = "ana", network: str = "127.0.0.1"
    ) -> None:
        self.world, self.choice = world, choice
        self.client, self.path = world.visitor(), f"/a/{world.token(name, block)}"
        self.client.environ_base = {**self.client.environ_base, "REMOTE_ADDR": network}
        self.page = self.client.get(f"{self.path}/{choice}").text
        found = re.search(r'name="nonce" value="([^"]+)"', self.page)
        assert found
        self.nonce = found[1]

    def report(self, **form: str) -> int:
        said = {"nonce": self.nonce, "choice": self.choice, "dwell": "2100", "visible": "1", **form}
        return self.client.post(f"{self.path}/sign", data=said, headers=JSON).status_code

    def settle(self, after_ms: int = HOLD_MS + 60_000) -> int:
        self.world.app.extensions["acto"].hit_buffer.flush()
        return left_open.settle_due(self.world.store, self.world.now + after_ms, RULES)


def state(world: World, block: str = "need") -> tuple[list[str], str, str] | None:
    answer = world.answer("ana", block)
    return (answer["values"], answer["grade"], answer["state"]) if answer else None


def test_a_report_is_a_hit_and_no_answer(world: World) -> None:
    visit = Visit(world)
    assert visit.report(sign="touch", viewed="1") == 200
    assert visit.settle(HOLD_MS - 1) == 0
    assert [hit["purpose"] for hit in world.hits("ana")] == ["answer", "sign"]
    assert world.events("ana") == [] and world.lead("ana") is None


def test_the_marked_choice_counts_once_the_hold_is_over(world: World) -> None:
    visit = Visit(world)
    visit.report(viewed="1")
    visit.report(sign="wheel", viewed="1")
    assert (visit.settle(), visit.settle()) == (1, 0)
    assert state(world) == (["crm"], "left_open", "confirmed")
    assert world.events("ana")[0]["reasons"] == '["left_open"]'
    world.post("ana", "need", "numbers", gesture="touch")
    assert state(world) == (["numbers"], "gestured", "confirmed"), "a press says more"


def test_without_a_sign_minutes_after_the_sending_it_is_undecided(world: World) -> None:
    visit = Visit(world)
    visit.report(viewed="1")
    visit.settle()
    assert state(world) == (["crm"], "left_open", "undecided")


@pytest.mark.parametrize(
    "what",
    [
        {"sign": "touch"},
        {"sign": "touch", "viewed": "1", "keep": "0"},
        {"sign": "nonsense", "choice": "no such", "viewed": "1"},
    ],
)
def test_what_was_not_seen_or_not_wanted_is_not_kept(world: World, what: dict[str, str]) -> None:
    visit = Visit(world)
    visit.report(**what)
    visit.settle()
    assert state(world) is None


def test_an_answer_another_option_not_me_or_leaving_stops_it(world: World) -> None:
    for stop in ("answer", "option", "not me", "leave"):
        visit = Visit(world, "follow_up" if stop == "option" else "crm")
        visit.report(sign="touch", viewed="1")
        if stop == "answer":
            world.post("ana", "need", "numbers", gesture="touch")
        elif stop == "option":
            Visit(world, "proposals")
        elif stop == "not me":
            visit.client.post(f"/n/{world.token('ana', 'need')}")
        else:
            visit.client.post(f"/u/{world.token('ana', '', 'unsubscribe')}", data={"List-Unsubscribe": "One-Click"})
        visit.settle()
        assert {event["grade"] for event in world.events("ana")} <= {"gestured", "posted"}, stop


def test_a_page_waits_while_an_answer_that_may_be_a_machines_waits(world: World) -> None:
    visit = Visit(world)
    visit.report(sign="touch", viewed="1")
    scanner = world.visitor()

    def answer(choice: str) -> None:
        form = {"choice": choice, "nonce": world.nonce(), "gesture": ""}
        scanner.post(visit.path, data=form, headers={"User-Agent": "Mozilla/5.0 Chrome/131.0"})

    world.now += 60_000
    answer("numbers")
    assert (visit.settle(HOLD_MS - 60_000), state(world)) == (0, (["numbers"], "posted", "provisional"))
    answer("proposals")
    answer("follow_up")
    assert (visit.settle(HOLD_MS), state(world)) == (1, (["crm"], "left_open", "confirmed"))


def test_what_a_program_of_the_reader_fetches_later_overtakes_no_page(world: World) -> None:
    visit = Visit(world)
    visit.report(sign="touch", viewed="1")
    fetched = {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "no-cors"}
    visit.client.get(f"{visit.path}/numbers", headers=fetched)
    assert visit.settle() == 1


def test_only_rate_and_choose_say_that_they_keep(world: World) -> None:
    assert 'data-keeps="crm"' in Visit(world).page
    assert "data-keeps" not in Visit(world, "yes", "call").page
    visit = Visit(world, "yes", "call")
    visit.report(sign="touch", viewed="1")
    visit.settle()
    assert state(world, "call") is None


def test_an_erased_person_keeps_no_open_page(world: World) -> None:
    visit = Visit(world)
    visit.report(sign="touch", viewed="1")
    world.hits("ana")
    with world.store.read() as tx:
        assert len(tx.open_pages.due(now=world.now + 2 * HOLD_MS, limit=9)) == 1
    world.store.write(lambda tx: erase.erase(tx, world.people["ana"]["id"]))
    assert visit.settle() == 0


@pytest.mark.parametrize("nonce", ["", "short", "x" * 200])
def test_a_report_that_is_none_of_ours_is_refused(world: World, nonce: str) -> None:
    visit = Visit(world)
    visit.nonce = nonce
    assert visit.report(sign="touch", viewed="1") == 400


def test_pages_of_one_mail_left_open_from_three_networks_without_a_sign_are_undecided(world: World) -> None:
    """A queue that opens one link after another for days, each from another network, is no person."""
    world.now += 3_600_000
    links = (("need", "crm"), ("process", "4"), ("when", "someday"))
    for number, (block, choice) in enumerate(links):
        visit = Visit(world, choice, block, network=f"198.51.{number}.7")
        visit.report(viewed="1")
        assert visit.settle() == 1
        world.now += HOLD_MS + 3_600_000
    assert [state(world, block) for block, _ in links] == [([choice], "left_open", "undecided") for _, choice in links]
