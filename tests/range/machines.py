"""Machines, each a script: it does something, and says for how many seconds it waits. None of them is a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.range.hands import CHROME, FIREFOX, Hands

Script = Callable[[Hands, Random], Iterator[float]]
MICROSOFT, BARRACUDA, CLOUD = "40.94.{}.{}", "209.222.{}.{}", "3.{}.{}.9"


def safe_links(hands: Hands, draw: Random) -> Iterator[float]:
    """HEAD, GET, script, form submitted; a few links or all of them."""
    mine = hands.elsewhere(_place(MICROSOFT, draw), CHROME)
    links = mine.mail.links()
    for block, option in links[: draw.choice((1, 3, len(links)))]:
        mine.head(block, option)
        yield draw.uniform(0.05, 0.5)
        mine.open(block, option)
        yield draw.uniform(0.2, 1.5)
        mine.submit(block, option)
        yield draw.uniform(0.1, 1)


def safe_links_twice(hands: Hands, draw: Random) -> Iterator[float]:
    """At the delivery, and again at the click that nobody made."""
    yield from safe_links(hands, draw)
    yield draw.uniform(300, 3600)
    mine = hands.elsewhere(_place(MICROSOFT, draw), CHROME)
    for _ in range(2):
        for block, option in mine.mail.links()[:4]:
            mine.open(block, option)
            yield draw.uniform(0.1, 0.8)
        mine.submit(block, option)
        yield draw.uniform(300, 900)


def sweep(hands: Hands, draw: Random) -> Iterator[float]:
    """Every link of the mail within seconds, as an ordinary browser; forms of some are posted."""
    mine = hands.elsewhere(_place(BARRACUDA, draw), draw.choice((CHROME, FIREFOX)))
    posts = draw.random() < 0.5
    for block, option in mine.mail.links():
        mine.open(block, option)
        yield draw.uniform(0.02, 0.4)
        if posts:
            mine.post(block, option)
            yield 0.05
    mine.leave()
    yield 0


def many_networks(hands: Hands, draw: Random) -> Iterator[float]:
    """Each link from another place; some post."""
    for block, option in mine_links(hands, draw):
        one = hands.elsewhere(_place(CLOUD, draw), CHROME)
        one.open(block, option)
        yield draw.uniform(0.3, 4)
        if draw.random() < 0.3:
            one.post(block, option)
            yield draw.uniform(0.1, 1)


def mine_links(hands: Hands, draw: Random) -> list[tuple[str, str]]:
    links = hands.mail.links()
    return links[: draw.randint(4, len(links))]


def unfurler(hands: Hands, draw: Random) -> Iterator[float]:
    """A preview for a chat."""
    agent = draw.choice(
        ("Slackbot-LinkExpanding 1.0", "WhatsApp/2.23", "TelegramBot (like TwitterBot)", "LinkedInBot/1.0")
    )
    block, option = draw.choice(hands.mail.links())
    hands.elsewhere(_place(CLOUD, draw), agent).open(block, option)
    yield 0


def image_proxy(hands: Hands, draw: Random) -> Iterator[float]:
    """Fetches images and follows no link."""
    hands.client.get("/static/css/recipient.css", headers={"User-Agent": "GoogleImageProxy"}, buffered=True)
    yield 0


def headless(hands: Hands, draw: Random) -> Iterator[float]:
    """A browser that runs scripts, scrolls and clicks for real, link after link; it hides that a program drives it."""
    mine = hands.elsewhere(_place(CLOUD, draw), CHROME)
    for block, option in mine.mail.links()[: draw.randint(3, 8)]:
        mine.open(block, option)
        dwell = draw.uniform(0.3, 2.5)
        yield dwell
        mine.touch(block, option, draw.choice(("pointer", "wheel")), dwell)
        yield draw.uniform(0.2, 2.5)


def driven_browser(hands: Hands, draw: Random) -> Iterator[float]:
    """The same at one link alone, and it does not hide."""
    mine = hands.elsewhere(_place(CLOUD, draw), CHROME)
    block, option = draw.choice(mine.mail.links())
    mine.open(block, option)
    yield 1.5
    mine.touch(block, option, "pointer", 1.5, webdriver="1")
    yield 0


def headless_named(hands: Hands, draw: Random) -> Iterator[float]:
    """Says in its agent that nobody looks, and posts the form of one link by script."""
    mine = hands.elsewhere(_place(CLOUD, draw), CHROME.replace("Chrome", "HeadlessChrome"))
    block, option = draw.choice(mine.mail.links())
    mine.open(block, option)
    yield 2
    mine.submit(block, option)
    yield 0


def poster(hands: Hands, draw: Random) -> Iterator[float]:
    """A program that calls itself a browser, fetches one link and posts its form within minutes of the sending."""
    mine = hands.elsewhere(_place(BARRACUDA, draw), CHROME)
    mine.browser = False
    block, option = draw.choice(mine.mail.links())
    mine.open(block, option)
    yield draw.uniform(0.2, 3)
    mine.post(block, option)
    yield 0


MACHINES: dict[str, tuple[Script, int]] = {  # with how many of a hundred
    "safe links": (safe_links, 15),
    "safe links, twice": (safe_links_twice, 5),
    "sweep of every link": (sweep, 20),
    "many networks": (many_networks, 15),
    "link unfurler": (unfurler, 5),
    "image proxy": (image_proxy, 5),
    "headless, hidden, clicks": (headless, 20),
    "headless, webdriver": (driven_browser, 5),
    "headless, says so": (headless_named, 5),
    "posts one form": (poster, 5),
}


def _place(pattern: str, draw: Random) -> str:
    return pattern.format(draw.randint(1, 250), draw.randint(1, 250))
