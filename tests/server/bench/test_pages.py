"""The bench of pages opens every page of a store in use, so it must work whatever a start refuses."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.progress import Progress

from server.bench import pages
from server.settings import Settings


def test_the_bench_of_pages_opens_each_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROUNDS", 1)
    with Progress(disable=True) as bar:
        told = pages.run(replace(Settings(), data_dir=str(tmp_path)), 40, 300, "", bar)
    assert told.startswith("pages: sqlite, 300 answers of 40 contacts")
    assert len(re.findall(r" ms ", told)) >= len(pages.PAGES)
    assert list(tmp_path.iterdir()) == []
