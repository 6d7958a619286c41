"""States the bounds of what a person does with one mail. Imports nothing of the rules, so that the rules can be measured by it.

A trace is what the server sees of one mail, in order. A visit is decidable at t when what the trace holds up to t breaks a bound: no
person does that, so whoever caused it is a machine. What breaks no bound cannot be told from a person by anybody, and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

What = Literal["open", "answer", "sign", "leave"]


class Seen(NamedTuple):
    """One hit. `at` in seconds after sending; `visitor` is network and agent, `browser` the id its browser kept ('' for none).

    `page` names the page an answer was sent from; each page that was opened from the mail has its own, and a mail that answers in
    place is one page. `touched` is a trusted press of a button. `program` is set where a client says itself that it is one.
    `follows` is False for a fetch that says it is no navigation, `activated` True where the browser says that a person set a form off,
    `dwell` seconds from the page that is shown to the press on it, `in_place` an answer in the mail itself.
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
    activated: bool = False
    dwell: float | None = None
    in_place: bool = False

    @property
    def who(self) -> tuple[str, str]:
        return self.visitor, self.browser


CORRECTIONS_A_QUESTION, CORRECTIONS_A_MAIL = 1, 2  # across pages opened from the mail; on one page as many as they like
QUICK_FORMS = ((2, 0.7), (3, 2.0))  # questions whose forms came without a touch within so many seconds of their pages
FAST_PRESSES, FAST_SECONDS = 4, 1.0  # different answers to one question on one page, faster than a finger
BURSTS_SECONDS = (
    10.0,
    120.0,
)  # between two answers of one visitor that belong together; the last also for several visitors
INSTANT_SECONDS = 0.1  # between a page that is shown and a press on it
GOES_THROUGH = 3  # different answers to each of two questions of a mail that answers in place
OPENED_AT_ONCE = ((4, 1.0), (8, 5.0))  # links one visitor opens within so many seconds: a hand opens tabs more slowly
LEAVING_LINKS, LEAVING_SECONDS = 3, 10.0  # links within so many seconds, the one to unsubscribe among them


def broken_at(trace: Sequence[Seen], exclusive: Iterable[str]) -> float | None:
    """The time of the first hit by which the trace of one actor breaks a bound, or None for a trace a person could leave."""
    questions = frozenset(exclusive)
    return _first(trace, lambda part: any(breaks(part, questions) for breaks in (*BOUNDS, presses_against_itself)))


def decidable_at(trace: Sequence[Seen], exclusive: Iterable[str]) -> dict[tuple[str, str], float]:
    """By visitor and browser: the time at which its own trace breaks a bound, or what several of them answered does.

    As few as must be are seen through: a browser by itself, then a visitor's in one burst, then all of a visitor's, then those of
    several visitors that press, of which the one with the most answers goes first. The others may be a person's.
    """
    questions = frozenset(exclusive)
    found: dict[tuple[str, str], float] = {}
    for browser in {seen.who for seen in trace}:
        own = [seen for seen in trace if seen.who == browser]
        at = _first(own, lambda part: any(breaks(part, questions) for breaks in (*BOUNDS, presses_against_itself)))
        if at is not None:
            found[browser] = at
    for touched in (True, False):
        answers = [seen for seen in trace if seen.what == "answer" and seen.touched == touched]
        for visitor in {seen.visitor for seen in answers}:
            own = [seen for seen in answers if seen.visitor == visitor]
            _see_through(own, questions, found, BURSTS_SECONDS)
        if touched:
            _see_through(answers, questions, found, BURSTS_SECONDS[-1:])
    return found


def _see_through(
    answers: Sequence[Seen], questions: frozenset[str], found: dict[tuple[str, str], float], gaps: Sequence[float]
) -> None:
    """Adds who is seen through by the answers of those who are not yet: burst by burst, then all that is left together."""
    for gap in (*gaps, float("inf")):
        for part in _bursts_of([seen for seen in answers if seen.who not in found], gap):
            if not _corrects_too_often(part, questions):
                continue
            for who, at in _guilty_from(part, questions).items():
                found.setdefault(who, at)


def _guilty_from(part: Sequence[Seen], questions: frozenset[str]) -> dict[tuple[str, str], float]:
    """Who is guilty at the end, with the time since when: what came in between may have spoken for them."""
    since: dict[tuple[str, str], float] = {}
    for end in range(1, len(part) + 1):
        if _corrects_too_often(part[:end], questions):
            guilty = _guilty(part[:end], questions)
            since = {who: since.get(who, part[end - 1].at) for who in guilty}
    return since


def _bursts_of(answers: Sequence[Seen], gap: float) -> list[list[Seen]]:
    found: list[list[Seen]] = []
    for seen in answers:
        if not found or seen.at - found[-1][-1].at > gap:
            found.append([])
        found[-1].append(seen)
    return found


def _guilty(part: Sequence[Seen], questions: frozenset[str]) -> set[tuple[str, str]]:
    """Those with the most answers of several, if without them the rest could be a person's; else all."""
    guilty: set[str] = set()
    counts = Counter(seen.visitor for seen in part)
    for (visitor, most), (_, next_most) in pairwise([*counts.most_common(), ("", 0)]):
        rest = [seen for seen in part if seen.visitor not in guilty]
        if most <= next_most or not _corrects_too_often(rest, questions):
            break
        guilty.add(visitor)
    rest = [seen for seen in part if seen.visitor not in guilty]
    everyone = not guilty or _corrects_too_often(rest, questions)
    return {seen.who for seen in part if everyone or seen.visitor in guilty}


def _first(trace: Sequence[Seen], breaks: Callable[[Sequence[Seen]], bool]) -> float | None:
    """The time of the first hit that breaks; what is broken stays broken, so it is found by halving."""
    if not breaks(trace):
        return None
    low, high = 0, len(trace)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if breaks(trace[:middle]) else (middle, high)
    return trace[high - 1].at


def presses_against_itself(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    """More corrections by touch than a person makes, over all visitors."""
    return _corrects_too_often([seen for seen in trace if seen.what == "answer" and seen.touched], questions)


def posts_against_itself(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    """More corrections by form than a person makes, for one visitor."""
    forms = [seen for seen in trace if seen.what == "answer" and not seen.touched]
    return any(
        _corrects_too_often([seen for seen in forms if seen.visitor == visitor], questions)
        for visitor in {seen.visitor for seen in forms}
    )


def _corrects_too_often(answers: Sequence[Seen], questions: frozenset[str]) -> bool:
    """A correction is another answer than the one before it, from another page; changes on one page are free."""
    last: dict[str, Seen] = {}
    corrections: dict[str, int] = {}
    for seen in answers:
        before = last.get(seen.question)
        if seen.question in questions and before and before.page != seen.page and before.option != seen.option:
            corrections[seen.question] = corrections.get(seen.question, 0) + 1
        last[seen.question] = seen
    return (
        max(corrections.values(), default=0) > CORRECTIONS_A_QUESTION or sum(corrections.values()) > CORRECTIONS_A_MAIL
    )


def posts_quicker_than_reading(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    opened = {seen.page: seen.at for seen in trace if seen.what == "open"}
    for visitor in {seen.visitor for seen in trace}:
        waits: dict[str, float] = {}
        for seen in trace:
            form = seen.what == "answer" and not seen.touched and not seen.activated
            if form and seen.visitor == visitor and seen.page in opened:
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


def presses_what_it_cannot_have_seen(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    return any(seen.touched and seen.dwell is not None and seen.dwell < INSTANT_SECONDS for seen in trace)


def goes_through_the_options(trace: Sequence[Seen], questions: frozenset[str]) -> bool:
    tried: dict[str, set[str]] = {}
    for seen in trace:
        if seen.in_place and seen.question in questions:
            tried.setdefault(seen.question, set()).add(seen.option)
    return sum(len(options) >= GOES_THROUGH for options in tried.values()) > 1


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
    posts_against_itself,
    posts_quicker_than_reading,
    presses_faster_than_a_finger,
    presses_what_it_cannot_have_seen,
    goes_through_the_options,
    says_it_is_a_program,
    opens_faster_than_a_hand,
)
