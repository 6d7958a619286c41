"""Draws machines from a grammar: which links, in what order, how fast, from where, and what they do on each page."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from tests.range.trace import LINKS, QUESTIONS, Actor, Step, Trace, merged, name

BURSTS = ((10, 0.005), (20, 0.022), (60, 0.664), (300, 0.283), (1800, 0.019), (86_400, 0.007))  # seconds, share: facts
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; rv:132.0) Firefox/132.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1",
)
PROGRAMS = ("Slackbot-LinkExpanding 1.0", "python-requests/2.32", "Mozilla/5.0 (compatible; SomeBot/2.0)", "")
GAPS = {  # seconds between two links, log-uniform
    "at once": (0.02, 0.3),
    "quick": (0.3, 3),
    "slow": (8, 90),
    "hours": (300, 7_200),
    "days": (20_000, 170_000),
}
Links = list[tuple[str, str]]


def machine(draw: Random, actor: str = "machine", start: float | None = None) -> Trace:
    """One machine with one mail. The kind it gets is its way with pages and its pace, for the table."""
    pace = draw.choices(list(GAPS), (30, 30, 22, 10, 8))[0]
    does = draw.choices(list(ACTIONS), [share for _, share in ACTIONS.values()])[0]
    where = draw.choices(("one place", "places", "contexts"), (74, 12, 14))[0]
    begin = max(1.0, start) if start is not None else _begins(draw)
    steps: list[Step] = []
    for _ in range(2 if draw.random() < 0.12 else 1):
        steps += _round(draw, actor, begin, _chosen(draw), pace, does, where)
        begin = steps[-1].at + _log(draw, 900, 260_000) if steps else begin
    return Trace(f"{does}, {pace}, {where}", merged(steps))


def _round(draw: Random, actor: str, begin: float, links: Links, pace: str, does: str, where: str) -> list[Step]:
    """One run through the chosen links."""
    agent, network = _agent(draw), _network(draw)
    scripts, headers = does in ("presses", "presses at random", "leaves open", "script submits"), draw.random() < 0.8
    webdriver = {"webdriver": "1"} if scripts and draw.random() < 0.12 else {}
    visit, heads, leaves = name(draw), draw.random() < 0.15, draw.random() < 0.2
    one = Actor(draw, actor, begin, network, agent, scripts=scripts)
    steps: list[Step] = []
    for question, option in links:
        one = _context(draw, one, where, visit)
        one.headers = headers or scripts
        if heads:
            one.open(question, option, "HEAD")
            one.wait(_log(draw, 0.02, 0.4))
        page = one.open(question, option)
        ACTIONS[does][0](one, page, question, option, webdriver)
        steps += one.steps
        one.steps = []
        one.wait(_log(draw, *GAPS[pace]))
    if leaves:
        one.leave()
        steps += one.steps
    return steps


def _context(draw: Random, one: Actor, where: str, visit: str) -> Actor:
    """The browser for the next link: the same, one with a fresh profile, or one in another place."""
    next_ = Actor(draw, one.name, one.at, one.network, one.agent, scripts=one.scripts)
    next_.visit = visit
    if where == "contexts":
        next_.visit = name(draw)
    if where == "places":
        next_.visit, next_.network = name(draw), _network(draw)
    return next_


def _chosen(draw: Random) -> Links:
    """Which links, in which order."""
    way = draw.choices(("all", "some", "a question", "one of each", "one"), (66, 12, 12, 6, 4))[0]
    if way == "all":
        return LINKS[:]
    if way == "some":
        return draw.sample(LINKS, draw.randint(2, 8))
    if way == "a question":
        question = draw.choice([each for each in QUESTIONS if len(QUESTIONS[each]) > 2])
        return [(question, option) for option in QUESTIONS[question]]
    if way == "one of each":
        return [(question, draw.choice(options)) for question, options in QUESTIONS.items()]
    return [draw.choice(LINKS)]


Action = Callable[[Actor, str, str, str, dict[str, str]], None]


def fetches(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    return


def posts(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    one.wait(_log(one.draw, 0.1, 4))
    one.post(page, question, option)


def script_submits(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    one.wait(_log(one.draw, 0.2, 3))
    one.post(page, question, option, **facts)


def posts_sometimes(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    if one.draw.random() < 0.4:
        posts(one, page, question, option, facts)


def presses(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    """The first button that there is: the marked answer, or "yes, change it" where the page asks."""
    one.wait(_log(one.draw, 0.3, 4))
    one.press(page, question, option, **facts)


def presses_at_random(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    for _ in range(one.draw.randint(0, 3)):
        one.wait(_log(one.draw, 0.3, 3))
        one.press(page, question, one.draw.choice(QUESTIONS[question]), **facts)


def leaves_open(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    one.wait(2.1)
    one.report(page, question, option, one.draw.choice(("", "pointer", "wheel")), viewed=True)


def answers_in_the_mail(one: Actor, page: str, question: str, option: str, facts: dict[str, str]) -> None:
    """Through the forms of the AMP part, which it has read."""
    one.wait(_log(one.draw, 0.05, 3))
    one.act("amp", question, option, "amp")


ACTIONS: dict[str, tuple[Action, int]] = {
    "fetches": (fetches, 30),
    "posts": (posts, 16),
    "posts sometimes": (posts_sometimes, 8),
    "script submits": (script_submits, 14),
    "presses": (presses, 18),
    "presses at random": (presses_at_random, 6),
    "leaves open": (leaves_open, 6),
    "answers in the mail": (answers_in_the_mail, 2),
}


def _begins(draw: Random) -> float:
    end, _ = draw.choices(BURSTS, [share for _, share in BURSTS])[0]
    return draw.uniform(max([second for second, _ in BURSTS if second < end], default=1), end)


def _agent(draw: Random) -> str:
    return draw.choice(PROGRAMS if draw.random() < 0.08 else AGENTS)


def _network(draw: Random) -> str:
    if draw.random() < 0.3:
        return f"2001:db8:{draw.randint(1, 9999):x}::/48"
    return f"{draw.randint(3, 200)}.{draw.randint(1, 250)}.{draw.randint(1, 250)}.0/24"


def _log(draw: Random, low: float, high: float) -> float:
    return math.exp(draw.uniform(math.log(low), math.log(high)))
