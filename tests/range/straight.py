"""Plays drawn traces straight through the judge, with time driven and no server, and says what became of each answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from server.capture import answers, evidence, verdicts, waiting
from server.capture.answers import Given
from server.capture.hits import Hit
from server.capture.known_answers import NOT_THEIRS
from server.capture.observation import PAGE_CHARACTERS, Observation
from server.capture.rules import Rules
from server.capture.verdicts import Around, Verdict
from tests.range import person
from tests.range.drawn_machines import machine
from tests.range.drawn_people import somebody
from tests.range.trace import QUESTIONS, SENT_MS, Step, Trace

EXCLUSIVE = frozenset(QUESTIONS)
RULES = Rules(https=True)
KEPT = ("process", "need", "when")  # questions whose choice is kept when the page is left open


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
    def given(self) -> Given:
        return Given(f'["{self.hit.choice}"]', self.grade, self.hit.at, self.stands_at, self.verdict.name)


@dataclass
class Outcome:
    trace: Trace
    judged: list[Judged] = field(default_factory=list)
    looked_at: int = 0  # hits that the last verdicts were drawn from
    waits: bool = False  # for verdicts that nothing has asked yet

    @property
    def verdicts(self) -> list[tuple[str, str, str]]:
        """Question, value and verdict of each answer, in order."""
        return [(each.hit.block, each.given.value, each.verdict.name) for each in self.judged]

    def standing(self, question: str) -> answers.Answer | None:
        given = [each.given for each in self.judged if each.hit.block == question]
        return answers.settle(given, "latest") if given else None


def play(trace: Trace, rules: Rules = RULES) -> Outcome:
    """Judges every answer when it comes, and all of them again at each further answer and when a wait ends, as the server does."""
    outcome, hits = Outcome(trace), list[Observation]()
    for hit, step in sorted([*_steps(trace), *_left_open(trace, rules)], key=lambda pair: pair[0].at):
        _count_due(outcome, hits, hit.at, trace, rules)
        if hit.facts.get("left") == "1" and _is_settled(outcome, trace, step, hit):
            continue
        hits.append(hit)
        if hit.acts:
            grade = evidence.grade(_hit(hit)).name
            stands_at = waiting.stands_at(hit, grade, hits, SENT_MS, rules)
            outcome.judged.append(Judged(step, hit, grade, stands_at, Verdict("undecided")))
            outcome.waits = True
            if any(
                each.counted_at for each in outcome.judged
            ):  # it may fall; before that a verdict is of use when a wait ends
                _judge_again(outcome, hits, hit.at, trace, rules)
            _count_due(outcome, hits, hit.at, trace, rules)
    _count_due(outcome, hits, 2**62, trace, rules)
    return outcome


def _steps(trace: Trace) -> list[tuple[Observation, Step]]:
    return [(step.observation(), step) for step in trace.steps]


def _is_settled(outcome: Outcome, trace: Trace, step: Step, left: Observation) -> bool:
    """As in `left_open`: an answer stands, or another option was opened later."""
    standing = outcome.standing(step.question)
    same = (each.step for each in outcome.judged if each.hit.block == step.question)
    if any((each.network, each.agent) == (step.network, step.agent) or each.page == step.page for each in same):
        return True
    if standing and standing.state not in NOT_THEIRS:
        return True
    own = (each for each in trace.steps if (each.network, each.agent) == (step.network, step.agent))
    later = (each for each in own if each.question == step.question and each.option != step.option)
    return any(
        each.what == "open" and each.method == "GET" and step.at < each.at and SENT_MS + each.at * 1000 <= left.at
        for each in later
    )


def _judge_again(outcome: Outcome, hits: list[Observation], now: int, trace: Trace, rules: Rules) -> None:
    if outcome.looked_at == len(hits):
        return
    outcome.looked_at, outcome.waits = len(hits), False
    judged = verdicts.judge_answers(hits, _around(trace), rules).values()
    for each, verdict in zip(outcome.judged, judged, strict=True):
        if each.counted_at and not each.fell_at and verdict.name != "person":
            each.fell_at = now
        each.verdict = verdict


def _count_due(outcome: Outcome, hits: list[Observation], now: int, trace: Trace, rules: Rules) -> None:
    due = [each for each in outcome.judged if not each.counted_at and each.stands_at <= now]
    if due and (outcome.waits or any(each.verdict.name == "person" for each in due)):
        _judge_again(outcome, hits, now, trace, rules)
    for each in due:
        if each.verdict.name == "person":
            each.counted_at = max(each.stands_at, each.hit.at)


def _around(trace: Trace) -> Around:
    return Around(SENT_MS, EXCLUSIVE, trace.crowds)


def _hit(hit: Observation) -> Hit:
    return Hit("", "", hit.block, hit.purpose, hit.method, gesture=hit.gesture, facts=hit.facts, channel=hit.channel)


def _left_open(trace: Trace, rules: Rules) -> list[tuple[Observation, Step]]:
    """The answers that the worker may make of pages that were left open."""
    opened = {step.page: step for step in trace.steps if step.what == "open"}
    signs: dict[str, str] = {}
    first: dict[str, Step] = {}
    for step in trace.steps:
        if step.what == "sign" and step.question in KEPT:
            first.setdefault(step.page, step)
            signs[step.page] = signs.get(step.page) or step.facts.get("sign", "")
    found = []
    for page, step in first.items():
        late = {"late": "1"} if opened[page].at * 1000 >= rules.early_ms else {}
        facts = {"left": "1", "sign": signs[page], "visit": step.visit, **late}
        hit = step.observation()._replace(
            at=SENT_MS + round(step.at * 1000) + rules.hold_ms,
            purpose="answer",
            nonce=f"{page[:PAGE_CHARACTERS]}-left",
            facts={name: value for name, value in facts.items() if value},
        )
        found.append((hit, step))
    return found


def drawn(machines: int, people: int, seed: int) -> list[Trace]:
    draw = Random(seed)
    return [*(machine(draw) for _ in range(machines)), *(somebody(draw) for _ in range(people))]


def decidable(trace: Trace, actor: str) -> dict[tuple[str, str], int]:
    """By visitor and browser of one machine: when what it does breaks a bound of a person, ms."""
    found = person.decidable_at([step.seen for step in trace.of(actor)], EXCLUSIVE)
    return {who: SENT_MS + round(at * 1000) for who, at in found.items()}
