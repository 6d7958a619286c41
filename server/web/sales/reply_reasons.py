"""Explains in the page's language why a mail from a person was not recorded as an answer, and titles the task to read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from server.inbound import unanswered
from server.web.language import text


class Titled(TypedDict):
    """A task's title and its author, a person or a part of Acto."""

    title: str
    by_whom: str


def sentence(why: str) -> str:
    """Write a stored reason as a sentence; a general one if the reason is unknown."""
    return WORDS.get(why, WORDS[""])()


def task_title(task: Titled) -> str:
    """Return a task's title, translated for the task to read a reply."""
    if task["by_whom"] == unanswered.BY_WHOM:
        return text("Wrote something that is not an answer: read it")
    return task["title"]


WORDS: dict[str, Callable[[], str]] = {
    "": lambda: text("It could not be taken as an answer."),
    "unclear": lambda: text("Not taken as an answer: it is not clear which answer is meant."),
    "more": lambda: text("The answer was recorded; the mail also says something else."),
    "unsubscribed": lambda: text("They asked for no more mail and were unsubscribed."),
    "somebody_else": lambda: text("Not taken as an answer: it came from another address."),
    "too_old": lambda: text("Not taken as an answer: the email it answers is more than 90 days old."),
    "used": lambda: text("Not taken as an answer: the same mail has answered another question."),
    "ambiguous": lambda: text("Not taken as an answer: its sender cannot be verified."),
    "unsigned": lambda: text(
        "Not taken as an answer: their mail provider did not sign it, so anybody may have written it."
    ),
    "too_little": lambda: text("Not taken as an answer: their mail provider signed too little of it."),
    "altered": lambda: text("Not taken as an answer: it was altered on its way, or its signature does not hold."),
    "readdressed": lambda: text("Not taken as an answer: it was written to another address."),
    "counter": lambda: text("Their calendar asks for another time."),
    "not_free": lambda: text("Their calendar asks for a time that is not free."),
    "changed_since": lambda: text("Their calendar answered about a time that has been changed since."),
    "another_attendee": lambda: text("Their calendar answered for somebody else."),
    "no_such_option": lambda: text("Their calendar sent an answer that the question does not offer."),
    "not_taken": lambda: text("Not taken as an answer: the question does not offer this answer."),
    "closed": lambda: text("Not taken as an answer: the question was closed by then."),
    "taken": lambda: text("The time they chose was taken by then, or has passed."),
}
