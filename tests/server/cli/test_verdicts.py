"""`acto verdicts`, as an operator types it."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from server.cli import main
from tests.server.world import World


def acto(world: World, *words: str, **changes: str) -> Result:
    settings = {"ACTO_DATABASE": world.settings.database, "ACTO_PATIENCE_SECONDS": "0", **changes}
    return CliRunner(env=settings).invoke(main, ["verdicts", *words])


def contradict(world: World) -> None:
    for choice in ("crm", "follow_up", "proposals"):
        world.post("ana", "need", choice, gesture="pointer")


def test_recomputing_under_another_setting_lists_what_changed_and_counts_it(world: World) -> None:
    world.post("ana", "need", "crm")
    strict = {"ACTO_EVIDENCE_STRICT": "yes"}
    done = acto(world, "--recompute", "--json", **strict)
    assert done.exit_code == 0, done.output
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["before"], line["now"], line["block"]) == ("person", "undecided", "need")
    assert "1 person -> undecided" in done.stderr
    assert "0 verdicts changed" in acto(world, "--recompute", **strict).stderr


def test_a_store_of_the_first_rules_says_what_the_new_ones_change(world: World) -> None:
    """The first rules took a quick person for a machine: three links in twenty seconds, one slip among them."""
    for block, choice in (("need", "crm"), ("need", "follow_up"), ("when", "this_month")):
        world.post("ana", block, choice, gesture="pointer")
    old = {
        "verdict": "machine",
        "signs": '[["options_burst",{"options":2,"links":3,"seconds":5}]]',
        "rules": 1,
        "stands_at": 0,
    }
    for event in world.events("ana"):
        key = {name: event[name] for name in ("contact_id", "message_id", "block", "nonce")}
        world.store.write(lambda tx, key=key: tx.events.judge(**key, **old, now=world.now))  # type: ignore[misc]
    done = acto(world, "--recompute")
    assert "3 machine -> person" in done.stderr
    answer = world.answer("ana", "need")
    assert answer and (answer["values"], answer["state"]) == (["follow_up"], "confirmed")


def test_the_export_is_a_json_object_a_hit_with_its_signs(world: World) -> None:
    contradict(world)
    lines = [json.loads(line) for line in acto(world, "--export").stdout.splitlines()]
    assert [line["method"] for line in lines] == ["POST"] * 3
    assert {line["verdict"] for line in lines} == {"machine"}
    assert lines[0]["signs"][0][0] == "contradictions"


def test_one_of_the_two_must_be_said(world: World) -> None:
    assert acto(world).exit_code == acto(world, "--recompute", "--export").exit_code == 2


def test_leads_that_nobody_but_machines_made_are_listed_when_asked_for(world: World) -> None:
    contradict(world)
    run = CliRunner(env={"ACTO_DATABASE": world.settings.database}).invoke
    assert run(main, ["leads"]).stdout == ""
    assert "ana@example.com" in run(main, ["leads", "--all"]).stdout
