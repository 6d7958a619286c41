"""`acto lint` and `acto build`: whose folder, in which language."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import terminal
from tests.builder.emails import whole
from tests.server.world import ROOT
from tests.terminal import Done

Run = Callable[..., Done]
BROKEN = "<mjml><mj-body><mj-section><mj-column><mj-txt>Hi</mj-txt></mj-column></mj-section></mj-body></mjml>"


@pytest.fixture
def acto(tmp_path: Path) -> Run:
    """Runs `acto` in an empty folder; nothing here opens a store."""

    def run(*arguments: str) -> Done:
        return terminal.acto(tmp_path, {"ACTO_DATABASE": str(tmp_path / "acto.db")}, *arguments)

    return run


def test_an_email_in_english_alone_is_built_in_english(acto: Run, tmp_path: Path) -> None:
    folder = tmp_path / "emails" / "plain"
    folder.mkdir(parents=True)
    made = whole(
        "<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>"
    )
    for name, text in made.items():
        (folder / name.removeprefix("try/")).write_text(text.replace("es =", "en ="), encoding="utf-8")
    assert acto("build", str(folder), "--out", str(tmp_path / "out")).returncode == 0
    assert json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["language"] == "en"


def test_lint_takes_a_file_of_an_email_for_its_folder_and_names_the_emails_of_a_folder(acto: Run) -> None:
    assert acto("lint", str(ROOT / "templates/emails/diagnosis/body.mjml")).returncode == 0
    several = acto("lint", str(ROOT / "templates/emails"))
    assert (several.returncode, "win-back" in several.stderr, "Traceback" in several.stderr) == (2, True, False)


def test_lint_speaks_spanish(acto: Run, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(ROOT / "templates/emails/diagnosis", folder)
    (folder / "body.mjml").write_text(BROKEN, encoding="utf-8")
    done = acto("lint", str(folder), "--language", "es")
    assert "error: No existe la etiqueta <" in done.stdout and "errores," in done.stderr
    assert "No existe" in acto("lint", str(folder), "--language", "es", "--json").stdout
    healthy = acto("lint", str(ROOT / "templates/emails/diagnosis"), "--language", "es")
    assert "se envía" in healthy.stderr
