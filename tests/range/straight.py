"""Plays drawn traces straight through the judge, with time driven and no server, and says what became of each answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from server.capture import answers, evidence, hold_period, left_open, observation, verdicts
from server.capture.answers import Candidate
from server.capture.hits import Hit
from server.capture.observation import Observation
from server.capture.rules import Rules
from server.capture.verdicts import Around, Verdict
from server.contacts.known_answers import NOT_THEIRS
from tests.range import person
from tests.range.drawn_machines import machine
from tests.range.drawn_people import somebody
from tests.range.trace import QUESTIONS, SENT_MS, Step, Trace

EXCLUSIVE = frozenset(QUESTIONS)
RULES = Rules(https=True)
KEPT = ("process", "need", "when")  # questions whose choice is kept when the page is left open
Page = dict[str, Any]  # a row of `open_pages`, and the step that opened it


@dataclass
class Judged:
    """An answer of the trace: its step and hit, when it may count, its verdict now, when it first counted and fell (ms; 0 for never)."""

    step: Step
    hit: Observation
    grade: str
    stands_at: int
    verdict: Verdict
    counted_at: int = 0
    fell_at: int = 0

    @property
    def given(self) -> Candidate:
        return Candidate(f'["{self.hit.choice}"]', self.grade, self.hit.at, self.stands_at, self.verdict.name)


@dataclass
class Outcome:
    trace: Trace
    judged: list[Judged] = field(default_factory=list)
    looked_at: int = 0  # hits that the last verdicts were drawn from
    counted_until: int = 0  # what waited no longer than that was counted then, or was no person's

    @property
    def verdicts(self) -> list[tuple[str, str, str]]:
        """Question, value and verdict of each answer, in order."""
        return [(each.hit.block, each.given.value, each.verdict.name) for each in self.judged]

    def standing(self, question: str) -> answers.Answer | None:
        given = [each.given for each in self.judged if each.hit.block == question]
        return answers.settle(given, "latest") if given else None


def play(trace: Trace, rules: Rules = RULES) -> Outcome:
    """Judges every answer when it comes, and all of them again at each further answer and when a wait ends, as the server does."""
    outcome, hits, pages = Outcome(trace), list[Observation](), dict[str, Page]()
    for step in trace.steps:
        hit = step.observation()
        _close_due(outcome, hits, pages, hit.at, rules)
        hits.append(hit)
        if step.what == "sign":
            _report(pages, step, hit, rules)
        elif hit.acts:
            _answer(outcome, hits, step, rules)
    _close_due(outcome, hits, pages, 2**62, rules)
    _judge_again(outcome, hits, hits[-1].at, rules)  # once more, by the links that were opened after the last answer
    _count(outcome.judged)
    return outcome


def _answer(outcome: Outcome, hits: list[Observation], step: Step, rules: Rules) -> None:
    """The last of `hits` is an answer."""
    hit = hits[-1]
    grade = evidence.grade(_hit(hit)).name
    stands_at = hold_period.stands_at(hit, grade, hits, SENT_MS, rules)
    outcome.judged.append(Judged(step, hit, grade, stands_at, Verdict("undecided")))
    if any(each.counted_at and not each.fell_at for each in outcome.judged):
        _judge_again(outcome, hits, hit.at, rules)  # one may fall; else a verdict is of use when a wait ends
    _count_due(outcome, hits, hit.at, rules)


def _report(pages: dict[str, Page], step: Step, hit: Observation, rules: Rules) -> None:
    """Keeps what a page reports, as the table `open_pages` does."""
    if step.question in KEPT:
        page = pages.setdefault(hit.page, _page(step, hit, rules))
        page["sign"] = page["sign"] or hit.facts.get("sign", "")
        page["viewed"] = page["viewed"] or hit.facts.get("viewed") == "1"


def _page(step: Step, hit: Observation, rules: Rules) -> Page:
    return {
        "contact_id": "",
        "message_id": "",
        **{name: getattr(hit, name) for name in ("block", "choice", "page", "agent", "network", "visit")},
        "sign": "",
        "viewed": False,
        "opened_at": hit.at,
        "due_at": hit.at + rules.hold_ms,
        "step": step,
    }


def _close_due(outcome: Outcome, hits: list[Observation], pages: dict[str, Page], until: int, rules: Rules) -> None:
    """The worker's work up to a moment: what a page that was left open gives, and what has waited long enough."""
    while due := [name for name, page in pages.items() if page["due_at"] <= until]:
        page = pages.pop(min(due, key=lambda name: pages[name]["due_at"]))
        at = page["due_at"]
        row: Any = page
        _count_due(outcome, hits, at, rules)
        if not page["viewed"] or left_open.is_overtaken(row, hits):
            continue
        standing = _standing(outcome, hits, page["block"], at, rules)
        if standing and standing.state == "provisional":
            pages[page["page"]] = {**page, "due_at": standing.confirm_at}
        if not standing:
            hits.append(observation.arriving(left_open.kept(row, SENT_MS, rules), at))
            _answer(outcome, hits, page["step"], rules)
    _count_due(outcome, hits, until, rules)


def _standing(
    outcome: Outcome, hits: list[Observation], question: str, now: int, rules: Rules
) -> answers.Answer | None:
    """The answer to a question that stands now."""
    if not any(each.hit.block == question for each in outcome.judged):
        return None
    _judge_again(outcome, hits, now, rules)
    standing = outcome.standing(question)
    return answers.as_of(standing, now) if standing and standing.state not in NOT_THEIRS else None


def _judge_again(outcome: Outcome, hits: list[Observation], now: int, rules: Rules) -> None:
    if outcome.looked_at == len(hits):
        return
    outcome.looked_at = len(hits)
    judged = verdicts.judge_answers(hits, _around(outcome.trace), rules).values()
    for each, verdict in zip(outcome.judged, judged, strict=True):
        if each.counted_at and not each.fell_at and verdict.name != "person":
            each.fell_at = now
        each.verdict = verdict


def _count_due(outcome: Outcome, hits: list[Observation], now: int, rules: Rules) -> None:
    due = [each for each in outcome.judged if not each.counted_at and each.stands_at <= now]
    if any(each.verdict.name == "person" or each.stands_at >= outcome.counted_until for each in due):
        _judge_again(outcome, hits, now, rules)
    outcome.counted_until = now
    _count(due)


def _count(due: list[Judged]) -> None:
    for each in due:
        if not each.counted_at and each.verdict.name == "person":
            each.counted_at = max(each.stands_at, each.hit.at)


def _around(trace: Trace) -> Around:
    return Around(SENT_MS, EXCLUSIVE, trace.crowds)


def _hit(hit: Observation) -> Hit:
    return Hit("", "", hit.block, hit.purpose, hit.method, gesture=hit.gesture, facts=hit.facts, channel=hit.channel)


def drawn(machines: int, people: int, seed: int) -> list[Trace]:
    draw = Random(seed)
    return [*(machine(draw) for _ in range(machines)), *(somebody(draw) for _ in range(people))]


def decidable(trace: Trace, actor: str) -> dict[tuple[str, str], int]:
    """By visitor and browser of one machine: when what it does breaks a bound of a person, ms."""
    found = person.decidable_at([step.seen for step in trace.of(actor)], EXCLUSIVE)
    return {who: SENT_MS + round(at * 1000) for who, at in found.items()}
