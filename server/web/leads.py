"""Leads: a short list of people worth calling now, and why; behind each, everything that happened."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from server.qualify import leads, scoring, sentences
from server.reports import timeline
from server.web import language, signs
from server.web.paging import page_number
from server.web.state import state

room = Blueprint("leads", __name__)


@room.app_template_filter()
def reason(row: dict[str, object]) -> str:
    """A stored reason as a sentence of this page's language."""
    return sentences.sentence(row, language.current(), language.day(int(str(row["at"]))))


@room.app_template_filter()
def sign(row: tuple[str, dict[str, int]]) -> str:
    """A sign behind a verdict, in words."""
    return signs.sentence(row)


@room.app_template_filter()
def strongest(reasons: list[dict[str, object]]) -> dict[str, object]:
    """What to say of somebody in one sentence: what speaks for a call, and against it only when nothing does."""
    return next((row for row in reasons if int(str(row["points"])) > 0), reasons[0])


@room.get("/")
@room.get("/leads")
def index() -> str:
    """The list: worth first; `q` searches, `stage` filters, `all` shows also what machines made."""
    text, stage, page = request.args.get("q", ""), request.args.get("stage", ""), page_number()
    everyone = "all" in request.args
    with state().store.read() as tx:
        found = leads.search(tx, text, stage, page, everyone=everyone)
        stages = leads.stages(tx, text, everyone=everyone)
        machines = int(tx.leads.machines())
    rows, more = found[: leads.PAGE], len(found) > leads.PAGE
    shown = {"text": text, "stage": stage, "everyone": everyone, "machines": machines}
    return render_template("leads/index.html", rows=rows, stages=stages, page=page, more=more, **shown)


@room.get("/leads/<contact_id>")
def show(contact_id: str) -> str:
    """One lead: scores, the reason for every point, and the timeline."""
    with state().store.read() as tx:
        contact = tx.contacts.by_id(id=contact_id) or abort(404)
        lead = leads.by_contact(tx, contact_id)
        happened = timeline.of_contact(tx, contact_id)
    return render_template(
        "leads/show.html", lead=lead, contact=contact, timeline=happened, dimensions=scoring.DIMENSIONS
    )
