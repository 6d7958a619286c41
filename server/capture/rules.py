# The rules that tell a machine from a person. This file imports nothing of Acto, so that it can be read alone.
"""Lists the bounds that only machines break, the weights of all other signs, and the thresholds of both.

An answer that breaks a bound is a machine's, whatever its other signs are. Otherwise the weights are added: from DOUBT on the
answer is undecided, below it a person's. The weights are fitted to simulated visits (`python -m tests.range.fit`) and committed
by hand. The pages have the sentences for each sign, in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

VERSION = 2  # of this table and the code that reads it; a verdict is stored with it
DOUBT = 50

BOUNDS = (  # no person does this
    "contradictions",  # more corrections across pages than the budget, by one client
    "quick_forms",  # forms without a touch within a second or two of their pages, question after question
    "rapid",  # several different answers on one page faster than a finger
    "instant",  # a button pressed before anybody could see it
    "goes_through",  # in a mail that answers in place: option after option of question after question
    "flood",  # an untouched answer from a page opened in a burst that no hand opens
    "webdriver",  # the browser says that a program drives it
    "named",  # the client says itself that it is a program
)
DOUBTS = {  # about every answer
    "among_contradictions": 200,  # several clients together spend more than the budget: one of them may be a person
    "contrast": 200,  # another client's answer within minutes, and not the same: the one that strayed from its link
}
UNTOUCHED = {  # about answers without a trusted press alone; opened links are those of the same client
    "unseen": 100,  # left open without any sign of a person, with other links opened or while scanners come
    "quick_presses": 55,  # quick forms whose browser says that a person set them off
    "script_only": 100,  # our script ran, and the form went out without a press
    "sweep": 60,  # nearly every link of the mail opened in one run, the page of the answer among them
    "networks": 4,  # several networks, several links, no press
    "no_agent": 60,
    "prefetch": 60,  # fetched before anybody asked for it
    "head": 5,  # the client asked for headers alone, which no browser does for a link
    "options": 4,  # three or more exclusive options of the question opened
    "bare": 12,  # claims to be a browser, and sends none of the headers that browsers send over https
    "crowd": 8,  # its network touches mail of many unrelated people within minutes
    "early": 8,  # within minutes of the sending, when scanners come
}
PEOPLE = {
    "gesture": -100,  # a trusted press of one of our buttons
    "present": -5,  # trusted input on the page that was left open
    "returned": -40,  # the same browser came back later
    "activated": -20,  # the browser says that a person set off the request
    "dwelt": -5,
    "visible": -5,
}
WEIGHTS: Mapping[str, int] = {**DOUBTS, **UNTOUCHED, **PEOPLE}

PROGRAMS = frozenset(  # found in the agents of unfurlers, previews, libraries, and of scanners that name themselves
    (
        *(
            "bot",
            "crawl",
            "spider",
            "preview",
            "externalhit",
            "whatsapp",
            "embedly",
            "headless",
            "phantom",
            "scan",
            "urlcheck",
        ),
        *(
            "imageproxy",
            "python",
            "curl/",
            "wget",
            "go-http",
            "java/",
            "okhttp",
            "libwww",
            "axios",
            "node-fetch",
            "undici",
            "ruby",
        ),
        *(
            "httpclient",
            "http-client",
            "httpx",
            "aiohttp",
            "guzzle",
            "perl",
            "scrapy",
            "postman",
            "insomnia",
            "barracuda",
        ),
        *("proofpoint", "mimecast"),
    )
)
NOT_PROGRAMS = ("cubot",)  # a maker of telephones


class Rules(NamedTuple):
    """The thresholds; times in milliseconds. The settings `hold_seconds`, `patience_seconds`, `strict` and `evidence_*` set some."""

    hold_ms: int = 300_000
    patience_ms: int = 30_000
    patience_within_ms: int = 86_400_000  # of sending: bursts later than a day are next to none
    strict: bool = False  # leaves every answer without a touch undecided
    corrections_a_question: int = (
        1  # across pages opened from the mail; on one page a person changes as often as they like
    )
    corrections_a_mail: int = 2
    quick: tuple[tuple[int, int], ...] = ((2, 700), (3, 2_000))  # so many questions, each within so long of its page
    fast_presses: int = 4
    fast_ms: int = 1_000
    instant_ms: int = 100
    goes_through: int = 3  # different answers to each of two questions
    flood: tuple[tuple[int, int], ...] = ((4, 1_000), (8, 5_000))  # so many links within so long
    leaving_links: int = 3  # the one to unsubscribe among them
    leaving_ms: int = 10_000
    clusters_ms: tuple[int, ...] = (10_000, 120_000)  # gaps that part one burst of answers from the next
    options: int = 3
    viewers: int = 2  # other clients that left pages of the mail open, if no sign of a person was seen
    many_links: int = 5  # more than the other client opened
    near_ms: int = 120_000
    run_gap_ms: int = 10_000  # between two links of a run
    run_links: int = 8
    opened_ms: int = 600_000  # links a client opened this near to an answer are looked at
    networks: int = 3
    crowd: int = 10
    crowd_ms: int = 300_000
    early_ms: int = 300_000
    return_ms: int = 600_000
    return_within_ms: int = 86_400_000
    dwell_ms: int = 1_000
    https: bool = False

    @property
    def flood_links(self) -> int:
        """The fewest links that make a burst."""
        return min(self.leaving_links, *(many for many, _ in self.flood))


def of(settings: Any) -> Rules:
    """Make the rules with the thresholds of the operator's settings."""
    seconds = {
        "hold_ms": "hold_seconds",
        "patience_ms": "patience_seconds",
        "patience_within_ms": "patience_within_seconds",
        "crowd_ms": "evidence_crowd_seconds",
        "early_ms": "evidence_early_seconds",
    }
    return Rules(
        **{name: getattr(settings, setting) * 1000 for name, setting in seconds.items()},
        crowd=settings.evidence_crowd,
        strict=settings.evidence_strict == "yes",
        https=settings.base_url.startswith("https://"),
    )
