# What tells a machine from a person. This file imports nothing of Acto, so that anybody can read it from top to bottom.
"""Each sign that a hit shows adds its weight. From MACHINE on the hit is a machine's, down to PERSON it is a person's, and
between the two nobody knows: then the answer waits. The words for each sign stand with the pages, in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

VERSION = 1  # of this table and the code that reads it; a verdict is stored with it
MACHINE, PERSON = 50, -50

BURSTS = {  # signs of all the hits of one client (a network and an agent) together
    "options_burst": 300,  # exclusive options of one question, opened faster than a person goes back and forth
    "sweep": 300,  # several links within seconds, the one to unsubscribe among them
    "links_burst": 300,  # more links within seconds than a hand can follow
    "spread_burst": 100,  # the same from several clients, none of which touched a page
    "networks": 60,  # several networks, several links, no touch
}
MACHINES = {  # signs of one hit, and of others of its client
    "webdriver": 300,  # the browser says that a program drives it
    "head": 100,  # the client asks for headers alone, which no browser does for a link
    "script_only": 100,  # our script ran, and the form went out without any input of a person
    "contrast": 100,  # another client's answer within seconds, and not the same: the one that strayed from its link
    "no_agent": 100,
    "named": 100,  # it says itself that it is a program
    "prefetch": 100,  # fetched before anybody asked for it
    "crowd": 40,  # its network touches mail of many unrelated people within minutes
    "bare": 30,  # claims to be a browser, and sends none of the headers that browsers send over https
    "early": 20,  # within minutes of the sending, when scanners come
}
PEOPLE = {
    "gesture": -120,  # trusted input in our page
    "returned": -40,  # the same browser came back later
    "activated": -20,  # the browser says that a person set off the request
    "dwelt": -10,
    "visible": -10,
}
WEIGHTS: Mapping[str, int] = {**BURSTS, **MACHINES, **PEOPLE}

PROGRAMS = (  # found in the agents of unfurlers, previews and libraries; scanners that matter name themselves nothing like it
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
        "python",
        "curl/",
    ),
    *("wget", "go-http", "java/", "okhttp", "libwww", "scan", "urlcheck", "imageproxy", "axios", "node-fetch", "ruby"),
)
NOT_PROGRAMS = ("cubot",)  # a maker of telephones


class Rules(NamedTuple):
    """Thresholds, times in milliseconds. The settings `hold_seconds`, `patience_seconds` and `evidence_*` set them."""

    hold_ms: int = 300_000
    patience_ms: int = 10_000
    patience_within_ms: int = 86_400_000  # of sending: bursts later than a day are next to none
    options: int = 2
    options_ms: int = 2_000
    links: int = 3  # with two exclusive options among them
    links_ms: int = 20_000
    sweep_links: int = 3
    sweep_ms: int = 10_000
    many_links: int = 6
    networks: int = 3
    networks_ms: int = 120_000
    crowd: int = 10
    crowd_ms: int = 300_000
    early_ms: int = 300_000
    near_ms: int = 120_000  # hits of one client this close are one visit: what shows in one of them tells of all
    return_ms: int = 600_000
    return_within_ms: int = 86_400_000
    dwell_ms: int = 1_000
    https: bool = False


def of(settings: object) -> Rules:
    """The rules with the thresholds that an operator set."""
    seconds = {
        "hold_ms": "hold_seconds",
        "patience_ms": "patience_seconds",
        "patience_within_ms": "patience_within_seconds",
        "options_ms": "evidence_options_seconds",
        "links_ms": "evidence_links_seconds",
        "networks_ms": "evidence_networks_seconds",
        "crowd_ms": "evidence_crowd_seconds",
        "early_ms": "evidence_early_seconds",
    }
    counts = {name: f"evidence_{name}" for name in ("options", "links", "networks", "crowd")}
    return Rules(
        **{name: getattr(settings, setting) * 1000 for name, setting in seconds.items()},
        **{name: getattr(settings, setting) for name, setting in counts.items()},
        https=str(getattr(settings, "base_url", "")).startswith("https://"),
    )
