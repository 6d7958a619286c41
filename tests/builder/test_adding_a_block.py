"""The page on adding a block, run as it stands: what it writes is all that is needed for a seventh block in every format."""

import importlib
import re
import types
from dataclasses import replace
from pathlib import Path

import pytest

from builder import catalog, emails, lint, messages, parity
from builder.blocks import DECLARATIONS
from builder.lint import structure
from tests.builder import docs
from tests.builder.emails import files
from tests.builder.test_parity import EVERYWHERE, NOW

PAGE = (Path(__file__).parents[2] / "docs/blocks.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n# (builder/[\w/]+\.py)([^\n]*)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def like(monkeypatch: pytest.MonkeyPatch) -> None:
    """The block as the page writes it, for one test."""
    for path, where, code in EXAMPLES:
        name = path.removesuffix(".py").replace("/", ".")
        if not where:
            module = types.ModuleType(name)
            exec(code, module.__dict__)
            monkeypatch.setitem(DECLARATIONS, module.DECLARATION.tag, module.DECLARATION)
            known = {*structure._KNOWN, module.DECLARATION.tag}  # lint reads the declarations when it is loaded
            monkeypatch.setattr(structure, "_KNOWN", known)
        else:
            module = importlib.import_module(name)
            table = getattr(module, where.removeprefix(", in "))
            for kind, row in eval("{" + code + "}", module.__dict__).items():
                monkeypatch.setitem(table, kind, row)


def test_the_page_writes_one_declaration_and_a_renderer_for_each_table() -> None:
    assert [path for path, where, _ in EXAMPLES if not where] == ["builder/blocks/like.py"]
    assert len(EXAMPLES) == 6


@pytest.mark.usefixtures("like")
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_block_passes_lint_and_asks_the_same_in_every_format(language: str) -> None:
    (example,) = re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)
    email = catalog.parse("try", files(example))
    assert [problem for problem in lint.check("try", email.files) if problem.severity == "error"] == []
    compiled = emails.compile(email, language if language in email.languages else "es")
    recipient = messages.sample(email)
    on = [each for each, verdict in messages.eligible(compiled, EVERYWHERE, recipient).items() if verdict.on]
    assert set(on) == {"html", "text", "amp", "card", "mailto"}
    filled = messages.fill(compiled, EVERYWHERE, recipient, NOW)
    assert parity.prove(compiled, EVERYWHERE, recipient, filled, on, NOW) == []
    assert "Me gusta" in filled.text


@pytest.mark.usefixtures("like")
def test_and_in_kinetic_html_where_the_author_wants_it() -> None:
    email = catalog.parse("try", files('<ac-like name="idea" question="¿Te gusta?" />'))
    compiled = emails.compile(replace(email, formats_on=frozenset({"kinetic"}), files={**email.files, "x": ""}), "es")
    assert "ac-kinetic" in compiled.kinetic and "ac-kinetic" not in compiled.html


@pytest.mark.usefixtures("like")
def test_make_golden_documents_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "templates.md"
    page.write_text(docs.PATH.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(docs, "PATH", page)
    docs.write()
    written = page.read_text(encoding="utf-8")
    found = docs.pattern(DECLARATIONS["ac-like"]).search(written)
    assert found and found[2] == docs.written(DECLARATIONS["ac-like"])
    docs.write()
    assert page.read_text(encoding="utf-8") == written
