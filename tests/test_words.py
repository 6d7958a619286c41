"""Checks the words of docs, command help and docstrings against the house rules, and the glossary against the catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from server.cli import main

ROOT = Path(__file__).resolve().parents[1]
# Places whose openings are checked; a folder, such as "server/cli", stands for its docstrings.
DONE = (
    "docs",
    "help",
    "builder",
    "server/accounts",
    "server/backup",
    "server/bench",
    "server/booking",
    "server/branding",
    "server/capture",
    "server/cli",
    "server/contacts",
    "server/emails",
    "server/flows",
    "server/http_client",
    "server/inbound",
    "server/integrity",
    "server/notices",
    "server/qualify",
    "server/reports",
    "server/sales",
    "server/segments",
    "server/sending",
    "server/settings",
    "server/store",
    "server/tasks",
    "server/web",
    "server/webhooks",
)
FORBIDDEN = (  # words that describe nothing as names
    *("found", "said", "told", "known", "shown", "stands", "here"),
    *("there", "whole", "later", "given", "put", "tell", "taken"),
)
CLAUSE = re.compile(r"(What|Whatever|Who|Whoever|Whom|Whose|Where|Wherever|How|Which)\b")
CATALOGUES = ("server/translations/es.po", "server/cli/translations/es.po", "builder/translations/es.po")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]*) \| ([^|]+) \|$", re.MULTILINE)


def is_clause(text: str) -> bool:
    """Return whether the first sentence of a text begins with a clause as its subject; questions are allowed."""
    first = re.split(r"(?<=[.:?!])\s", text.strip(), maxsplit=1)[0]
    return bool(CLAUSE.match(first)) and not first.endswith("?")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What was read is kept.", True),
        ("Whoever waits reads the reply.", True),
        ("Where the links lead; the setting `base_url` by default.", True),
        ("How many at most.", True),
        ("Who answered?", False),
        ("Lists the leads.", False),
        ("Whole numbers only.", False),
    ],
)
def test_the_rule_tells_a_clause_from_a_sentence(text: str, expected: bool) -> None:
    assert is_clause(text) is expected


def docs() -> Iterator[tuple[str, str]]:
    """Yield every heading, and the first sentence of every page, with its place."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
            yield f"{page.name}: {heading}", heading
        yield f"{page.name}: first sentence", re.sub(r"\A# .+\n+", "", text)


def command_help(command: click.Command, name: str = "acto") -> Iterator[tuple[str, str]]:
    """Yield the help of each command and of each of its options."""
    yield name, command.help or ""
    for each in command.params:
        if isinstance(each, click.Option) and each.help:
            yield f"{name} --{each.name}", each.help
    if isinstance(command, click.Group):
        within = click.Context(command)
        for below in command.list_commands(within):
            found = command.get_command(within, below)
            assert found
            yield from command_help(found, f"{name} {below}")


def docstrings(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the docstring of each module and of each public class and function in a folder."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(ROOT)
        yield str(place), ast.get_docstring(tree) or ""
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
                yield f"{place}: {node.name}", ast.get_docstring(node) or ""


def openings(place: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a place, each with the words that name it."""
    if place == "docs":
        yield from docs()
    elif place == "help":
        yield from command_help(main)
    else:
        yield from docstrings(place)


@pytest.mark.parametrize("place", DONE)
def test_nothing_opens_with_a_clause_as_its_subject(place: str) -> None:
    found = list(openings(place))
    assert len(found) > 40 or "/" in place
    assert [where for where, text in found if is_clause(text)] == []


def mapped(text: str) -> list[str]:
    """List the files that a reading map names; a name without a folder is beside the file before it."""
    found: list[str] = []
    for name in re.findall(r"`([a-z_0-9/]+(?:\.py|/))`", text):
        found.append(name if "/" in name else f"{found[-1].rpartition('/')[0]}/{name}")
    return found


def test_the_reading_map_names_files_that_exist() -> None:
    design = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    files = mapped(design.split("## Reading map")[1].split("\n## ")[0])
    assert len(files) > 30
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_a_map_finds_files_beside_each_other() -> None:
    assert mapped("`server/a/b.py`, `c.py` and `builder/lint/`") == ["server/a/b.py", "server/a/c.py", "builder/lint/"]


@cache
def spanish() -> str:
    """Return every Spanish text of the catalogues and of the tables in the code, in lower case."""
    texts: list[str] = []
    for name in CATALOGUES:
        with (ROOT / name).open("rb") as file:
            for message in read_po(file, locale="es"):
                strings = message.string if isinstance(message.string, tuple) else (message.string,)
                texts += [str(each) for each in strings if message.id]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "server").rglob("*.py"))
    notices = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates/notices").glob("*.es.txt"))
    return "\n".join([*texts, *re.findall(r'"es": "([^"]+)"', code), notices]).lower()


def terms() -> list[tuple[str, str]]:
    """List the terms of the glossary with their Spanish words, without the heads of its tables."""
    found = ROW.findall((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
    return [(term, word.strip()) for term, word, _ in found if term not in ("term", "---")]


def test_each_term_of_the_glossary_stands_once() -> None:
    names = [name for term, _ in terms() for name in term.split(", ")]
    assert len(names) > 70
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize(("term", "words"), [(term, word) for term, word in terms() if word])
def test_the_spanish_of_a_term_is_that_of_the_catalogues(term: str, words: str) -> None:
    missing = [word for word in words.split(", ") if not re.search(rf"\b{re.escape(word.lower())}", spanish())]
    assert missing == [], term


def test_the_rule_of_the_glossary_misses_a_word_that_no_text_uses() -> None:
    assert not re.search(r"\bhipotenusa", spanish())


def public_names(source: str) -> Iterator[str]:
    """Yield the public functions, classes and constants of a module, methods and members included."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (each.id for each in node.targets if isinstance(each, ast.Name) and each.id.isupper())
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id.isupper():
            yield node.target.id


def forbidden_names(path: str, source: str) -> list[str]:
    """List the module, and its public functions, classes and constants, if a forbidden word names them."""
    names = [Path(path).stem, *public_names(source)]
    return [f"{path}: {name}" for name in names if name.lower() in FORBIDDEN]


@pytest.mark.parametrize(
    ("path", "source", "names"),
    [
        ("server/told.py", "", ["told"]),
        ("server/a.py", "def put(tx): ...", ["put"]),
        ("server/a.py", "class Known:\n    def shown(self): ...", ["Known", "shown"]),
        ("server/a.py", "SAID = 1\nTAKEN: int = 2", ["SAID", "TAKEN"]),
        ("server/a.py", "def known_answers(): ...\ndef _put(): ...\nwhole = given = 1", []),
    ],
)
def test_the_rule_finds_a_forbidden_name(path: str, source: str, names: list[str]) -> None:
    assert forbidden_names(path, source) == [f"{path}: {name}" for name in names]


def test_nothing_public_is_named_by_a_word_that_says_nothing() -> None:
    found: list[str] = []
    for folder in ("builder", "server"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            found += forbidden_names(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    assert found == []
