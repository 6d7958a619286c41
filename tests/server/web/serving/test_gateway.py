"""What the web server is when it begins to serve."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LEFT = 2_000  # objects that a collection may look through then; what was imported and built is tens of thousands
LOOK = "from server.web import app; import gc; app.gateway(); print(len(gc.get_objects()), gc.get_freeze_count(), gc.get_threshold()[0])"


def test_what_is_there_when_it_begins_is_not_looked_through_again_while_people_wait(tmp_path: Path) -> None:
    place = {
        "ACTO_DATABASE": str(tmp_path / "acto.db"),
        "ACTO_DATA_DIR": str(tmp_path),
        "ACTO_KEYS_FILE": str(tmp_path / "keys"),
    }
    command = [sys.executable, "-c", LOOK]
    said = subprocess.run(command, env={**os.environ, **place}, capture_output=True, text=True, check=True).stdout
    left, frozen, young = map(int, said.split())
    assert left < LEFT and frozen > 10 * LEFT
    assert young == 5_000, "sixty requests at once are no reason to look"
