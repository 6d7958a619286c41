"""One drawn mail: who does what with it and when, in a form that the judge, the web server and the bounds of a person can each read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from server.capture.observation import Observation
from tests.range.person import Seen, What

SENT_MS = 1_800_000_000_000
QUESTIONS: Mapping[str, tuple[str, ...]] = {  # all take one option, as in the email `diagnosis`
    "process": ("1", "2", "3", "4", "5"),
    "need": ("crm", "follow_up", "proposals", "numbers"),
    "when": ("this_month", "three_months", "someday"),
    "call": ("yes", "no"),
}
LINKS = [(question, option) for question, options in QUESTIONS.items() for option in options]
OPENED = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-User": "?1",
}
PROGRAM_FETCH = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"}
POSTED = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
SCRIPTED = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}


@dataclass(frozen=True)
class Step:
    """One thing somebody does. `at` in seconds after sending; `visit` is the id its browser keeps, '' for none; `facts` are headers
    and what our page reports. `actor` is who really did it: `person`, or the name of a machine.
    """

    at: float
    what: What
    actor: str
    network: str
    agent: str
    visit: str = ""
    question: str = ""
    option: str = ""
    page: str = ""
    gesture: str = ""
    channel: str = "page"
    method: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def seen(self) -> Seen:
        named = "bot" in self.agent.lower() or "python" in self.agent  # a mail program's agent is its maker's affair
        program = self.facts.get("webdriver") == "1" or (named and self.channel == "page")
        follows = self.facts.get("Sec-Fetch-Dest") != "empty"
        return Seen(
            self.at,
            self.what,
            f"{self.network} {self.agent}" if self.channel == "page" else f"{self.channel} {self.agent}",
            self.visit,
            self.question,
            self.option,
            self.page if self.channel == "page" else self.channel,
            bool(self.gesture),
            program,
            follows,
            self.facts.get("Sec-Fetch-User") == "?1",
            int(self.facts["dwell"]) / 1000 if "dwell" in self.facts else None,
            self.channel != "page",
        )

    def observation(self) -> Observation:
        purpose = {"open": "answer", "answer": "answer", "leave": "unsubscribe", "sign": "sign"}[self.what]
        method = self.method or ("POST" if self.what in ("answer", "sign") else "GET")
        facts = {**self.facts, **({"visit": self.visit} if self.visit else {})}
        return Observation(
            SENT_MS + round(self.at * 1000),
            method,
            purpose,
            self.question,
            self.option,
            self.agent,
            self.network,
            self.page,
            self.gesture,
            self.channel,
            "",
            facts,
        )


@dataclass
class Trace:
    """The steps of one mail in order. `kind` names what was drawn; `meant` is what the person wants to have answered, with whether
    each was pressed on a page that ran scripts; `crowd` how many unrelated companies a network touched meanwhile.
    """

    kind: str
    steps: list[Step]
    meant: Mapping[str, str] = field(default_factory=dict)
    scripted: bool = True
    crowds: Mapping[str, int] = field(default_factory=dict)

    @property
    def by_person(self) -> bool:
        return bool(self.meant)

    def of(self, actor: str) -> list[Step]:
        return [step for step in self.steps if step.actor == actor]


class Actor:
    """Somebody with a browser or a program: remembers its place in time, and writes down what it does."""

    def __init__(self, draw: Random, name: str, at: float, network: str, agent: str, *, scripts: bool = True) -> None:
        self.draw, self.name, self.at, self.network, self.agent = draw, name, at, network, agent
        self.scripts, self.visit, self.headers = scripts, "", True
        self.steps: list[Step] = []
        self.opened: dict[str, float] = {}

    def wait(self, seconds: float) -> None:
        self.at += seconds

    def open(self, question: str, option: str, method: str = "GET", headers: Mapping[str, str] = OPENED) -> str:
        """Opens a link of the mail; returns its page."""
        page = f"{self.draw.getrandbits(96):024x}" if method == "GET" else ""
        self._add("open", question, option, page, method=method, facts=headers if self.headers else {})
        self.opened[page] = self.at
        return page

    def leave(self) -> None:
        self._add("leave", facts=OPENED if self.headers else {})

    def press(self, page: str, question: str, option: str, gesture: str = "pointer", **facts: str) -> None:
        """A trusted press of a button of the page."""
        self._add("answer", question, option, page, gesture=gesture, facts={**self._page(page, SCRIPTED), **facts})

    def post(self, page: str, question: str, option: str, **facts: str) -> None:
        """The form without a trusted press: by a script of the page, by a program, or by a browser that runs no scripts."""
        self._add("answer", question, option, page, facts={**self._page(page, POSTED), **facts})

    def act(self, channel: str, question: str, option: str, gesture: str) -> None:
        """An answer in the mail itself, whose program keeps nothing for us."""
        self._add("answer", question, option, channel, gesture=gesture, channel=channel, visit="")

    def report(self, page: str, question: str, option: str, sign: str, *, viewed: bool) -> None:
        facts = {**({"sign": sign} if sign else {}), **({"viewed": "1"} if viewed else {})}
        self._add("sign", question, option, page, facts=facts)

    def _page(self, page: str, headers: Mapping[str, str]) -> dict[str, str]:
        own = dict(headers) if self.headers else {}
        if self.scripts:
            own |= {"dwell": str(round((self.at - self.opened.get(page, self.at)) * 1000)), "visible": "1"}
        return own

    def _add(self, what: What, question: str = "", option: str = "", page: str = "", **more: object) -> None:
        known: dict[str, Any] = {"visit": self.visit, **more}
        self.steps.append(
            Step(
                self.at,
                what,
                self.name,
                self.network,
                self.agent,
                question=question,
                option=option,
                page=page,
                **known,
            )
        )


def merged(*parts: Sequence[Step]) -> list[Step]:
    return sorted((step for part in parts for step in part), key=lambda step: step.at)


def name(draw: Random) -> str:
    return f"{draw.getrandbits(72):018x}"
