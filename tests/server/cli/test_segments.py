"""`acto segments`: the names, a rule in words, the number of people."""

from __future__ import annotations

import json
from pathlib import Path

from server.campaigns import plans
from server.segments import saved
from tests import terminal
from tests.server.segments.test_saved import VIP
from tests.server.world import World


def test_segments_are_listed_shown_and_counted(world: World, tmp_path: Path) -> None:
    world.store.write(lambda tx: saved.add(tx, "Clientes de Bogotá", VIP, "ana@example.com", world.now))
    environ = {"ACTO_DATABASE": world.settings.database}

    def acto(*words: str) -> terminal.Done:
        return terminal.acto(tmp_path, environ, "segments", *words)

    assert acto("list").stdout == "Clientes de Bogotá\n"
    assert acto("show", "clientes de bogota").stdout == "Has the tag “vip”\n"
    assert json.loads(acto("show", "Clientes de Bogotá", "--json").stdout) == VIP
    assert acto("count", "Clientes de Bogotá").stdout == "0\n"
    refused = acto("count", "nobody")
    assert refused.returncode == 1 and "There is no segment “nobody”." in refused.stderr


def test_segments_are_saved_renamed_and_deleted(world: World, tmp_path: Path) -> None:
    environ = {"ACTO_DATABASE": world.settings.database}

    def acto(*words: str) -> terminal.Done:
        return terminal.acto(tmp_path, environ, "segments", *words)

    assert acto("save", "VIP", json.dumps(VIP)).returncode == 0
    assert acto("save", "vip", '{"all": []}').returncode == 0
    assert acto("show", "VIP").stdout == "Everybody\n"
    assert acto("rename", "VIP", "Partners").returncode == 0
    assert acto("list").stdout == "Partners\n"
    wrong = acto("save", "x", "{")
    assert wrong.returncode == 1 and "not valid JSON" in wrong.stderr
    plan = plans.Plan("diagnosis", {"segment": _id(world)}, time_zone="America/Bogota")
    campaign = world.store.write(lambda tx: plans.add(tx, plan, "ana", world.now))
    refused = acto("delete", "Partners")
    assert refused.returncode == 1 and "the campaign with the email “diagnosis”" in refused.stderr.replace("\n", " ")
    world.store.write(lambda tx: tx.campaigns.remove(id=campaign))
    assert acto("delete", "Partners").returncode == 0
    assert acto("list").stdout == ""


def _id(world: World) -> str:
    with world.store.read() as tx:
        row = saved.by_name(tx, "Partners")
    assert row
    return row["id"]


def test_an_email_is_sent_to_the_people_of_a_segment_alone(world: World, tmp_path: Path) -> None:
    ana = world.people["ana"]
    rule = {"is": "people", "ids": [ana["id"]]}
    world.store.write(lambda tx: saved.add(tx, "Solo Ana", rule, "ana@example.com", world.now))
    environ = {
        "ACTO_DATABASE": world.settings.database,
        "ACTO_TEMPLATES_DIR": world.settings.templates_dir,
        "ACTO_POSTAL_ADDRESS": "Calle 1",
        "ACTO_KEYS_FILE": world.settings.keys_file,
    }
    sent = terminal.acto(tmp_path, environ, "send", "diagnosis", "--segment", "solo ana")
    assert sent.returncode == 0, sent.stderr
    with world.store.read() as tx:
        (campaign,) = tx.campaigns.listed(limit=9)
        rows = tx.campaigns.people(id=campaign["id"], state="", reason="", answered="", after="", limit=9)
    assert [row["contact_id"] for row in rows] == [ana["id"]]
    unknown = terminal.acto(tmp_path, environ, "send", "diagnosis", "--segment", "nobody")
    assert unknown.returncode == 1 and "There is no segment “nobody”." in unknown.stderr
    both = terminal.acto(tmp_path, environ, "send", "diagnosis", "--segment", "x", "--all")
    assert both.returncode == 2 and "--segment NAME" in both.stderr
