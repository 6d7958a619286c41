"""Each block in each format, and a whole email, as file pairs; `make golden` writes them anew."""

from pathlib import Path

import pytest

from builder.blocks import DECLARATIONS
from builder.formats import html, text
from tests import golden


@pytest.mark.parametrize("suffix", golden.FORMATS)
@pytest.mark.parametrize("case", golden.cases(), ids=lambda case: case.stem)
def test_a_source_becomes_what_its_pair_shows(case: Path, suffix: str) -> None:
    assert golden.render(case, suffix) == case.with_suffix(suffix).read_text(encoding="utf-8")


def test_every_block_has_a_pair_and_a_renderer_in_every_format() -> None:
    kinds = {declaration.kind for declaration in DECLARATIONS.values()}
    assert golden.kinds() == set(html.RENDERERS) == set(text.RENDERERS) == kinds
