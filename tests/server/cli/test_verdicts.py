"""`acto verdicts`, as an operator types it."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from server.cli import main
from tests.server.world import World


def acto(world: World, *words: str, **changes: str) -> Result:
    settings = {"ACTO_DATABASE": world.settings.database, "ACTO_PATIENCE_SECONDS": "0", **changes}
    return CliRunner(env=settings).invoke(main, ["verdicts", *words])


def swept(world: World) -> None:
    for choice in ("crm", "follow_up", "proposals", "numbers"):
        world.visitor().get(f"/a/{world.token('ana', 'need')}/{choice}")
    world.hits("ana")
    world.post("ana", "need", "crm", gesture="pointer")


def test_recomputing_under_another_threshold_lists_what_changed_and_counts_it(world: World) -> None:
    swept(world)
    mild = {"ACTO_EVIDENCE_OPTIONS": "99"}
    done = acto(world, "--recompute", "--json", **mild)
    assert done.exit_code == 0, done.output
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (line["before"], line["now"], line["block"]) == ("machine", "person", "need")
    assert "1 machine -> person" in done.stderr
    assert "0 verdicts changed" in acto(world, "--recompute", **mild).stderr


def test_the_export_is_a_json_object_a_hit_with_its_signs(world: World) -> None:
    swept(world)
    lines = [json.loads(line) for line in acto(world, "--export").stdout.splitlines()]
    assert [line["method"] for line in lines] == ["GET"] * 4 + ["POST"]
    assert {line["verdict"] for line in lines} == {"machine"}
    assert lines[0]["signs"][0][0] == "options_burst"


def test_one_of_the_two_must_be_said(world: World) -> None:
    assert acto(world).exit_code == acto(world, "--recompute", "--export").exit_code == 2


def test_leads_that_nobody_but_machines_made_are_listed_when_asked_for(world: World) -> None:
    swept(world)
    run = CliRunner(env={"ACTO_DATABASE": world.settings.database}).invoke
    assert run(main, ["leads"]).stdout == ""
    assert "ana@example.com" in run(main, ["leads", "--all"]).stdout
