"""Every text a user or recipient reads stands in Spanish and English."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from server.web import language
from tests.server.test_texts import TABLES

ROOT = Path(__file__).resolve().parents[3]
PLACES = (("templates/pages", "**.html", "jinja2.ext:babel_extract"), ("server/web", "**.py", "python"))
OTHER_ADDRESS = re.compile(r"\b(?:usted(?:es)?|vosotr[oa]s|vuestr[oa]s?)\b", re.IGNORECASE)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "text": None, "several": (1, 2)}


@cache
def written() -> set[str | tuple[str, ...]]:
    """Every text of the pages and views, as it stands there."""
    found: set[str | tuple[str, ...]] = set()
    for folder, pattern, method in PLACES:
        options = {pattern: {"newstyle_gettext": "true", "trim_blocks": "true"}}
        rows = extract_from_dir(ROOT / folder, method_map=[(pattern, method)], options_map=options, keywords=KEYWORDS)
        found |= {row[2] for row in rows}
    return found


@cache
def translated() -> dict[Any, object]:
    with (ROOT / "server/translations/es.po").open("rb") as file:
        catalogue = read_po(file, locale="es", abort_invalid=True)
    return {message.id: message.string for message in catalogue if message.id}


def test_every_text_has_a_spanish_one() -> None:
    missing = {text for text in written() if not _said(translated().get(text))}
    assert missing == set()


def test_no_spanish_text_is_left_over() -> None:
    tables = {text for texts in TABLES.values() for text in texts}
    assert set(translated()) - written() - tables == set()


def test_placeholders_are_the_same_in_both() -> None:
    with (ROOT / "server/translations/es.po").open("rb") as file:
        for message in read_po(file, locale="es"):
            assert list(message.check()) == [], message.id


def test_the_spanish_calls_its_reader_tu() -> None:
    for catalogue in ("server/translations/es.po", "server/cli/translations/es.po"):
        texts = (ROOT / catalogue).read_text(encoding="utf-8")
        assert OTHER_ADDRESS.findall(texts) == [], catalogue


def test_a_count_that_stopped_says_so() -> None:
    assert [language.counted(n) for n in (821, 10_000, 10_001)] == ["821", "10.000", "10.000+"]


def _said(translation: object) -> bool:
    return all(translation) if isinstance(translation, tuple) else bool(translation)
