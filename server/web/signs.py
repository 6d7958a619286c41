"""The signs behind a verdict, in words: each rule with its numbers, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from server.web.language import text

Numbers = Mapping[str, int]


def sentence(sign: tuple[str, Numbers]) -> str:
    """A stored sign as words; the name of a rule that is no longer there stays its name."""
    name, numbers = sign
    return WORDS[name]() % numbers if name in WORDS else name


WORDS: dict[str, Callable[[], str]] = {
    "options_burst": lambda: text("%(options)s different answers opened within %(seconds)s s"),
    "sweep": lambda: text("%(links)s links opened within %(seconds)s s, the one to unsubscribe among them"),
    "links_burst": lambda: text("%(links)s links opened within %(seconds)s s"),
    "spread_burst": lambda: text("%(options)s different answers opened from several places within %(seconds)s s"),
    "networks": lambda: text("opened from %(networks)s networks within %(seconds)s s"),
    "webdriver": lambda: text("the browser says that a program drives it"),
    "head": lambda: text("the same visitor asked for headers alone, as scanners do"),
    "script_only": lambda: text("sent by a script without any touch"),
    "contrast": lambda: text("contradicts an answer from another place, %(seconds)s s apart"),
    "no_agent": lambda: text("it does not say what it is"),
    "named": lambda: text("it says itself that it is a program"),
    "prefetch": lambda: text("fetched before anybody asked for it"),
    "crowd": lambda: text("the same network opened mail of %(people)s unrelated companies within minutes"),
    "bare": lambda: text("it claims to be a browser and does not behave like one"),
    "early": lambda: text("minutes after sending, when scanners come"),
    "gesture": lambda: text("touched, clicked or typed on the page"),
    "returned": lambda: text("the same browser came back after %(minutes)s min"),
    "activated": lambda: text("the browser says that a person sent it"),
    "dwelt": lambda: text("stayed on the page"),
    "visible": lambda: text("the page was in view"),
    "vouched": lambda: text("the mail program vouches for the person"),
    "overruled": lambda: text("decided by a person of the team"),
}
