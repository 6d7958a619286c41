"""Finds names that a template reads and that neither Acto nor the sample defines.

First every path is compared with the sample; then the sample is filled in, which finds names in loops and computed ones.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from builder import brand
from builder.jinja import Span
from builder.lint.jinja import MAX_PIECES, faults
from builder.lint.view import View, in_file, is_block, meant, problem_in
from builder.nodes import Element, Source, Text
from builder.personalise import analysis, trial
from builder.personalise.analysis import Path
from builder.problems import Problem

RULE = "unknown-variable"
Piece = tuple[Source, Span, bool]  # the last says whether it is in a block, which is also shown on pages
STAND_INS: Mapping[str, Any] = {
    "person": {
        "first_name": "",
        "last_name": "",
        "company": "",
        "email": "",
        "phone": "",
        "country": "",
        "fields": {},
    },
    "data": {},
    "known": {},
    "sender": {"name": "", "email": "", "postal_address": ""},
    "brand": brand.of({}, ""),
    "acto": {"unsubscribe_url": "", "language": "", "images": ""},
}


def check(view: View) -> Iterator[Problem]:
    """Check one body for unknown-variable; the syntax of its Jinja was checked before."""
    found_ = list(pieces(view.tree.nodes))
    if len(found_) <= MAX_PIECES:
        yield from _check(found_, context(view))


def check_lines(view: View) -> Iterator[Problem]:
    """Check the subject and the preheader of one language for unknown names and for syntax."""
    for key, texts in (("subject", view.email.subject), ("preheader", view.email.preheader)):
        text = texts.get(view.language, "")
        source = Source(view.toml_path, view.email.files[view.toml_path])
        start = source.text.find(text)
        if start < 0:  # written with TOML escapes, so it has no place in the file
            said = f"The {key} in “{view.language}”: "
            yield from (
                in_file(view.toml_path, problem.rule, said + problem.message, problem.fix)
                for problem in _check_line(Source(view.toml_path, text), 0, len(text), view)
            )
        else:
            yield from _check_line(source, start, start + len(text), view)


def context(view: View) -> dict[str, Any]:
    """Build the variables of a template with the sample's values."""
    sample = {name: view.email.sample.get(name, {}) for name in ("person", "data", "known")}
    of_version = {"brand": view.email.brand(view.language)}
    return {name: {**known, **sample.get(name, {})} for name, known in STAND_INS.items()} | of_version


def _check_line(source: Source, start: int, end: int, view: View) -> Iterator[Problem]:
    line = Source(source.path, source.text[start:end])  # parsed alone, because the text around it is TOML
    spans = [Span(span.start + start, span.end + start, span.kind) for span in line.spans]
    if line.unclosed is not None:
        said, fix = "Jinja opens here and never closes.", "Close it with }}, %} or #}."
        yield problem_in(source, start + line.unclosed, "jinja-syntax", said, fix)
        return
    wrong = list(faults(source, spans))
    yield from wrong
    if not wrong:
        whole = analysis.fault(line.text)
        if whole:
            yield problem_in(source, start, "jinja-syntax", f"Jinja cannot read this: {whole.message}", "Correct it.")
        else:
            yield from _check([(source, span, False) for span in spans], context(view))


def pieces(nodes: Sequence[Element | Text], in_block: bool = False) -> Iterator[Piece]:
    """Yield every piece of Jinja in the order in which it is run."""
    for node in nodes:
        if isinstance(node, Text):
            yield from ((node.source, span, in_block) for span in node.spans)
            continue
        block = in_block or is_block(node)
        for attribute in node.attributes.values():
            yield from ((attribute.source, span, block) for span in attribute.spans)
        yield from pieces(node.children, block)


def _check(pieces: Sequence[Piece], known: Mapping[str, Any]) -> Iterator[Problem]:
    pieces = [piece for piece in pieces if piece[1].kind in ("expression", "statement")]
    texts = [source.text[span.start : span.end] for source, span, _ in pieces]
    everywhere = _reads("".join(texts))
    if everywhere is None:
        return
    told: set[int] = set()
    for at, (text, (source, span, in_block)) in enumerate(zip(texts, pieces, strict=True)):
        for path in sorted(_paths(text)):
            if path[0] in everywhere.assigned or any(path[:n] in everywhere.guarded for n in range(1, len(path) + 1)):
                continue
            problem = _missing(path, known, in_block)
            if problem:
                told.add(at)
                yield problem_in(source, span.start, RULE, *problem)
    yield from _tried(pieces, texts, known, told)


@lru_cache(maxsize=16)  # the languages of an email often share their Jinja
def _reads(whole: str) -> analysis.Reads | None:
    return None if analysis.fault(whole) else analysis.reads(whole)


@lru_cache(maxsize=2048)
def _paths(text: str) -> frozenset[Path]:
    """Return the paths that one piece reads; a statement is parsed together with its closing one."""
    for around in ("{}", "{}{{% endif %}}", "{}{{% endfor %}}", "{}{{% endwith %}}", "{{% if 1 %}}{}{{% endif %}}"):
        whole = around.format(text)
        if analysis.fault(whole) is None:
            return analysis.reads(whole).paths
    return frozenset()


def _missing(path: Path, known: Mapping[str, Any], in_block: bool) -> tuple[str, str] | None:
    """Return the message and fix for an undefined path; None if it is defined."""
    names = ("person", "data") if in_block else tuple(STAND_INS)
    if path[0] not in names:
        if path[0] in ("range", "loop"):
            return None
        near = meant(path[0], names)
        fix = f"Did you mean {near}?" if near else f"Templates know {', '.join(names)}."
        return f"There is no name {path[0]} {'in a block' if in_block else 'here'}.", fix
    value: Any = known
    for depth, step in enumerate(path):
        if not isinstance(value, Mapping):
            return None  # a method of a plain value; the trial checks it
        if step not in value:
            return _lacks(path[: depth + 1], value)
        value = value[step]
    return None


def _lacks(path: Path, value: Mapping[str, Any]) -> tuple[str, str] | None:
    name = ".".join(path)
    if hasattr(value, path[-1]) and path[-1] in ("get", "items", "keys", "values"):
        return None
    near = meant(path[-1], value)
    if near:
        return f"The sample has no {name}.", f"Did you mean {'.'.join((*path[:-1], near))}?"
    if path[0] in ("sender", "acto", "brand"):
        return f"There is no {name}.", f"There are {', '.join(f'{path[0]}.{key}' for key in value)}."
    return f"The sample has no {name}.", f"Add it to sample.json, or ask first: {{% if {name} is defined %}}."


def _tried(
    pieces: Sequence[Piece], texts: Sequence[str], known: Mapping[str, Any], told: set[int]
) -> Iterator[Problem]:
    """Fill in the sample and report names that it misses beyond the paths: a field of an item in a loop, an index past the end."""
    try:
        tried = _trial(tuple(texts), json.dumps(known))
    except RecursionError:  # a sample nested almost too deeply for json
        tried = trial.run(texts, known)
    for at, name in tried.missing:
        if at not in told:
            source, span, _ = pieces[at]
            said = f"The sample has no {name} here."
            yield problem_in(source, span.start, RULE, said, "Add it to sample.json, or ask first: is defined.")
    if tried.failed and not tried.missing and not told:
        at, reason = tried.failed
        source, span, _ = pieces[at]
        said = f"This fails on the sample: {reason.rstrip('.')}."
        yield problem_in(source, span.start, "cannot-fill", said, "Correct it, or correct the sample.")


@lru_cache(maxsize=16)
def _trial(texts: tuple[str, ...], known: str) -> trial.Trial:
    """Run the trial; cached, because compiling is the most expensive step of lint and languages often share their Jinja."""
    return trial.run(texts, json.loads(known))
