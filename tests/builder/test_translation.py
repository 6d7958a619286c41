"""Lint speaks Spanish: what it says of every example in the handbook and of every variant has a Spanish sentence."""

from __future__ import annotations

import json
import re

import pytest

from builder import lint, translation
from builder.eligibility import WORDS
from builder.problems import Problem
from tests.builder.lint import handbook
from tests.builder.lint.variants import VARIANTS

OURS = frozenset(
    {"jinja-syntax", "email-toml", "sample-json", "cannot-fill", "client-support"}
)  # these quote other programs


def everything() -> list[Problem]:
    emails = [each.wrong for each in handbook.sections().values() if each.wrong] + [each.wrong for each in VARIANTS]
    return sorted({problem for email in emails for problem in lint.check("try", email)})


def test_every_sentence_of_lint_has_a_spanish_one() -> None:
    english = [
        said
        for problem in everything()
        for said in (problem.message, problem.fix)
        if translation.text(said, "es") == said and not (problem.rule in OURS and said == problem.message)
    ]
    assert sorted(set(english)) == []


def test_no_phrase_of_ours_stays_english_inside_a_spanish_sentence() -> None:
    """A sentence counts as translated though a phrase in its gap is not, such as “the tags of <mj-body>”."""
    said = (translation.FOLDER / "es.po").read_text(encoding="utf-8")
    phrases = [json.loads(found) for found in re.findall(r'^msgid ("[a-z].* .*")$', said, re.MULTILINE)]
    english = re.compile("|".join(re.escape(phrase).replace(r"\{\}", r"\S+") for phrase in phrases))
    spanish = [translation.text(part, "es") for each in everything() for part in (each.message, each.fix)]
    assert len(phrases) > 10
    assert [line for line in spanish if english.search(line)] == []


def test_every_reason_of_a_format_has_a_spanish_one() -> None:
    assert [said for said in WORDS.values() if translation.text(said, "es") == said] == []


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Nest less.", "Anida menos."),
        ("There is no partial a.mjml.", "No existe el parcial a.mjml."),
        ("Add an x. Nest less.", "Agrega an x. Anida menos."),
        ("Nobody ever wrote this sentence", "Nobody ever wrote this sentence"),
        ("Did you mean known.a? If another email asks it, add it to the sample.",
         "¿Querías decir known.a? Si lo pregunta otro correo, agrégalo a la muestra."),
        ("This keeps the email out of AMP: http://x.test/a.png. AMP loads images over https only.",
         "Esto deja el correo fuera de AMP: http://x.test/a.png. AMP solo carga imágenes por https."),
        ("“x” stands between the tags of <mj-body>, where text is dropped.",
         "«x» está entre las etiquetas de <mj-body>, donde el texto se pierde."),
        ("<mj-text> stands outside every tag.", "<mj-text> está fuera de toda etiqueta."),
    ],
)  # fmt: skip
def test_a_sentence_keeps_what_differs(english: str, spanish: str) -> None:
    assert translation.text(english, "es") == spanish
    assert translation.text(english, "en") == english


def test_both_sides_of_the_catalogue_have_the_same_gaps() -> None:
    said = (translation.FOLDER / "es.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid (".+")\nmsgstr (".+")$', said, re.MULTILINE)
    assert len(pairs) == said.count("\nmsgid ") - 1 and len({english for english, _ in pairs}) == len(pairs)
    assert [pair for pair in pairs if pair[0].count("{}") != pair[1].count("{}")] == []
