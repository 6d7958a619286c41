"""Checks the questions against the brief: each needs a purpose and a use.

Words are not compared, because brief and questions may differ in language. The brief accounts for a question by its name in
braces, `{need}`, or else by number: it lists at least as many things as there are questions.
"""

import re
from collections.abc import Iterator, Sequence, Set

from builder.blocks.model import POINTS
from builder.jinja import keyword
from builder.lint import prose
from builder.lint.view import View, at, is_block, meant, problem_in
from builder.nodes import Element, Source, Text
from builder.problems import Problem

MAX_QUESTIONS = 3
ITS_OWN_USE = frozenset({"ac-book", "ac-explore"})  # a booking is an effect by itself, and parts are for reading
READ = (
    "ok|okay|vale|entendido|enterado|enterada|de acuerdo|leído|ya lo leí|lo he leído|visto|gracias|perfecto|genial"
    "|got it|understood|i see|noted|read|i have read it|thanks|thank you|great|sounds good"
)
_READ = frozenset(READ.split("|"))
_NAMED = re.compile(r"(?<!\{)\{([a-z][a-z0-9_]{0,30})\}(?!\})")
_BETWEEN = re.compile(r"[,;&+\n]|[.:](?=\s)|\b(?:and|or|nor|plus|y|e|o|u|ni|además)\b", re.IGNORECASE)
_KNOWN = re.compile(r"\bknown\.([a-z][a-z0-9_]*)")


def check(view: View) -> Iterator[Problem]:
    """Check one body for the rules of purpose."""
    blocks = [place.element for place in view.blocks if place.parent != "mj-attributes"]
    yield from _crowded(view)
    yield from (problem for block in blocks for problem in _only_read(block, view.used))
    if view.email.brief.complete:
        yield from _unbriefed(view, blocks)
        yield from _unused(view, blocks)


def _unbriefed(view: View, blocks: Sequence[Element]) -> Iterator[Problem]:
    brief = view.email.brief
    said = f"{brief.do}\n{brief.learn}"
    names, things = _NAMED.findall(said), _things(said)
    yield from _unknown(view, blocks)
    for block in blocks:
        if names and block.get("name") not in names:
            told = f"The brief says what other questions are for, and not this one, {{{block.get('name')}}}."
            yield at(block, "unbriefed-question", told, f"Name it in do or learn, as in {{{names[0]}}}, or do not ask.")
    if not names and len(blocks) > things:
        told = f"The brief names {_counted(things, 'thing')} to do or learn, and {len(blocks)} questions are asked."
        fix = "Say in do or learn what each is for, or ask less. To be exact, name each there in braces, as in {need}."
        yield at(blocks[things], "unbriefed-question", told, fix)


def _unknown(view: View, blocks: Sequence[Element]) -> Iterator[Problem]:
    """Report names in the brief that no block has."""
    source, known = Source(view.toml_path, view.email.files[view.toml_path]), {block.get("name") for block in blocks}
    for text in (view.email.brief.do, view.email.brief.learn, view.email.brief.then):
        for name in dict.fromkeys(_NAMED.findall(text)):
            if name not in known:
                near = meant(name, known)
                told = f"The brief speaks of {{{name}}}, and no question has that name."
                fix = f"Did you mean {{{near}}}?" if near else "Ask it, or leave it out of the brief."
                place = source.text.find(f"{{{name}}}")
                yield problem_in(source, max(0, place), "unbriefed-question", told, fix)


def _unused(view: View, blocks: Sequence[Element]) -> Iterator[Problem]:
    then = view.email.brief.then
    names, things = _NAMED.findall(then), _things(then)
    conditions = " ".join(block.get("when") for block in blocks)
    needed = {*view.used, *names, *_KNOWN.findall(conditions)}
    idle = [block for block in blocks if block.get("name") not in needed and not _counts(block)]
    for block in idle if names else idle[things:]:
        told = "Nobody uses this answer: it has no points, and `then` of the brief does not say what happens with it."
        fix = f"Say it there, naming {{{block.get('name')}}}; give its options points; or do not ask."
        yield at(block, "unused-answer", told, fix)


def _counts(block: Element) -> bool:
    """Return whether the answer has an effect by itself: points, a booking, or content to read."""
    rows = [block, *block.elements]
    return block.tag in ITS_OWN_USE or any(row.get(points, "0").strip("+-0 ") for row in rows for points in POINTS)


def _things(text: str) -> int:
    """Count the things that a sentence lists, separated by commas, “and” and the like."""
    return sum(bool(re.search(r"\w", part)) for part in _BETWEEN.split(text))


def _crowded(view: View) -> Iterator[Problem]:
    asked = _at_once(view.tree.nodes)
    if len(asked) > MAX_QUESTIONS:
        told = f"This is question {MAX_QUESTIONS + 1} of {len(asked)} asked at once; {MAX_QUESTIONS} is what people answer."
        fix = 'Leave some out, or ask them once the first are answered: when="known.…".'
        yield at(asked[MAX_QUESTIONS], "too-many-questions", told, fix)


def _at_once(nodes: Sequence[Element | Text]) -> list[Element]:
    """List the questions that one mail may ask one person: of an if and its else, the branch with more questions."""
    branches: list[list[list[Element]]] = [[[]]]
    for node in nodes:
        if isinstance(node, Text):
            for span in node.spans if not node.is_comment else ():
                _branch(branches, keyword(node.source.text[span.start : span.end]))
        elif is_block(node):
            later = "known" in node.get("when")
            branches[-1][-1] += [] if later or node.tag == "ac-explore" else [node]
        elif node.tag != "mj-head":
            branches[-1][-1] += _at_once(node.children)
    while len(branches) > 1:
        _branch(branches, "endif")
    return branches[0][0]


def _branch(branches: list[list[list[Element]]], word: str) -> None:
    if word in ("if", "for"):
        branches.append([[]])
    elif word in ("elif", "else") and len(branches) > 1:
        branches[-1].append([])
    elif word in ("endif", "endfor") and len(branches) > 1:
        longest = max(branches.pop(), key=len)
        branches[-1][-1] += longest


def _only_read(block: Element, used: Set[str]) -> Iterator[Problem]:
    labels = [prose.plain(child).strip(" .!¡👍✓✔").casefold() for child in block.elements if child.tag == "ac-option"]
    if block.tag != "ac-explore" and labels and block.get("name") not in used and set(labels) <= _READ:
        told = "All that can be answered here is that one has read it."
        yield at(block, "needless-block", told, "Write it as a sentence in an <mj-text>, or ask what you need to know.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
