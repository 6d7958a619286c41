"""Erasing a person leaves nothing of them behind, and nothing of anybody else's is touched."""

from __future__ import annotations

import re

import pytest

from server.contacts import erase
from server.store import migrations
from tests.server.world import World


def test_every_table_with_rows_about_a_person_is_erased() -> None:
    schema = "".join(step.sql for step in migrations.steps())
    tables = {
        name
        for name, columns in re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", schema, re.S)
        if "\n  contact_id " in columns
    }
    tables |= set(re.findall(r"ALTER TABLE (\w+) ADD COLUMN contact_id ", schema))
    assert tables | {"contacts"} == set(erase.TABLES)


def test_an_erased_person_is_gone_and_their_link_is_like_an_unknown_one(world: World) -> None:
    token, stranger = world.token("ana", "need"), world.token("grace", "need")[:-4] + "AAAA"
    world.post("ana", "need", "crm", gesture="pointer")
    world.post("grace", "need", "crm", gesture="pointer")
    world.visitor().get(f"/a/{token}/crm")
    world.hits("ana")
    gone = world.store.write(lambda tx: erase.erase(tx, world.people["ana"]["id"]))
    assert (gone["contacts"], gone["messages"], gone["events"], gone["answers"], gone["hits"]) == (1, 1, 1, 1, 2)
    erased, unknown = (world.visitor().get(f"/a/{each}/crm") for each in (token, stranger))
    assert (erased.status_code, erased.data, erased.headers) == (404, unknown.data, unknown.headers)
    assert world.post("ana", "need", "crm", gesture="pointer").status_code == 404
    assert world.hits("ana") == [] and world.events("ana") == []
    assert world.answer("grace", "need") and world.lead("grace")
    with pytest.raises(LookupError):
        world.store.write(lambda tx: erase.erase(tx, world.people["ana"]["id"]))
