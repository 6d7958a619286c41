"""Lists campaigns, and plans one in a form that reads as a sentence: this email, to these people, then."""

from __future__ import annotations

import json
from typing import Any

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server.accounts import roles
from server.campaigns import audience, plans, steps
from server.campaigns.plans import Plan
from server.contacts import zones
from server.errors import CannotDo
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import campaign_mail, campaign_views, email_list
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "campaigns",
    __name__,
    access={
        "index": "emails.read",
        "new": "emails.send",
        "add": "emails.send",
        "plan": "emails.send",
        "save": "emails.send",
        "remove": "emails.send",
        "start": "emails.send",
    },
    menu=Menu("emails", lambda: language.text("Campaigns")),
)
LISTED = 200


@room.get("/campaigns")
def index() -> str:
    """List the campaigns, newest first, and those that will leave above all others."""
    settings, now = state().settings, now_ms()
    with state().store.read() as tx:
        found = tx.campaigns.listed(limit=LISTED)
        rows: list[dict[str, Any]] = [
            {
                "kept": row,
                "title": campaign_views.name(tx, settings, row),
                "email": campaign_views.title(tx, settings, row["email"]) if row["name"] else "",
                "people": campaign_views.people(tx, settings, row),
                "progress": campaign_views.progress(tx, row, now) if row["starts_at"] else None,
            }
            for row in found
        ]
        names = email_list.people(tx)
    ahead = [row for row in rows if row["kept"]["state"] in ("approval", "scheduled", "sending", "paused")]
    return render_template("campaigns/index.html", ahead=ahead, rows=[r for r in rows if r not in ahead], names=names)


@room.get("/campaigns/new")
def new() -> Response:
    """Ask for a new campaign; the address may name its email and its people."""
    plan = Plan(
        request.args.get("email", ""),
        _people(request.args.get("people", "")),
        time_zone=campaign_views.zone(),
    )
    return _form(None, plan, "")


@room.post("/campaigns/new")
def add() -> Response:
    """Store a draft."""
    plan, now, by_whom = _typed(), now_ms(), g.user["email"]
    try:
        found = state().store.write(lambda tx: plans.add(tx, plan, by_whom, now))
    except CannotDo as error:
        return _form(None, plan, error.sentence(language.current()))
    return redirect(url_for("campaigns.plan", campaign_id=found))


@room.get("/campaigns/<campaign_id>/plan")
def plan(campaign_id: str) -> Response:
    """Show a draft with its form, forecast and checks; a started campaign has its own page."""
    with state().store.read() as tx:
        row = tx.campaigns.by_id(id=campaign_id) or abort(404)
    if row["state"] != "draft":
        return redirect(url_for("campaign_watch.show", campaign_id=campaign_id))
    return _form(campaign_id, plans.of(row), "")


@room.post("/campaigns/<campaign_id>/plan")
def save(campaign_id: str) -> Response:
    """Store the changed draft."""
    changed, now, by_whom = _typed(), now_ms(), g.user["email"]
    try:
        state().store.write(lambda tx: plans.change(tx, campaign_id, changed, by_whom, now))
    except CannotDo as error:
        return _form(campaign_id, changed, error.sentence(language.current()))
    flash(text("Saved. The forecast and the checks are those of the saved campaign."), "good")
    return redirect(url_for("campaigns.plan", campaign_id=campaign_id))


@room.post("/campaigns/<campaign_id>/remove")
def remove(campaign_id: str) -> Response:
    """Delete a draft."""
    if state().store.write(lambda tx: tx.campaigns.remove(id=campaign_id)):
        flash(text("The draft is deleted."))
    return redirect(url_for("campaigns.index"))


@room.post("/campaigns/<campaign_id>/start")
def start(campaign_id: str) -> Response:
    """Start the campaign; the first message leaves after a minute, in which it can be taken back."""
    with state().store.read() as tx:
        others = [each for each in tx.users.everybody() if each["active"] and each["email"] != g.user["email"]]
    may = any(roles.may(each["role"], "emails.send") for each in others)
    try:
        steps.start(
            state().store, state().settings, campaign_id, g.user["email"], language.current(), now_ms(), others=may
        )
    except BrokenTemplate as error:
        first = language.several("%(num)s error", "%(num)s errors", len(error.problems))
        flash(text("It was not sent: the email has %(errors)s.") % {"errors": first}, "error")
    except (CannotDo, CannotPersonalise) as error:
        why = error.sentence(language.current()) if isinstance(error, CannotDo) else str(error)
        flash(text("It was not sent. %(why)s") % {"why": why}, "error")
    return redirect(url_for("campaigns.plan", campaign_id=campaign_id))


def _typed() -> Plan:
    return campaign_views.plan_of(dict(request.form.items()), _people(request.form.get("people", "")))


def _people(value: str) -> dict[str, Any]:
    """Return the audience of a form's or an address's value, which is its JSON; nobody for one that cannot be read."""
    try:
        return audience.checked(json.loads(value))
    except (ValueError, RecursionError, CannotDo):
        return {}


def _form(campaign_id: str | None, plan: Plan, wrong: str) -> Response:
    settings, spoken = state().settings, language.current()
    with state().store.read() as tx:
        shown = {
            "emails": campaign_views.by_class(tx, settings),
            "audiences": _audiences(tx, plan),
            "title": plan.name or (campaign_views.title(tx, settings, plan.email) if plan.email else ""),
            "subjects": campaign_mail.planned(tx, settings, plan, now_ms()) if campaign_id and not wrong else [],
            "published": campaign_mail.published(tx, settings, plan.email) if plan.email else None,
        }
    own = {plan.time_zone, *zones.OFFERED}
    places = sorted(((name, zones.city(name, spoken)) for name in own), key=lambda each: each[1])
    page = render_template(
        "campaigns/plan.html", campaign_id=campaign_id, plan=plan, wrong=wrong, zones=places, **shown
    )
    return make_response(page, 422 if wrong else 200)


def _audiences(tx: Session, plan: Plan) -> list[tuple[str, str, bool]]:
    """Return value, words and whether chosen, of each audience that the form offers."""
    settings = state().settings
    offered: list[dict[str, Any]] = [{"everybody": True}]
    offered += [{"segment": row["id"]} for row in tx.segments.listed(archived=0, after="", limit=LISTED)]
    if plan.audience and plan.audience not in offered:
        offered.append(dict(plan.audience))
    return [
        (json.dumps(each), campaign_views.describe(tx, settings, each), each == dict(plan.audience)) for each in offered
    ]
