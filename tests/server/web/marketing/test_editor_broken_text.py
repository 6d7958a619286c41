"""A text that is cut off, half deleted or as long as it may be is answered with a picture or with the place of the error, and soon."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import catalog
from builder.markup import MAX_CHARACTERS
from tests.server.web.marketing.desk import Desk, sit_down
from tests.server.web.marketing.editing import BODY, EDIT
from tests.server.world import ROOT, World

MAX_SECONDS = 5.0  # of the processor: a machine that is busy with something else takes longer
STARTERS = {
    name: catalog.collect(ROOT / "templates/emails" / name) for name in catalog.names(ROOT / "templates/emails")
}
FRAME = "<mjml><mj-body><mj-section><mj-column>{inside}</mj-column></mj-section></mj-body></mjml>"
PIECES = ("a", "<", "{{", "</mj-text>", "<mj-text><b>", "<!--", '<a b="', "{% for a in 'ab' %}")

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # what is typed asks no database


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    made = sit_down(world, tmp_path / "emails")
    made.make()
    return made


def shown(desk: Desk, **texts: str) -> None:
    """The preview of a text. Fails for an error page, for an answer that names no place, and for one that takes long."""
    begun = time.process_time()
    page = desk.post(f"{EDIT}/preview", base="1", only="1", **{f"file/{path}": text for path, text in texts.items()})
    assert page.status_code == 200
    assert 'class="picture"' in page.text or re.search(
        r'<li class="error">(?:(?!</li>).)*data-line="\d', page.text, re.DOTALL
    )
    assert time.process_time() - begun < MAX_SECONDS


def test_a_text_of_the_greatest_length_is_answered(desk: Desk) -> None:
    for piece in PIECES:
        room = MAX_CHARACTERS - len(FRAME)
        shown(desk, **{BODY: FRAME.replace("{inside}", piece * (room // len(piece)))})


@given(st.sampled_from(sorted(STARTERS)), st.floats(0, 1), st.one_of(st.just(None), st.integers(1, 400)))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_starter_broken_anywhere_is_answered(desk: Desk, name: str, place: float, deleted: int | None) -> None:
    """As while it is typed (nothing follows the caret, `deleted` is None), and as after a deletion."""
    files = STARTERS[name]
    body = files[f"{name}/body.mjml"]
    at = int(place * len(body))
    broken = body[:at] + ("" if deleted is None else body[at + deleted :])
    shown(desk, **{BODY: broken, "diagnostico-de-mayo/sample.json": files[f"{name}/sample.json"]})
