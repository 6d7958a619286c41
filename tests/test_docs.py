"""The docs say what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from server import settings
from tests.server import reference

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(("file", "name"), sorted(reference.tables()))
def test_a_table_says_what_the_code_says(file: str, name: str) -> None:
    """`make golden` writes them anew."""
    table = reference.tables()[file, name]
    assert reference.marked(name, table) in (ROOT / "docs" / file).read_text(encoding="utf-8")


def test_the_example_of_settings_is_accepted(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    path = tmp_path / "acto.toml"
    path.write_text(example[1], encoding="utf-8")
    assert settings.load(str(path), {}).streams["marketing"].dkim_domain == "news.example.com"


def test_every_dependency_has_its_reason_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (*project["dependencies"], *project["optional-dependencies"]["dev"])
    names = {re.split(r"[\[=]", line)[0] for line in lines}
    readme = (ROOT / "README.md").read_text(encoding="utf-8").lower()
    rows = set(re.findall(r"^\| `([a-z0-9_-]+)` \|", readme, re.MULTILINE))
    assert rows == names


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all("==" in line for line in (*project["dependencies"], *project["optional-dependencies"]["dev"]))


def test_links_between_the_docs_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_fits_on_a_screen_before_its_table() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.split("## Dependencies")[0].splitlines()) <= 60
