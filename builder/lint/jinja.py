"""Checks Jinja as written: whether each piece can be parsed, closes in the tag that opened it, and stands at a legal place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from builder.jinja import Span, keyword
from builder.lint.view import View, meant, problem_in
from builder.nodes import Element, Source, Text
from builder.personalise import analysis
from builder.problems import Problem
from builder.tags import CONTENT_TAGS, FRAMES, LISTS

MAX_PIECES = 5_000  # of one body, because each must be parsed
MAX_PIECE = 4_000  # characters of one piece
_CLOSES = {"endif": "if", "endfor": "for", "endwith": "with"}
_INNER = {"elif": ("if",), "else": ("if", "for")}
_BALANCED = {  # the text around a statement that makes it complete
    "if": "{}{{% endif %}}",
    "for": "{}{{% endfor %}}",
    "with": "{}{{% endwith %}}",
    "elif": "{{% if 1 %}}{}{{% endif %}}",
    "else": "{{% if 1 %}}{}{{% endif %}}",
    "endif": "{{% if 1 %}}{}",
    "endfor": "{{% for x in y %}}{}",
    "endwith": "{{% with %}}{}",
}
_STATEMENTS = frozenset({*_BALANCED, "set"})


_fault = lru_cache(maxsize=2048)(analysis.fault)  # the languages of an email share most of their pieces


@dataclass
class Open:
    """The statements still open in one container: (keyword, span), innermost last."""

    source: Source
    waiting: list[tuple[str, Span]] = field(default_factory=list)


def check(view: View) -> Iterator[Problem]:
    """Check one body for jinja-syntax, unknown-filter, jinja-across-tags, jinja-misplaced and block-in-loop."""
    pieces = sum(len(source.spans) for source in _sources(view.tree.nodes))
    if pieces > MAX_PIECES:
        source = next(iter(_sources(view.tree.nodes)))
        said = f"The body has {pieces:,} pieces of Jinja; {MAX_PIECES:,} is the limit."
        yield problem_in(source, 0, "too-large", said, "Use a loop instead of repeating.")
        return
    for source, spans in _read(view.tree.nodes):
        yield from faults(source, spans)
    yield from _container(None, view.tree.nodes, ())


def faults(source: Source, spans: Sequence[Span]) -> Iterator[Problem]:
    """Check pieces of Jinja one by one for syntax and unknown filters."""
    for span in spans:
        if span.kind not in ("expression", "statement"):
            continue
        piece = source.text[span.start : span.end]
        word = keyword(piece)
        if len(piece) > MAX_PIECE:
            said = f"This piece of Jinja is longer than {MAX_PIECE:,} characters."
            yield problem_in(
                source, span.start, "jinja-syntax", said, "Compute it before, and put the result into data."
            )
            continue
        if span.kind == "statement" and word not in _STATEMENTS:
            said, near = (
                f"“{word}” is not part of Acto's Jinja: it has if, for, set and with.",
                meant(word, _STATEMENTS),
            )
            yield problem_in(
                source, span.start, "jinja-syntax", said, f"Did you mean {near}?" if near else "Do without."
            )
            continue
        fault = _fault(_BALANCED.get(word, "{}").format(piece))
        if fault is None:
            continue
        lines = [match.end() for match in re.finditer("\n", piece)]
        offset = lines[fault.line - 2] if 2 <= fault.line <= len(lines) + 1 else 0
        if fault.unknown:
            near = meant(fault.unknown, analysis.FILTERS | analysis.TESTS)
            fix = f"Did you mean {near}?" if near else "Use a filter of Jinja."
            yield problem_in(source, span.start + offset, "unknown-filter", fault.message, fix)
        else:
            said = f"Jinja cannot read this: {fault.message}"
            yield problem_in(source, span.start + offset, "jinja-syntax", said, "Correct it.")


def _sources(nodes: Sequence[Element | Text]) -> list[Source]:
    seen: dict[str, Source] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        seen.setdefault(node.source.path, node.source)
        if isinstance(node, Element):
            waiting.extend(node.children)
    return [seen[path] for path in sorted(seen)]


def _read(nodes: Sequence[Element | Text]) -> Iterator[tuple[Source, list[Span]]]:
    """Yield each file's pieces of Jinja that are sent or run, without those in dropped comments."""
    starts: dict[str, set[int]] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        told = [node] if isinstance(node, Text) else list(node.attributes.values())
        starts.setdefault(node.source.path, set()).update(span.start for each in told for span in each.spans)
        waiting.extend(node.children if isinstance(node, Element) else ())
    for source in _sources(nodes):
        yield source, [span for span in source.spans if span.start in starts[source.path]]


def _container(element: Element | None, nodes: Sequence[Element | Text], loops: tuple[Span, ...]) -> Iterator[Problem]:
    """Check one tag with its content. A partial must close what it opens, so the statements of each file are counted separately."""
    accounts: dict[str, Open] = {}
    for attribute in element.attributes.values() if element else ():
        account = Open(attribute.source)
        yield from _settle(account, attribute.spans)
        yield from _left_open(account, f"the value of {attribute.name}")
    for node in nodes:
        if isinstance(node, Text) and node.is_comment:
            yield from _comment(node)
            continue
        if isinstance(node, Text):
            account = accounts.setdefault(node.source.path, Open(node.source))
            yield from _standing(element, node)
            yield from _settle(account, node.spans)
            continue
        running = [span for account in accounts.values() for word, span in account.waiting if word == "for"]
        inside = (*loops, *running)
        if inside and node.tag.startswith("ac-") and node.tag != "ac-option":
            said = f"<{node.tag}> stands in a for loop; one name can hold one answer."
            yield problem_in(node.source, node.start, "block-in-loop", said, "Ask once, or write the blocks out.")
        yield from _container(node, node.children, inside)
    for account in accounts.values():
        yield from _left_open(account, f"<{element.tag}>" if element else "the file")


def _comment(text: Text) -> Iterator[Problem]:
    """Check a comment inside a text on its own, because the html keeps its Jinja (Outlook reads some comments) and the text part
    drops it.
    """
    account = Open(text.source)
    yield from _settle(account, text.spans)
    yield from _left_open(account, "the comment")


def _settle(account: Open, spans: Sequence[Span]) -> Iterator[Problem]:
    for span in spans:
        word = keyword(account.source.text[span.start : span.end]) if span.kind == "statement" else ""
        last = account.waiting[-1][0] if account.waiting else ""
        if word in ("if", "for", "with"):
            account.waiting.append((word, span))
        elif word in _CLOSES and last == _CLOSES[word]:
            account.waiting.pop()
        elif word in _CLOSES or (word in _INNER and last not in _INNER[word]):
            yield _unopened(account, span, word, last)


def _unopened(account: Open, span: Span, word: str, last: str) -> Problem:
    opener = _CLOSES.get(word, "if")
    said = f"{{% {word} %}} stands here, and no {opener} was opened in the same tag."
    if last:
        said = f"{{% {word} %}} stands here while a {last} is open."
    fix = f"Open the {opener} in this tag, or close it where it was opened."
    return problem_in(account.source, span.start, "jinja-across-tags", said, fix)


def _left_open(account: Open, where: str) -> Iterator[Problem]:
    for word, span in account.waiting:
        said = f"This {word} is not closed before {where} ends."
        yield problem_in(
            account.source, span.start, "jinja-across-tags", said, f"Write {{% end{word} %}} in the same tag."
        )


def _standing(element: Element | None, text: Text) -> Iterator[Problem]:
    """Check the place of Jinja: between structural tags only if, for and set are legal, elsewhere in the structure nothing."""
    tag = element.tag if element else ""
    if not _is_structure(tag):
        return
    for span in text.spans:
        if span.kind == "comment" or (tag in FRAMES | LISTS and span.kind == "statement"):
            continue
        where = f"directly in <{tag}>" if tag else "outside every tag"
        fix = "Put it into an <mj-text>." if span.kind == "expression" else "Put it around a whole section or column."
        yield problem_in(text.source, span.start, "jinja-misplaced", f"Jinja stands {where}.", fix)


def _is_structure(tag: str) -> bool:
    return not tag or (tag.startswith(("mj", "ac-")) and tag not in CONTENT_TAGS and tag != "ac-option")
