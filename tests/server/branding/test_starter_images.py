"""The drawings of the starter emails: a sent email shows them for ever, so a file that changes must have another name."""

from __future__ import annotations

import hashlib
import re

import pytest

from server import shipped
from tests.server.world import ROOT, World

FILES = sorted(shipped.path("static/starters").glob("*"))
SHOWN = re.compile(r"[a-z-]+-[0-9a-f]{8}-\d+x\d+\.png")


def test_each_is_named_after_its_content() -> None:
    assert FILES
    for path in FILES:
        assert hashlib.sha256(path.read_bytes()).hexdigest()[:8] == path.stem.split("-")[-2], path.name


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # they are files
def test_each_that_a_starter_shows_is_served(world: World) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates/emails").rglob("*.*")]
    shown = {name for text in texts for name in SHOWN.findall(text)}
    assert shown == {path.name for path in FILES}
    for name in shown:
        reply = world.visitor().get(f"/i/{name}")
        assert (reply.status_code, reply.mimetype) == (200, "image/png") and "immutable" in reply.headers[
            "Cache-Control"
        ]
