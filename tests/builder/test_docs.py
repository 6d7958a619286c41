"""The page on templates says what the code does."""

import re
import tomllib

import pytest

from builder import lint
from builder.blocks import DECLARATIONS
from builder.blocks.model import Declaration
from builder.lint.names import STAND_INS
from tests.builder import docs
from tests.builder.emails import files

PAGE = docs.PATH.read_text(encoding="utf-8")


@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=lambda each: each.tag)
def test_a_block_is_documented_as_it_is_declared(declaration: Declaration) -> None:
    found = docs.pattern(declaration).search(PAGE)
    assert found
    assert found[2] == docs.written(declaration)


@pytest.mark.parametrize("example", re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL), ids=lambda text: text[:10])
def test_every_example_of_a_block_is_right(example: str) -> None:
    assert lint.check("try", files(example)) == []


def test_the_settings_and_the_sample_shown_are_right() -> None:
    toml, sample = (re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) for kind in ("toml", "json"))
    assert toml
    assert sample
    assert tomllib.loads(toml[1])["brief"].keys() == {"do", "learn", "then"}
    assert lint.check("try", files("", email_toml=toml[1], sample_json=sample[1])) == []


def test_every_name_a_template_knows_is_in_the_table() -> None:
    for name, known in STAND_INS.items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}`"))
        assert all(f"`{key}`" in row for key in known), name
