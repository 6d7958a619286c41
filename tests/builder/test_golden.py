"""Each block in each format, and a whole email, as file pairs; `make golden` writes them anew."""

from pathlib import Path

import pytest

from builder.blocks import DECLARATIONS
from builder.eligibility import FORMATS, carried
from builder.formats import card, html, text
from builder.formats.amp import blocks as amp
from tests import golden


@pytest.mark.parametrize(
    ("case", "suffix"), golden.pairs(), ids=lambda each: each.stem if isinstance(each, Path) else each
)
def test_a_source_becomes_what_its_pair_shows(case: Path, suffix: str) -> None:
    assert golden.render(case, suffix) == case.with_suffix(suffix).read_text(encoding="utf-8")


def test_the_invitation_is_what_its_file_shows() -> None:
    assert golden.invitation().encode() == (golden.PAIRS / "invitation.ics").read_bytes()


def test_every_block_has_a_pair_and_a_renderer_in_every_format() -> None:
    kinds = {declaration.kind for declaration in DECLARATIONS.values()}
    assert (
        golden.kinds()
        == set(html.RENDERERS)
        == set(text.RENDERERS)
        == set(amp.RENDERERS)
        == set(card.RENDERERS)
        == kinds
    )
    assert all(carried(each) for each in FORMATS)


def test_no_pair_is_left_over() -> None:
    written = {case.with_suffix(suffix).name for case, suffix in golden.pairs()}
    there = {path.name for path in golden.PAIRS.iterdir() if path.suffix != ".mjml"}
    assert there - written == {"invitation.ics"}
