"""Answers: what people said, question by question and one by one."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from server.reports import answers
from server.web import language
from server.web.paging import page_number
from server.web.state import state

room = Blueprint("answers", __name__)


@room.get("/answers")
def index() -> str:
    email, page, everyone = request.args.get("email", ""), page_number(), "all" in request.args
    with state().store.read() as tx:
        questions = answers.by_question(tx, email, language.current())
        found = answers.recent(tx, email, page, everyone=everyone)
        emails = answers.emails(tx)
    rows, more = found[: answers.PAGE], len(found) > answers.PAGE
    return render_template(
        "answers/index.html",
        questions=questions,
        rows=rows,
        total=answers.count(questions),
        machines=answers.machines(questions),
        everyone=everyone,
        email=email,
        emails=emails,
        page=page,
        more=more,
    )
