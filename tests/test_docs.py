"""Checks that the docs agree with the code."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from server import settings
from tests.server import reference

ROOT = Path(__file__).resolve().parents[1]
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"  # of https://www.apache.org/licenses/LICENSE-2.0.txt


@pytest.mark.parametrize(("file", "name"), sorted(reference.tables()))
def test_a_table_says_what_the_code_says(file: str, name: str) -> None:
    """Compare each generated table; `make golden` writes them."""
    table = reference.tables()[file, name]
    assert reference.marked(name, table) in (ROOT / "docs" / file).read_text(encoding="utf-8")


def test_the_example_of_settings_is_accepted(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    path = tmp_path / "acto.toml"
    path.write_text(example[1], encoding="utf-8")
    assert settings.load(str(path), {}).streams["marketing"].dkim_domain == "news.example.com"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (*project["dependencies"], *project["optional-dependencies"]["dev"])
    names = {re.split(r"[\[=]", line)[0] for line in lines}
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Dependencies")[1].lower()
    rows = set(re.findall(r"^\| `([a-z0-9_-]+)` \|", table, re.MULTILINE))
    assert rows == names


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert all("==" in line for line in (*project["dependencies"], *project["optional-dependencies"]["dev"]))


def test_links_between_the_docs_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_is_read_in_a_minute() -> None:
    """Check the order: one sentence, one picture that a command makes, two commands, and the audience, before anything else."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence, picture, commands = text.split("\n\n")[1:4]
    assert sentence.count(".") == 1 and len(sentence.split()) <= 20
    assert picture.startswith("![") and "](docs/product.png)" in picture
    assert re.findall(r"^make (\w+)", commands, re.MULTILINE) == ["run", "story"]
    assert "**For**" in text and "**Not for**" in text
    assert len(text.splitlines()) <= 65


def test_the_picture_of_the_readme_is_of_moderate_size() -> None:
    assert (ROOT / "docs/product.png").stat().st_size < 300_000


def test_the_changelog_is_kept_as_its_form_says() -> None:
    """Check https://keepachangelog.com/en/1.1.0/: versions, newest first, each with the known kinds of change."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (.+)$", text, re.MULTILINE)
    kinds = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert versions[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", version) for version in versions[1:])
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert len(kinds) >= len(versions)


def test_the_licence_is_the_one_that_the_package_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE_2
