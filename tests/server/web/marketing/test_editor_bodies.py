"""A language gets a body of its own in the editor, or does without it, and nothing typed is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.server.web.marketing.desk import Desk, sit_down
from tests.server.web.marketing.editing import BODY, EDIT, TOML, another_saves, fields, merge_form, typed
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # a revision is read and saved as any other


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    made = sit_down(world, tmp_path / "emails")
    made.make()
    return made


OWN = "diagnostico-de-mayo/body.en.mjml"


def one_body(desk: Desk, **subjects: str) -> None:
    """Leave one body for both languages."""
    desk.post(EDIT, **typed(desk, **{f"file/{OWN}": "", **subjects}))
    assert OWN not in desk.files("diagnostico-de-mayo", 2)


def test_a_language_gets_a_body_of_its_own_and_nothing_typed_is_lost(desk: Desk) -> None:
    one_body(desk, **{"subject.en": "", "preheader.en": ""})
    form = typed(desk, **{"subject.es": "Recién escrito"})
    form[f"file/{BODY}"] = form[f"file/{BODY}"].replace("primero?", "ya?")
    page = desk.post(f"{EDIT}/bodies", **form, own="en")
    assert page.status_code == 200 and "Cambios sin guardar" in page.text
    assert desk.row("diagnostico-de-mayo")["revision"] == 2, "saving is another button"
    form = fields(page)
    assert form["subject.es"] == "Recién escrito" and form["subject.en"] == form["preheader.en"] == ""
    assert form[f"file/{OWN}"] == form[f"file/{BODY}"] and "ya?" in form[f"file/{OWN}"]
    assert "Aún no hay asunto en inglés" in page.text
    form[f"file/{OWN}"] = form[f"file/{OWN}"].replace("ya?", "now?")
    preview = desk.post(f"{EDIT}/preview", **{**form, "subject.en": "Now", "language": "en"})
    assert "now?" in desk.browser.get(re.search(r'<iframe[^>]* src="([^"]+)"', preview.text)[1]).text
    desk.post(EDIT, **{**form, "subject.en": "Now"})
    kept = desk.files("diagnostico-de-mayo", 3)
    assert "now?" in kept[OWN] and "ya?" in kept[BODY] and 'en = "Now"' in kept[TOML]


def test_a_body_of_one_language_is_removed_and_stays_in_the_earlier_revision(desk: Desk) -> None:
    page = desk.post(f"{EDIT}/bodies", **typed(desk), shared="en")
    assert page.status_code == 200 and "Contenido · español, inglés" in page.text
    form = fields(page)
    assert form[f"file/{OWN}"] == "" and "Un contenido propio en inglés" in page.text
    desk.post(EDIT, **form)
    assert OWN in desk.files("diagnostico-de-mayo", 1) and OWN not in desk.files("diagnostico-de-mayo", 2)
    assert "Un contenido propio en inglés" in desk.browser.get(EDIT).text


@ONE_ENGINE
def test_only_a_body_of_a_language_can_be_new(desk: Desk) -> None:
    strange = {
        "file/diagnostico-de-mayo/body.fr.mjml": "x",
        "file/_shared/new.mjml": "x",
        "file/other/body.en.mjml": "x",
    }
    desk.post(EDIT, **typed(desk, **strange))
    assert desk.row("diagnostico-de-mayo")["revision"] == 1
    page = desk.post(f"{EDIT}/bodies", **typed(desk), own="fr", shared="../x")
    assert page.status_code == 200 and fields(page) == fields(desk.browser.get(EDIT))


@ONE_ENGINE
def test_a_body_removed_during_another_s_change_is_removed_in_the_merge(desk: Desk) -> None:
    mine = typed(desk, **{f"file/{OWN}": ""})
    another_saves(desk, BODY, "¿Para cuándo lo querrías resuelto?", "¿Para cuándo?")
    form = merge_form(desk.post(EDIT, **mine))
    desk.post(f"{EDIT}/merge", **{**form, f"take/{OWN}": "mine"})
    kept = desk.files("diagnostico-de-mayo", 3)
    assert OWN not in kept and "¿Para cuándo?" in kept[BODY]
