"""Shows the answers to one email at a time: what people wrote, and every answer, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, request

from builder.blocks import Block
from server import jsontext
from server.reports import answers, snapshots, who
from server.reports.who import Wanted
from server.web import language
from server.web.paging import page_number
from server.web.room import Menu, Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.reports.answers import Named

room = Room(
    "answers",
    __name__,
    access={
        "index": "people.read",
    },
    menu=Menu("results", lambda: language.text("Answers")),
)
WRITTEN = 3  # newest texts of each open question


@room.get("/answers")
def index() -> str:
    """Show the answers to `email`, or to the one answered last; `all` includes those of machines."""
    email, page, everyone = request.args.get("email", ""), page_number(), "all" in request.args
    with state().store.read() as tx:
        emails = answers.by_last_answer(tx)
        email = email or (emails[0] if emails else "")
        counted, as_of = snapshots.totals(tx, email, now_ms())
        questions = answers.by_question(tx, email, counted, language.current())
        blocks = answers.blocks(tx, email, language.current())
        found = answers.recent(tx, email, page, everyone=everyone) if email else []
        open_ones = [question for question in questions if question.is_open and question.people]
        written = [
            (each, who.answered(tx, Wanted(email, each.block), size=WRITTEN)[:WRITTEN])
            for each in open_ones
            if page == 1
        ]
    return render_template(
        "answers/index.html",
        as_of=as_of,
        rows=[_shown(row, blocks.get(row["block"])) for row in found[: answers.PAGE]],
        written=written,
        total=answers.count(questions),
        machines=answers.machines(questions),
        undecided=sum(question.undecided for question in questions),
        everyone=everyone,
        email=email,
        emails=emails,
        page=page,
        more=len(found) > answers.PAGE,
    )


def _shown(row: Named, block: Block | None) -> dict[str, Any]:
    """Return an answer with the words of its question and options in the reader's language, as far as the email still has them."""
    if block is None:
        return {**row}
    labels = {option.value: option.label for option in block.options}
    values = jsontext.loads(row["value"])
    known = [labels[value] for value in values if value in labels]
    said = known if len(known) == len(values) else row["labels"]
    return {**row, "question": block.question, "labels": said}
