"""Finds names that are printed without a check though a person may have none, which leaves “Hello ,” in the mail."""

from collections.abc import Iterator

from builder.jinja import keyword
from builder.lint.inbox import problem_at
from builder.lint.names import Piece, pieces
from builder.lint.view import View, problem_in
from builder.nodes import Source
from builder.personalise import analysis
from builder.problems import Problem

MAYBE_EMPTY = frozenset(("person", name) for name in ("first_name", "last_name", "company", "phone", "country"))
OWN_FIELDS = ("person", "fields")


def check(view: View) -> Iterator[Problem]:
    """Check one body, its subject and its preheader for unguarded-name; reports each name once for each file."""
    seen: set[tuple[str, str]] = set()
    for (source, span, _), name in _bare(pieces(view.tree.nodes)):
        if (source.path, name) not in seen:
            seen.add((source.path, name))
            yield problem_in(source, span.start, "unguarded-name", *_said(name))
    for key, texts in (("subject", view.email.subject), ("preheader", view.email.preheader)):
        line = Source(view.toml_path, texts.get(view.language, ""))
        for _, name in list(_bare((line, span, False) for span in line.spans))[:1]:
            yield problem_at(view, key, "unguarded-name", *_said(name))


def _bare(of: Iterator[Piece]) -> Iterator[tuple[Piece, str]]:
    """Yield the pieces that print such a name outside a condition on it."""
    asked: list[frozenset[analysis.Path]] = []
    for piece in of:
        source, span, _ = piece
        text = source.text[span.start : span.end]
        word = keyword(text) if span.kind == "statement" else ""
        if word == "if":
            asked.append(analysis.read_in(text, "{% endif %}"))
        elif word == "elif" and asked:
            asked[-1] |= analysis.read_in("{% if 1 %}{% endif %}" + text.replace("elif", "if", 1), "{% endif %}")
        elif word == "endif" and asked:
            asked.pop()
        elif span.kind == "expression" and "person" in text:
            for path in sorted(filter(_maybe_empty, analysis.bare(text).difference(*asked))):
                yield piece, ".".join(path)


def _maybe_empty(path: analysis.Path) -> bool:
    return path in MAYBE_EMPTY or path[:2] == OWN_FIELDS


def _said(name: str) -> tuple[str, str]:
    fix = f'Write {{% if {name} %}} … {{% endif %}} around what needs it, or {{{{ {name} or "…" }}}}.'
    return f"{name} is empty for a person who gave none.", fix
