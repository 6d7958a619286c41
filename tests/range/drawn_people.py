"""Draws people from a grammar: how they come, what they look at, what they press, and who else is at work on their mail."""

from __future__ import annotations

from random import Random

from tests.range import person
from tests.range.drawn_machines import AGENTS, _log, _network, machine
from tests.range.trace import LINKS, PROGRAM_FETCH, QUESTIONS, Actor, Step, Trace, merged, name

GESTURES = ("pointer", "touch", "click")
PHONE = AGENTS[-1]


def somebody(draw: Random) -> Trace:
    """One person with one mail, within the bounds of `person.py`: what breaks one is drawn again."""
    while True:
        trace = _drawn(draw)
        if person.broken_at([step.seen for step in trace.of("person")], QUESTIONS) is None:
            return trace


def _drawn(draw: Random) -> Trace:
    scripts = draw.random() < 0.8
    begin = draw.choices(
        (draw.uniform(4, 120), draw.uniform(60, 3_600), draw.uniform(600, 40_000), _log(draw, 9e4, 2e6)),
        (30, 30, 30, 10),
    )[0]
    one = Actor(draw, "person", begin, _network(draw), draw.choice(AGENTS), scripts=scripts)
    way = draw.choices(list(WAYS), [share for _, share in WAYS.values()])[0]
    one.visit, one.headers = "" if draw.random() < 0.15 and way not in LEFT else name(draw), draw.random() < 0.9
    company, around = _company(draw, one)
    meant = WAYS[way][0](one)
    crowds = {one.network: draw.randint(10, 60)} if not scripts and draw.random() < 0.15 else {}
    kind = f"{way}, {'' if scripts else 'no script, '}{company}"
    pressed = (scripts or way == "in the mail") and way not in LEFT
    return Trace(kind, merged(one.steps, *around), meant, pressed, crowds)


def _answer(one: Actor, page: str, question: str, option: str) -> None:
    """A person needs at least a moment; without scripts a little more, since the page comes anew."""
    if one.scripts:
        one.wait(_log(one.draw, 0.4, 40))
        one.press(page, question, option, one.draw.choice(GESTURES))
    else:
        one.wait(_log(one.draw, 1.2, 60))
        sent = {"Sec-Fetch-User": "?1"} if one.headers and one.draw.random() < 0.6 else {}
        one.post(page, question, option, **sent)


def one_link(one: Actor) -> dict[str, str]:
    question, option = one.draw.choice(LINKS)
    page = one.open(question, option)
    _answer(one, page, question, option)
    return {question: option}


def another_on_the_page(one: Actor) -> dict[str, str]:
    """Opens one option and presses another there, perhaps some more: the last press counts."""
    question, option = one.draw.choice(LINKS)
    page = one.open(question, option)
    for _ in range(one.draw.randint(1, 4)):
        option = one.draw.choice(QUESTIONS[question])
        _answer(one, page, question, option)
    return {question: option}


def tabs(one: Actor) -> dict[str, str]:
    """Opens several options in tabs, quickly, and answers in one of them."""
    question = one.draw.choice([each for each in QUESTIONS if len(QUESTIONS[each]) > 2])
    pages = []
    for option in one.draw.sample(QUESTIONS[question], one.draw.randint(2, len(QUESTIONS[question]))):
        pages.append((one.open(question, option), option))
        one.wait(_log(one.draw, 0.3, 5))
    page, option = one.draw.choice(pages)
    _answer(one, page, question, option)
    return {question: option}


def corrects(one: Actor) -> dict[str, str]:
    """A slip: another option of the same question, from the mail, within seconds or after a while."""
    question = one.draw.choice(list(QUESTIONS))
    options = one.draw.sample(QUESTIONS[question], 2)
    for option in options:
        page = one.open(question, option)
        _answer(one, page, question, option)
        one.wait(_log(one.draw, 0.5, 600))
    return {question: options[-1]}


def answers_several(one: Actor) -> dict[str, str]:
    """Question after question, from the mail or on the page that follows; perhaps one is corrected."""
    meant: dict[str, str] = {}
    page = ""
    for question, options in one.draw.sample(list(QUESTIONS.items()), one.draw.randint(2, len(QUESTIONS))):
        meant[question] = one.draw.choice(options)
        if not page or one.draw.random() < 0.5:
            page = one.open(question, meant[question])
        _answer(one, page, question, meant[question])
        one.wait(_log(one.draw, 0.5, 60))
    if one.draw.random() < 0.5:
        question = one.draw.choice(list(meant))
        meant[question] = one.draw.choice(QUESTIONS[question])
        page = one.open(question, meant[question])
        _answer(one, page, question, meant[question])
    return meant


def two_devices(one: Actor) -> dict[str, str]:
    question = one.draw.choice(list(QUESTIONS))
    option = one.draw.choice(QUESTIONS[question])
    _answer(one, one.open(question, option), question, option)
    one.wait(_log(one.draw, 200, 80_000))
    one.network, one.agent, one.visit = _network(one.draw), PHONE, name(one.draw)
    option = one.draw.choice(QUESTIONS[question])
    _answer(one, one.open(question, option), question, option)
    return {question: option}


def changes_network(one: Actor) -> dict[str, str]:
    """Opens the page at home and answers on the bus."""
    question, option = one.draw.choice(LINKS)
    page = one.open(question, option)
    one.wait(_log(one.draw, 5, 600))
    one.network = _network(one.draw)
    _answer(one, page, question, option)
    return {question: option}


def left_with_a_sign(one: Actor) -> dict[str, str]:
    """Taps in the mail, scrolls through the page and closes it."""
    question, option = one.draw.choice([link for link in LINKS if link[0] != "call"])
    page = one.open(question, option)
    one.scripts = True
    one.wait(_log(one.draw, 2.1, 30))
    one.report(page, question, option, one.draw.choice(("touch", "wheel", "pointer")), viewed=True)
    return {question: option}


def left_after_a_look(one: Actor) -> dict[str, str]:
    """Taps in the mail, looks, goes back: later than the minutes in which scanners come."""
    one.at = max(one.at, 400 + one.draw.random() * 4_000)
    question, option = one.draw.choice([link for link in LINKS if link[0] != "call"])
    page = one.open(question, option)
    one.scripts = True
    one.wait(2.1)
    one.report(page, question, option, "", viewed=True)
    return {question: option}


def in_the_mail(one: Actor) -> dict[str, str]:
    """Answers in place, in a client that shows AMP; changes it there as often as they like."""
    question = one.draw.choice(list(QUESTIONS))
    option = ""
    one.network, one.agent = "74.125.1.0/24", "GmailProxy"
    for _ in range(one.draw.randint(1, 3)):
        option = one.draw.choice(QUESTIONS[question])
        one.wait(_log(one.draw, 1, 20))
        one.act("amp", question, option, "amp")
    return {question: option}


LEFT = ("left open, a sign", "left open, a look")
WAYS = {
    "one link": (one_link, 30),
    "another on the page": (another_on_the_page, 8),
    "tabs": (tabs, 12),
    "corrects": (corrects, 12),
    "several": (answers_several, 16),
    "two devices": (two_devices, 4),
    "changes network": (changes_network, 5),
    "left open, a sign": (left_with_a_sign, 4),
    "left open, a look": (left_after_a_look, 4),
    "in the mail": (in_the_mail, 5),
}


def _company(draw: Random, one: Actor) -> tuple[str, list[list[Step]]]:
    """Who else opens links of the same mail, and what they do with them."""
    way = draw.choices(("alone", "extension", "appliance", "scanner", "forwarded"), (52, 14, 14, 14, 6))[0]
    if way == "extension":  # a webmail or an extension that checks each link as the mail is opened
        other = Actor(draw, "extension", max(1, one.at - draw.uniform(0.5, 60)), one.network, one.agent)
        for question, option in LINKS:
            other.open(question, option, headers=PROGRAM_FETCH)
            other.wait(draw.uniform(0.01, 0.4))
        return way, [other.steps]
    if way == "appliance":  # in the same office, with the same agent, before its reader comes
        other = Actor(draw, "appliance", max(1, one.at - draw.uniform(20, 400)), one.network, one.agent)
        other.visit = "" if draw.random() < 0.5 else name(draw)
        for question, option in draw.sample(LINKS, draw.randint(3, len(LINKS))):
            other.open(question, option)
            other.wait(draw.uniform(0.02, 0.8))
        return way, [[step for step in other.steps if step.at < one.at - 10]]
    if way == "scanner":  # a machine of the same grammar, from elsewhere, at any time
        return way, [machine(draw, "scanner", one.at + draw.uniform(-600, 600) if draw.random() < 0.5 else None).steps]
    if way == "forwarded":  # a colleague who got the mail looks at it, and answers nothing
        other = Actor(draw, "colleague", one.at + _log(draw, 60, 5_000), _network(draw), draw.choice(AGENTS))
        other.open(*draw.choice(LINKS))
        return way, [other.steps]
    return way, []
