"""`acto push` and `acto pull` as a person at a terminal uses them: a folder goes in, comes out the same, and nobody is overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import terminal
from tests.server.world import ROOT
from tests.terminal import Done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "templates/emails/diagnosis", tmp_path / "mine/diagnosis")
    shutil.copytree(ROOT / "templates/emails/_shared", tmp_path / "mine/_shared")
    return tmp_path


def acto(folder: Path, *words: str, language: str = "en") -> Done:
    place = {"ACTO_DATABASE": str(folder / "acto.db"), "ACTO_TEMPLATES_DIR": str(folder / "none")}
    return terminal.acto(folder, place, "--language", language, *words)


def test_a_folder_is_pushed_pulled_changed_and_sent(folder: Path) -> None:
    assert "revision 1" in acto(folder, "push", "mine/diagnosis").stderr
    assert "no changes" in acto(folder, "push", "mine/diagnosis").stderr
    assert "revision 1" in acto(folder, "pull", "--into", "other").stderr
    body = (folder / "mine/diagnosis/body.mjml").read_bytes()
    assert (folder / "other/diagnosis/body.mjml").read_bytes() == body
    (folder / "other/diagnosis/body.mjml").write_bytes(body + b"<!-- other -->\n")
    assert "revision 2" in acto(folder, "push", "other/diagnosis").stderr
    refused = acto(folder, "send", "diagnosis", "--to", "ana@example.com")
    assert refused.returncode == 1 and "was never published" in refused.stderr


def test_a_push_on_top_of_somebody_elses_is_a_conflict_that_names_the_files(folder: Path) -> None:
    acto(folder, "push", "mine/diagnosis")
    acto(folder, "pull", "--into", "other")
    for place in ("other", "mine"):
        body = folder / place / "diagnosis/body.mjml"
        body.write_bytes(body.read_bytes() + f"<!-- {place} -->\n".encode())
    assert acto(folder, "push", "other/diagnosis").returncode == 0
    refused = acto(folder, "push", "mine/diagnosis", language="es")
    assert refused.returncode == 1
    assert "No se sobrescribió nada" in refused.stderr and "diagnosis/body.mjml" in refused.stderr
    assert b"<!-- mine -->" in (folder / "mine/diagnosis/body.mjml").read_bytes()
    assert acto(folder, "pull", "diagnosis", "--into", "mine").returncode == 1
