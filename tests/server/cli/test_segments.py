"""`acto segments`: the names, a rule in words, the number of people."""

from __future__ import annotations

import json
from pathlib import Path

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
