"""The editor: what is typed is previewed and saved, a second writer loses nothing, and no text gives an error page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder.markup import MAX_CHARACTERS
from server.emails import drafts, merging
from server.web import forms
from server.web.typed_pictures import MOST_CHARACTERS, TypedPictures
from tests.server.web.marketing.desk import LUCIA, Desk, sit_down
from tests.server.web.marketing.editing import BODY, EDIT, TOML, another_saves, merge_form, typed
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize(
    "engine", ["sqlite"], indirect=True
)  # what is typed and not saved asks no database


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    made = sit_down(world, tmp_path / "emails")
    made.make()
    return made


def test_a_form_that_nobody_touched_saves_nothing_new(desk: Desk) -> None:
    page = desk.post(EDIT, **typed(desk))
    assert page.status_code == 200 and desk.row("diagnostico-de-mayo")["revision"] == 1


def test_a_changed_word_is_a_revision_and_everything_else_stays(desk: Desk) -> None:
    page = desk.post(EDIT, **typed(desk, **{"subject.es": "¿Hablamos?", "brief.do": 'Say "yes"\nor no'}))
    assert "revisión 2" in page.text
    before, after = (desk.files("diagnostico-de-mayo", revision) for revision in (1, 2))
    assert merging.differing(before, after) == [TOML]
    assert 'es = "¿Hablamos?"' in after[TOML] and 'do = "Say \\"yes\\"\\nor no"' in after[TOML]


def test_what_is_typed_is_previewed_and_not_kept(desk: Desk) -> None:
    body = desk.files("diagnostico-de-mayo", 1)[BODY].replace("¿Qué te gustaría resolver primero?", "¿Y ahora qué?")
    page = desk.post(f"{EDIT}/preview", **typed(desk, **{f"file/{BODY}": body, "subject.es": "Otro asunto"}))
    assert "Otro asunto" in page.text and "Cambios sin guardar" in page.text
    address = re.search(r'<iframe[^>]* src="([^"]+)"', page.text)[1]
    assert "¿Y ahora qué?" in desk.browser.get(address).text
    assert "sandbox" in desk.browser.get(address).headers["Content-Security-Policy"]
    assert desk.world.admin().get(address).status_code == 404, "somebody else's text"
    assert desk.row("diagnostico-de-mayo")["revision"] == 1


@pytest.mark.parametrize("format_", ["html", "kinetic", "amp", "gmail", "card", "text", "mailto", "calendar"])
@ONE_ENGINE
def test_each_format_of_what_is_typed_can_be_seen(desk: Desk, format_: str) -> None:
    form = typed(desk, format=format_, language="en", scheme="dark", width="desktop", only="1")
    page = desk.post(f"{EDIT}/preview", **form)
    assert page.status_code == 200
    assert 'class="typed"' in page.text and "<form" not in page.text


PIECES = [
    "<mj-text>",
    "</mj-text>",
    "{{",
    "}}",
    "{% if",
    "%}",
    "{% for x in",
    "<ac-choose",
    'name="',
    ">",
    "&",
    "\x1b",
    "é",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=8),
    st.floats(0, 1),
    st.sampled_from([BODY, TOML, "diagnostico-de-mayo/sample.json"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@ONE_ENGINE
def test_no_keystroke_gives_an_error_page(desk: Desk, pieces: list[str], place: float, path: str) -> None:
    text = desk.files("diagnostico-de-mayo", 1)[path]
    at = int(place * len(text))
    form = {"base": "1", "only": "1", f"file/{path}": text[:at] + "".join(pieces) + text[at:]}
    assert desk.post(f"{EDIT}/preview", **form).status_code == 200


@ONE_ENGINE
def test_a_problem_links_to_its_line(desk: Desk) -> None:
    body = "<mjml>\n<mj-body>\n<mj-colum />\n</mj-body>\n</mjml>"
    page = desk.post(f"{EDIT}/preview", **typed(desk, **{f"file/{BODY}": body})).text
    assert f'href="#file/{BODY}" data-line="3" data-column="1"' in page
    assert f'id="file/{BODY}"' in page and 'class="picture"' not in page


@pytest.mark.parametrize("act", ["", "/preview"])
@ONE_ENGINE
def test_a_file_that_is_too_long_is_refused_in_the_form_which_keeps_it(desk: Desk, act: str) -> None:
    page = desk.post(f"{EDIT}{act}", **typed(desk, **{f"file/{BODY}": "á" * (MAX_CHARACTERS + 1)}))
    assert page.status_code == 422
    assert "tiene más de 200000 caracteres" in page.text and "á" * (MAX_CHARACTERS + 1) in page.text


@ONE_ENGINE
def test_a_form_that_is_longer_than_any_email_is_refused(desk: Desk) -> None:
    for path, most in ((EDIT, forms.EDITOR_MAX_BYTES), ("/tasks", forms.BODY_MAX_BYTES)):
        assert desk.browser.post(path, data={"x": "y" * most}).status_code == 413
    long = {"csrf_token": "x", "x": "y" * forms.BODY_MAX_BYTES}
    assert desk.world.visitor().post(EDIT, data=long).status_code == 413, "a stranger sends short forms"


@ONE_ENGINE
def test_email_toml_that_is_broken_is_shown_as_text(desk: Desk) -> None:
    page = desk.post(EDIT, base="1", **{f"file/{TOML}": "class = "})
    assert f'name="file/{TOML}"' in page.text and 'name="subject.es"' not in page.text
    assert "email-toml" in page.text
    assert 'name="subject.es"' not in desk.browser.get(f"{EDIT}?toml=text").text


def test_a_second_writer_merges_and_nothing_is_lost(desk: Desk) -> None:
    mine = typed(desk, **{"subject.es": "El mío"})
    another_saves(desk, BODY, "¿Para cuándo lo querrías resuelto?", "¿Para cuándo?")
    page = desk.post(EDIT, **mine)
    assert page.status_code == 409 and "bruno@example.com guardó antes que tú" in page.text
    form = merge_form(page)
    assert (form[f"take/{BODY}"], form[f"take/{TOML}"]) == ("theirs", "mine")
    assert "revisión 3" in desk.post(f"{EDIT}/merge", **form).text
    files = desk.files("diagnostico-de-mayo", 3)
    assert 'es = "El mío"' in files[TOML] and "¿Para cuándo?" in files[BODY]


@pytest.mark.parametrize(("choice", "expected"), [("theirs", "Suyo"), ("mine", "Mío"), ("merged", "Los dos")])
def test_a_clash_is_decided_for_each_file(desk: Desk, choice: str, expected: str) -> None:
    mine = typed(desk, **{"subject.es": "Mío"})
    another_saves(
        desk,
        TOML,
        "{% if person.first_name %}{{ person.first_name }}, ¿qué{% else %}¿Qué{% endif %} te frena hoy?",
        "Suyo",
    )
    page = desk.post(EDIT, **mine)
    assert "cambiaron las mismas líneas en 1 lugar" in page.text
    form = merge_form(page)
    assert "Suyo" in form[f"merged/{TOML}"] and "Mío" in form[f"merged/{TOML}"]
    form[f"merged/{TOML}"] = re.sub(r"<<<<<<<.*?>>>>>>>", 'es = "Los dos"', form[f"merged/{TOML}"], flags=re.DOTALL)
    desk.post(f"{EDIT}/merge", **{**form, f"take/{TOML}": choice})
    row = desk.row("diagnostico-de-mayo")
    assert f'es = "{expected}"' in desk.files("diagnostico-de-mayo", row["revision"])[TOML]


def test_a_third_writer_during_the_merge_is_a_merge_again(desk: Desk) -> None:
    mine = typed(desk, **{"subject.es": "El mío"})
    another_saves(desk, BODY, "¿Para cuándo lo querrías resuelto?", "¿Para cuándo?")
    form = merge_form(desk.post(EDIT, **mine))
    files = {
        **desk.files("diagnostico-de-mayo", 2),
        "diagnostico-de-mayo/sample.json": json.dumps({"person": {}, "data": {}}),
    }
    desk.world.store.write(lambda tx: drafts.save(tx, "diagnostico-de-mayo", 2, files, LUCIA, desk.world.now))
    again = desk.post(f"{EDIT}/merge", **form)
    assert again.status_code == 409
    desk.post(f"{EDIT}/merge", **merge_form(again))
    kept = desk.files("diagnostico-de-mayo", 4)
    assert (
        'es = "El mío"' in kept[TOML]
        and kept["diagnostico-de-mayo/sample.json"] == files["diagnostico-de-mayo/sample.json"]
    )


@ONE_ENGINE
def test_an_email_of_a_folder_is_not_edited_here(desk: Desk) -> None:
    assert desk.browser.get("/emails/welcome/edit").status_code == 404
    for act in ("", "/preview", "/merge"):
        assert desk.post(f"/emails/welcome/edit{act}", base="0").status_code == 404
    assert desk.post(EDIT, base="7").status_code == 404


@ONE_ENGINE
def test_one_preview_at_a_time_for_each_user(desk: Desk) -> None:
    pictures: TypedPictures = desk.world.app.extensions["acto"].typed_pictures
    with desk.world.store.read() as tx:
        me = tx.users.by_email(email=LUCIA)["id"]
    with pictures.turn(me) as free:
        assert free
        assert desk.post(f"{EDIT}/preview", base="1").status_code == 429
    assert desk.post(f"{EDIT}/preview", base="1").status_code == 200


def test_pictures_are_kept_in_bounded_memory() -> None:
    pictures = TypedPictures()
    keys = [pictures.keep("lucia", f"{n}" * (MOST_CHARACTERS // 4)) for n in range(6)]
    assert [pictures.get("lucia", key) is not None for key in keys] == [False, False, True, True, True, True]
    assert pictures.keep("lucia", "5" * (MOST_CHARACTERS // 4)) == keys[5]
    assert pictures.get("lucia", keys[2]) and pictures.get("bruno", keys[2]) is None
