"""Shows a started campaign while it leaves and afterwards: states, waits and answers, with the people behind each number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server import jsontext
from server.campaigns import expanding, plans, steps
from server.campaigns.plans import Plan
from server.errors import CannotDo
from server.reports import answers
from server.reports.answers import Question
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import campaign_mail, campaign_views, email_list
from server.web.room import Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

room = Room(
    "campaign_watch",
    __name__,
    access={
        "show": "emails.read",
        "people": "people.read",
        "step": "emails.send",
        "again": "emails.send",
    },
)
PAGE = 50
LIVE_COUNT = 20_000  # people up to which the page counts itself
Step = Callable[[Session, str, int], "CampaignsRow"]
AGAIN: Mapping[str, Callable[[], str]] = {
    "unanswered": lambda: text("A new draft for those who did not answer. Write another subject for it."),
    "failed": lambda: text("A new draft for those for whom it failed. Correct first what made it fail."),
}
STEPS: Mapping[str, tuple[Step, Callable[[], str]]] = {
    "approve": (
        lambda tx, campaign, now: steps.approve(tx, state().settings, campaign, g.user["email"], now),
        lambda: text("Approved. The first message leaves in a minute at the earliest."),
    ),
    "take_back": (steps.take_back, lambda: text("Taken back. Nothing was sent, and it is a draft again.")),
    "pause": (steps.pause, lambda: text("Paused. Messages that are on their way this second still arrive.")),
    "resume": (steps.resume, lambda: text("Resumed.")),
    "stop": (steps.stop, lambda: text("Stopped. What had not left never will.")),
}


@room.get("/campaigns/<campaign_id>")
def show(campaign_id: str) -> str | Response:
    """Show a started campaign; a draft has its own page."""
    now, settings = now_ms(), state().settings
    with state().store.read() as tx:
        row = tx.campaigns.by_id(id=campaign_id) or abort(404)
    if row["state"] == "draft":
        return redirect(url_for("campaigns.plan", campaign_id=campaign_id))
    if row["people"] <= LIVE_COUNT and row["state"] in ("sending", "paused", "stopped", "done"):
        row = expanding.counted(state().store, row, now)
    with state().store.read() as tx:
        shown: dict[str, Any] = {
            "title": campaign_views.name(tx, settings, row),
            "email": campaign_views.title(tx, settings, row["email"]) if row["name"] else "",
            "subjects": campaign_mail.sent(tx, settings, row["version_id"], now),
            "questions": _questions(tx, row),
            "people": campaign_views.people(tx, settings, row),
            "progress": campaign_views.progress(tx, row, now),
            "waiting": tx.campaigns.waiting(id=campaign_id),
            "stopped": tx.campaigns.reasons(id=campaign_id, state="stopped"),
            "failed": tx.campaigns.reasons(id=campaign_id, state="failed"),
            "names": email_list.people(tx),
        }
    seconds = max(0, ((row["starts_at"] or 0) - now) // 1000)
    live = row["state"] in ("scheduled", "sending")
    return render_template("campaigns/show.html", row=row, seconds=seconds, live=live, now=now, **shown)


@room.get("/campaigns/<campaign_id>/people")
def people(campaign_id: str) -> str:
    """List the people behind a number of the page."""
    wanted = {name: request.args.get(name, "")[:600] for name in ("state", "reason", "answered")}
    with state().store.read() as tx:
        row = tx.campaigns.by_id(id=campaign_id) or abort(404)
        found = tx.campaigns.people(id=campaign_id, after=request.args.get("after", ""), limit=PAGE + 1, **wanted)
        title = campaign_views.name(tx, state().settings, row)
    after = found[PAGE - 1]["contact_id"] if len(found) > PAGE else ""
    return render_template(
        "campaigns/people.html", row=row, title=title, people=found[:PAGE], after=after, wanted=wanted
    )


@room.post("/campaigns/<campaign_id>/<any(approve, take_back, pause, resume, stop):move>")
def step(campaign_id: str, move: str) -> Response:
    """Approve, take back, pause, resume or stop."""
    now, (take, said) = now_ms(), STEPS[move]
    try:
        taken = state().store.write(lambda tx: tx.campaigns.by_id(id=campaign_id) and take(tx, campaign_id, now))
        expanding.move(state().store, taken or abort(404))
        flash(said(), "good")
    except CannotDo as error:
        flash(error.sentence(language.current()), "error")
    return redirect(url_for("campaign_watch.show", campaign_id=campaign_id))


@room.post("/campaigns/<campaign_id>/again")
def again(campaign_id: str) -> Response:
    """Make a draft for the people of this campaign who did not answer it, or for whom it failed."""
    now, by_whom, kind = now_ms(), g.user["email"], request.form.get("people", "")
    if kind not in AGAIN:
        abort(400)

    def write(tx: Session) -> str:
        row = tx.campaigns.by_id(id=campaign_id) or abort(404)
        plan = Plan(
            row["email"],
            {kind: campaign_id},
            time_zone=row["time_zone"],
            name=row["name"],
            data=jsontext.loads(row["data"]),
        )
        if kind == "unanswered":
            plan = replace(plan, resend_of=campaign_id)
        return plans.add(tx, plan, by_whom, now)

    made = state().store.write(write)
    flash(AGAIN[kind]())
    return redirect(url_for("campaigns.plan", campaign_id=made, _anchor="subject" if kind == "unanswered" else None))


def _questions(tx: Session, row: CampaignsRow) -> list[Question]:
    """Return what the people of this campaign answered; nothing for a large one, because each answer is counted for the page."""
    if row["people"] > LIVE_COUNT:
        return []
    return answers.by_question(tx, row["email"], answers.totals(tx, row["email"], row["id"]), language.current())
