"""The bench of sending measures what it says: every message by each way arrives, once."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from server.bench import send
from server.settings import Settings


def test_the_bench_of_sending_counts_what_the_sink_received(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sender in trouble (here: no https, so the gate would stop marketing) is no reason to measure nothing."""
    monkeypatch.setattr(send, "ROUNDS", 2)
    told = send.run(replace(Settings(), data_dir=str(tmp_path), base_url="http://example.com"), 40)
    assert "sent 160, received 160, lost or doubled 0" in told
    figures = [int(figure.replace(",", "")) for figure in re.findall(r"([\d,]+) messages/s", told)]
    assert len(figures) == 4
    assert all(figure > 0 for figure in figures)
    assert list(tmp_path.iterdir()) == []
