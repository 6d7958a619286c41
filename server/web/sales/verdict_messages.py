"""Writes the signs behind a verdict in the page's language, each rule with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from server.web.language import text

Numbers = Mapping[str, int]


def sentence(sign: tuple[str, Numbers]) -> str:
    """Write a stored sign as words; return the name of an unknown rule."""
    name, numbers = sign
    return WORDS[name]() % numbers if name in WORDS else name


WORDS: dict[str, Callable[[], str]] = {
    "contradictions": lambda: text("changed its answers %(corrections)s times across pages, more than a person does"),
    "among_contradictions": lambda: text(
        "%(clients)s visitors contradict each other: at most one of them is the person"
    ),
    "quick_forms": lambda: text("%(forms)s forms sent within %(seconds)s s of their pages"),
    "rapid": lambda: text("%(answers)s different answers within %(seconds)s s"),
    "instant": lambda: text("pressed before anybody could see the button"),
    "goes_through": lambda: text("tried %(answers)s answers to %(questions)s questions in the mail itself"),
    "quick_presses": lambda: text(
        "%(forms)s forms sent within %(seconds)s s of their pages, by a browser that says a person did it"
    ),
    "flood": lambda: text("%(links)s links opened within %(seconds)s s, faster than a hand"),
    "webdriver": lambda: text("the browser says that a program drives it"),
    "named": lambda: text("it says itself that it is a program"),
    "contrast": lambda: text("contradicts an answer from another place, %(seconds)s s apart"),
    "unseen": lambda: text(
        "the page was left open and nobody touched it, while other links were opened or scanners come"
    ),
    "script_only": lambda: text("sent by a script without any press"),
    "sweep": lambda: text("%(links)s links opened within %(seconds)s s"),
    "networks": lambda: text("opened from %(networks)s networks within %(seconds)s s"),
    "no_agent": lambda: text("it does not say what it is"),
    "prefetch": lambda: text("fetched before anybody asked for it"),
    "head": lambda: text("the same visitor asked for headers alone, as scanners do"),
    "options": lambda: text("%(options)s answers of the question opened"),
    "bare": lambda: text("it claims to be a browser and does not behave like one"),
    "crowd": lambda: text("the same network opened mail of %(people)s unrelated companies within minutes"),
    "early": lambda: text("minutes after sending, when scanners come"),
    "strict": lambda: text("answers without a press are left undecided here, by a setting"),
    "gesture": lambda: text("pressed a button on the page"),
    "present": lambda: text("touched, scrolled or typed on the page"),
    "returned": lambda: text("the same browser came back after %(minutes)s min"),
    "activated": lambda: text("the browser says that a person sent it"),
    "dwelt": lambda: text("stayed on the page"),
    "visible": lambda: text("the page was in view"),
    "vouched": lambda: text("the mail program confirms who the person is"),
    "overruled": lambda: text("decided by a person of the team"),
    # rules of an earlier version, for verdicts stored by it
    "options_burst": lambda: text("%(options)s different answers opened within %(seconds)s s"),
    "links_burst": lambda: text("%(links)s links opened within %(seconds)s s"),
    "spread_burst": lambda: text("%(options)s different answers opened from several places within %(seconds)s s"),
}
