"""States the bounds of what a person does with one mail. Imports nothing of the rules, so that the rules can be measured by it.

A trace is what the server sees of one mail, in order. A trace is decidable at t when what it holds up to t breaks a bound: no person
does that, so whoever caused it is a machine. What breaks no bound cannot be told from a person by anybody, and is counted by kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

What = Literal["open", "answer", "sign", "leave"]


class Seen(NamedTuple):
    """One hit. `at` in seconds after sending; `visitor` is network and agent, `browser` the id its browser kept ('' for none).

    `page` names the page an answer was sent from; each page that was opened from the mail has its own, and a mail that answers in
    place is one page. `touched` is a trusted press of a button. `program` is set where a client says itself that it is one.
    `follows` is False for a fetch that says it is no navigation.
    """

    at: float
    what: What
    visitor: str
    browser: str = ""
    question: str = ""
    option: str = ""
    page: str = ""
    touched: bool = False
    program: bool = False
    follows: bool = True


CORRECTIONS_A_QUESTION, CORRECTIONS_A_MAIL = 1, 2  # across pages opened from the mail; on one page as many as they like
QUICK_FORMS = ((2, 1.0), (3, 2.0))  # questions whose forms came without a touch within so many seconds of their pages
FAST_PRESSES, FAST_SECONDS = 3, 2.0  # different answers to one question on one page, faster than a finger
OPENED_AT_ONCE = ((4, 1.0), (8, 5.0))  # links one visitor opens within so many seconds: a hand opens tabs more slowly
LEAVING_LINKS, LEAVING_SECONDS = 3, 10.0  # links within so many seconds, the one to unsubscribe among them


def broken_at(trace: Sequence[Seen], exclusive: Iterable[str]) -> float | None:
    """The time of the first hit by which the trace of one actor breaks a bound, or None for a trace a person could leave."""
    questions = frozenset(exclusive)
    for end in range(1, len(trace) + 1):
        if trace[end - 1].what != "sign" and any(breaks(trace[:end], questions) for breaks in BOUNDS):
            return trace[end - 1].at
    return None


def contradicts_itself(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    """More corrections than a person makes: by touch over all visitors of the actor, by form for one visitor."""
    touched = [seen for seen in trace if seen.what == "answer" and seen.touched]
    if _corrects_too_often(touched, questions):
        return True
    visitors = {seen.visitor for seen in trace}
    return any(
        _corrects_too_often([seen for seen in trace if seen.what == "answer" and seen.visitor == visitor], questions)
        for visitor in visitors
    )


def _corrects_too_often(answers: Sequence[Seen], questions: frozenset[str]) -> bool:
    total = 0
    for question in questions:
        last: dict[str, Seen] = {}  # the last press on each page, pages in the order of that press
        for seen in answers:
            if seen.question == question:
                last.pop(seen.page, None)
                last[seen.page] = seen
        options = [seen.option for seen in last.values()]
        corrections = sum(one != other for one, other in zip(options, options[1:], strict=False))
        if corrections > CORRECTIONS_A_QUESTION:
            return True
        total += corrections
    return total > CORRECTIONS_A_MAIL


def posts_quicker_than_reading(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    opened = {seen.page: seen.at for seen in trace if seen.what == "open"}
    for visitor in {seen.visitor for seen in trace}:
        waits: dict[str, float] = {}
        for seen in trace:
            if seen.what == "answer" and not seen.touched and seen.visitor == visitor and seen.page in opened:
                waits.setdefault(seen.question, seen.at - opened[seen.page])
        if any(sum(wait <= most for wait in waits.values()) >= many for many, most in QUICK_FORMS):
            return True
    return False


def presses_faster_than_a_finger(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    answers = [seen for seen in trace if seen.what == "answer" and seen.question in questions]
    for place, first in enumerate(answers):
        near = {
            seen.option
            for seen in answers[place:]
            if (seen.page, seen.question) == (first.page, first.question) and seen.at - first.at <= FAST_SECONDS
        }
        if len(near) >= FAST_PRESSES:
            return True
    return False


def says_it_is_a_program(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    return any(seen.program and seen.what == "answer" for seen in trace)


def opens_faster_than_a_hand(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    """Speaks against an untouched answer alone, and only if the page of that answer was opened in the burst."""
    pages = {seen.page: seen.visitor for seen in trace if seen.what == "answer" and not seen.touched}
    for visitor in set(pages.values()):
        opened = [seen for seen in trace if seen.what in ("open", "leave") and seen.visitor == visitor and seen.follows]
        for burst in _bursts(opened):
            if any(pages.get(seen.page) == visitor for seen in burst):
                return True
    return False


def _bursts(opened: Sequence[Seen]) -> Iterable[list[Seen]]:
    for place, first in enumerate(opened):
        for many, seconds in OPENED_AT_ONCE:
            near = [seen for seen in opened[place:] if seen.at - first.at <= seconds]
            if len({(seen.question, seen.option) for seen in near}) >= many:
                yield near
        near = [seen for seen in opened[place:] if seen.at - first.at <= LEAVING_SECONDS]
        links = {(seen.what, seen.question, seen.option) for seen in near}
        if len(links) >= LEAVING_LINKS and any(seen.what == "leave" for seen in near):
            yield near


BOUNDS: tuple[Callable[[Sequence[Seen], frozenset[str]], bool], ...] = (
    contradicts_itself,
    posts_quicker_than_reading,
    presses_faster_than_a_finger,
    says_it_is_a_program,
    opens_faster_than_a_hand,
)
