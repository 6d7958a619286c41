"""`acto check` sees each kind of damage, says what to do, and mends what is drawn from something else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import pytest
from click.testing import CliRunner, Result

from server import integrity
from server.capture.overrides import Decision, overrule
from server.cli import main
from server.integrity.findings import KINDS, MEND
from tests.server import troubles
from tests.server.integrity import test_afterwards
from tests.server.world import World

if TYPE_CHECKING:
    from server.store.queries.events import EventsOfContactRow

HARM = {  # what is found -> what a hand that is not ours did, in an order in which none hides another
    "contact_not_found_by": "UPDATE contacts SET first_name = 'Anna' WHERE id = '{ana}'",
    "lead_differs": "UPDATE leads SET interest = interest + 1 WHERE contact_id = '{ana}'",
    "lead_missing": "DELETE FROM leads WHERE contact_id = '{grace}'",
    "lead_of_nothing": "UPDATE leads SET contact_id = 'nobody' WHERE contact_id = '{ana}'",
    "answer_differs": "UPDATE answers SET value = '[\"numbers\"]' WHERE contact_id = '{ana}' AND block = 'need'",
    "answer_missing": "DELETE FROM answers WHERE contact_id = '{ana}' AND block = 'when'",
    "answer_of_nothing": "DELETE FROM events WHERE contact_id = '{ana}' AND block = 'process'",
    "overrule_not_followed": "UPDATE events SET verdict = 'machine' WHERE contact_id = '{ana}' AND block = 'call'",
    "overrule_of_no_event": "UPDATE overrules SET nonce = 'of-no-page' WHERE contact_id = '{ana}'",
    "event_of_the_future": "UPDATE events SET rules = 999 WHERE contact_id = '{ana}' AND block = 'when'",
    "event_unreadable": "UPDATE events SET value = 'crm' WHERE contact_id = '{ana}' AND block = 'need'",
    "message_in_no_state": "UPDATE messages SET state = 'lost' WHERE contact_id = '{ana}'",
    "message_of_no_version": "UPDATE messages SET version_id = 'none' WHERE contact_id = '{ana}'",
    "version_broken": "UPDATE email_versions SET files = '{{}}'",
    "hit_of_no_message": "UPDATE hits SET message_id = 'none' WHERE contact_id = '{ana}'",
    "event_of_no_message": "DELETE FROM messages WHERE contact_id = '{grace}'",
    "message_of_nobody": "DELETE FROM contacts WHERE id = '{ana}'",
    "lead_of_nobody": "",  # the lead of nothing is nobody's too
}
MENDED = [kind for kind in HARM if KINDS[kind][1] == MEND]


@pytest.fixture
def answered(world: World) -> World:
    """Ana has answered everything and somebody looked at it; Grace answered once, changed her mind, and waits."""
    for block, choice in (("process", "4"), ("need", "crm"), ("when", "this_month"), ("call", "yes")):
        assert world.post("ana", block, choice, gesture="pointer").status_code == 200
    world.post("grace", "need", "crm")
    world.post("grace", "need", "numbers", gesture="key")
    world.post("grace", "when", "someday")
    event = next(each for each in world.events("ana") if each["block"] == "call")
    decide(world, event, "person")
    return world


def decide(world: World, event: EventsOfContactRow, verdict: Literal["machine", "person"]) -> None:
    place = event["contact_id"], event["message_id"], event["block"], event["nonce"]
    decision = Decision(*place, verdict, "I called her", "eva@example.com")
    overrule(world.store, decision, world.app.extensions["acto"].rules, world.now)


def kinds(world: World) -> set[str]:
    return {finding.kind for finding in integrity.check(world.store, world.now)}


def harm(world: World, kind: str) -> None:
    ids = {name: row["id"] for name, row in world.people.items()}
    if HARM[kind]:
        troubles.execute(world.store, world.settings.database, HARM[kind].format(**ids))


def acto(world: World, *arguments: str) -> Result:
    return CliRunner(env={"ACTO_DATABASE": world.settings.database}).invoke(main, ["check", *arguments])


def test_a_store_in_use_is_as_it_should_be(answered: World) -> None:
    done = acto(answered)
    assert (done.exit_code, done.stdout) == (0, ""), done.output
    assert "2 contacts, 2 messages" in done.stderr


def test_each_kind_of_damage_is_seen_and_says_what_to_do(answered: World) -> None:
    assert kinds(answered) == set()
    for kind in HARM:
        if HARM[kind]:
            assert kind not in kinds(answered), kind
        harm(answered, kind)
        found = [each for each in integrity.check(answered.store, answered.now) if each.kind == kind]
        assert found, f"{kind} was not seen"
        assert found[0].sentence.count("{") == 0 and found[0].remedy
    assert {*HARM, *test_afterwards.HARM, "file_damaged"} == set(KINDS), "every kind is broken once"
    assert acto(answered).exit_code == 1


def test_what_is_drawn_from_something_else_is_mended(answered: World) -> None:
    for kind in MENDED:
        harm(answered, kind)
    assert len(kinds(answered)) >= 5
    line = json.loads(acto(answered, "--json").stdout.splitlines()[-1])
    assert line["kind"] in MENDED and "--mend" in line["remedy"]
    assert acto(answered, "--mend").exit_code == 0
    assert kinds(answered) == set()
    answer = answered.answer("ana", "need")
    assert answer and answer["values"] == ["crm"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_damaged_file_is_told(answered: World) -> None:
    """PostgreSQL looks at the checksums of its pages itself."""
    answered.store.close()
    with open(answered.settings.database, "r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\xff" * 4096)
    done = acto(answered)
    assert done.exit_code == 1
    assert "damaged" in done.output
