"""Shows the answers: the counts of each question, and the single answers below."""

from __future__ import annotations

from flask import render_template, request

from server.reports import answers, snapshots
from server.reports.answers import Question
from server.store import Session
from server.web import language
from server.web.paging import page_number
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "answers",
    __name__,
    access={
        "index": "people.read",
    },
    menu=Menu("results", lambda: language.text("Answers")),
)


@room.get("/answers")
def index() -> str:
    """Show the answers to all emails, or to `email`; `all` includes those of machines."""
    email, page, everyone = request.args.get("email", ""), page_number(), "all" in request.args
    with state().store.read() as tx:
        emails = answers.emails(tx)
        questions, as_of = _questions(tx, [email] if email else emails)
        found = answers.recent(tx, email, page, everyone=everyone)
    rows, more = found[: answers.PAGE], len(found) > answers.PAGE
    return render_template(
        "answers/index.html",
        questions=questions,
        as_of=as_of,
        rows=rows,
        total=answers.count(questions),
        machines=answers.machines(questions),
        everyone=everyone,
        email=email,
        emails=emails,
        page=page,
        more=more,
    )


def _questions(tx: Session, emails: list[str]) -> tuple[list[Question], int]:
    """Return the questions of these emails with their counts, and the time of the oldest count (ms UTC)."""
    found: list[Question] = []
    as_of = now = now_ms()
    for name in emails:
        counted, at = snapshots.totals(tx, name, now)
        found, as_of = found + answers.by_question(tx, name, counted, language.current()), min(as_of, at)
    return found, as_of
