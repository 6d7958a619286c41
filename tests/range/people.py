"""People, each a script of what they do from the mail on. Each returns what they meant: question and option."""

from __future__ import annotations

from collections.abc import Callable, Generator
from random import Random

from tests.range.hands import CHROME, PHONE, Hands
from tests.range.machines import MICROSOFT, _place, sweep

Meant = dict[str, str]
Script = Callable[[Hands, Random], Generator[float, None, Meant]]


def one_tap(hands: Hands, draw: Random, gesture: str, dwell: float) -> Generator[float, None, Meant]:
    """Opens one option, and touches the page after `dwell` seconds."""
    block, option = draw.choice(hands.mail.links())
    hands.open(block, option)
    yield dwell
    hands.touch(block, option, gesture, dwell)
    return {block: option}


def fast(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    return (yield from one_tap(hands, draw, "pointer", draw.uniform(0.15, 1)))


def slow(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    return (yield from one_tap(hands, draw, "wheel", draw.uniform(15, 90)))


def phone(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    return (yield from one_tap(hands.elsewhere(hands.address, PHONE), draw, "touch", draw.uniform(0.4, 6)))


def keyboard(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    return (yield from one_tap(hands, draw, "key", draw.uniform(0.5, 9)))


def assisted(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """A screen reader presses the button: there is a click, and no pointer and no key."""
    return (yield from one_tap(hands, draw, "click", draw.uniform(3, 20)))


def no_script(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    block, option = draw.choice(hands.mail.links())
    hands.open(block, option)
    yield draw.uniform(1, 10)
    hands.press(block, option)
    return {block: option}


def only_looks(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """Opens an old link, reads and closes it: the page answers by itself."""
    yield 3600
    block, option = draw.choice(hands.mail.links())
    hands.open(block, option)
    yield 1.5
    hands.look(block, option, 1.5)
    return {block: option}


def checked_at_click(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """A gateway fetches the very link at the click, runs it and submits it; then the person's browser follows."""
    block, option = draw.choice(hands.mail.links())
    gateway = hands.elsewhere(_place(MICROSOFT, draw), CHROME)
    gateway.head(block, option)
    gateway.open(block, option)
    yield draw.uniform(0.3, 2)
    if draw.random() < 0.5:
        gateway.submit(block, option)
    hands.open(block, option)
    yield 1
    hands.touch(block, option, "pointer", 1)
    return {block: option}


def followed(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """Seconds after the person a scanner posts another option: by script, or with clicks of its own."""
    meant = yield from fast(hands, draw)
    ((block, option),) = meant.items()
    other = next(each for each in hands.mail.options[block] if each != option)
    scanner = hands.elsewhere(_place(MICROSOFT, draw), CHROME)
    yield draw.uniform(1, 20)
    scanner.open(block, option)
    yield draw.uniform(0.5, 2)
    draw.choice((scanner.submit, scanner.post, lambda *ask: scanner.touch(*ask, "pointer", 1)))(block, other)
    return meant


def scanned_before(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """The mail was swept at its delivery; minutes later its person answers."""
    yield from sweep(hands, draw)
    yield draw.uniform(30, 900)
    return (yield from fast(hands, draw))


def during_a_sweep(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """Quick enough to answer while the scanner is at work."""
    block, option = draw.choice(hands.mail.links())
    scanner = sweep(hands, draw)
    for number, wait in enumerate(scanner):
        if number == 4:
            hands.open(block, option)
        if number == 7:
            hands.touch(block, option, "pointer", 0.9)
        yield wait
    return {block: option}


def two_devices(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """On the telephone, and again at the desk, now otherwise."""
    first = hands.elsewhere(f"181.{draw.randint(1, 250)}.7.7", PHONE)
    meant = yield from one_tap(first, draw, "touch", 2)
    yield draw.uniform(150, 4000)
    (block,) = meant
    option = draw.choice(hands.mail.options[block])
    hands.open(block, option)
    yield 1
    hands.touch(block, option, "pointer", 1)
    return {block: option}


def changes_mind(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """Back to the mail, and another option of the same question."""
    block = draw.choice(list(hands.mail.options))
    options = draw.sample(hands.mail.options[block], 2)
    for option in options:
        yield draw.uniform(4, 30)
        hands.open(block, option)
        yield draw.uniform(1, 4)
        hands.touch(block, option, "pointer", 1.2)
    return {block: options[-1]}


def answers_all(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """Every question, one after another, from the mail."""
    meant: Meant = {}
    for block, options in hands.mail.options.items():
        meant[block] = draw.choice(options)
        hands.open(block, meant[block])
        yield draw.uniform(1, 5)
        hands.touch(block, meant[block], "pointer", 1)
        yield draw.uniform(2, 8)
    return meant


def forwarded(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """A colleague opens the mail too, and says who they are not."""
    meant = yield from fast(hands, draw)
    yield draw.uniform(60, 600)
    colleague = hands.elsewhere(f"186.{draw.randint(1, 250)}.3.3", CHROME)
    (block,) = meant
    colleague.open(block, draw.choice(hands.mail.options[block]))
    yield 5
    colleague.not_me(block)
    return meant


def colleague(hands: Hands, draw: Random) -> Generator[float, None, Meant]:
    """One of thirty behind one address, with the same browser, within the same minutes; a third of them without scripts."""
    mine = hands.elsewhere("190.85.1.10", CHROME)
    yield draw.uniform(0, 120)
    return (yield from (no_script if draw.random() < 0.3 else fast)(mine, draw))


PEOPLE: dict[str, tuple[Script, int]] = {  # with how many of a hundred
    "fast clicker": (fast, 12),
    "slow reader": (slow, 10),
    "phone": (phone, 12),
    "keyboard only": (keyboard, 6),
    "screen reader": (assisted, 4),
    "no JavaScript": (no_script, 5),
    "only looks (old link)": (only_looks, 4),
    "checked at the click": (checked_at_click, 8),
    "scanner posts after": (followed, 8),
    "scanned before": (scanned_before, 6),
    "during a sweep": (during_a_sweep, 4),
    "two devices": (two_devices, 5),
    "change of mind": (changes_mind, 5),
    "answers every question": (answers_all, 5),
    "forwarded mail": (forwarded, 3),
    "office of thirty": (colleague, 30),
}
WAIT_OUT_THE_HOLD = ("no JavaScript", "only looks (old link)")  # by design: nobody touched a page
