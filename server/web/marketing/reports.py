"""Reports the results of each email as charts and tables, compares two, and lists the people behind each number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug import Response as Redirect

from server.reports import answers, campaign, comparing, people, snapshots, who
from server.reports.campaign import Campaign, Variant
from server.reports.who import Wanted
from server.sales.history import NotPossible
from server.store import Session
from server.web import access, language, viewer
from server.web.marketing import campaign_views, charts, report_words
from server.web.paging import page_number
from server.web.room import Menu, Room
from server.web.sales.export import csv_of
from server.web.state import now_ms, state

room = Room(
    "reports",
    __name__,
    access={
        "index": "reports.read",
        "show": "reports.read",
        "compare": "reports.read",
        "answered": "people.read",
        "listed": "people.read",
        "tag": "people.export",
        "export": "people.export",
    },
    menu=Menu("results", lambda: language.text("Reports")),
)
STEPS = ("sent", "delivered", "answered", "qualified", "booked", "won")
COMPARED = ("answered", "qualified", "booked", "won")
WHO = ("name", "email", "company", "answer", "stage", "worth", "tags", "answered_at")


@room.get("/reports")
def index() -> str:
    """List every email that was sent, with its result in words and its funnel."""
    with state().store.read() as tx:
        found = [snapshots.read(tx, row["email"], now_ms()).campaign for row in tx.reports.emails()]
        titles = _titles(tx, [each.email for each in found])
    return render_template(
        "reports/index.html",
        campaigns=[(each, charts.funnel(_steps(each)), report_words.headline(each)) for each in found],
        titles=titles,
    )


@room.get("/reports/<email>")
def show(email: str) -> str:
    """Show one email: its result in words, the funnel, each question, answers over time, and the stages of its people."""
    with state().store.read() as tx:
        emails = [row["email"] for row in tx.reports.emails()]
        if email not in emails:
            abort(404)
        kept, quotes = snapshots.read(tx, email, now_ms()), access.may("people.read")
        asked = answers.by_question(tx, email, kept.totals, language.current())
        questions = [report_words.summed(tx, each, kept.marks, quotes=quotes) for each in asked]
        titles = _titles(tx, [email])
    found = kept.campaign
    hours = charts.in_zone(found.hours, viewer.zone())
    over, weekly = charts.columns(hours)
    return render_template(
        "reports/show.html",
        silent=_silent(email),
        campaign=found,
        title=titles[email],
        headline=report_words.headline(found),
        funnel=charts.funnel(_steps(found)),
        questions=questions,
        columns=over,
        weekly=weekly,
        week=charts.week(hours),
        cohorts=[(each, charts.stack(_stands(each))) for each in found.cohorts],
        emails=[name for name in emails if name != email],
    )


@room.get("/reports/compare")
def compare() -> str:
    """Compare two sides, `a` and `b`, with confidence intervals: emails, or languages or versions of them."""
    with state().store.read() as tx:
        known = [snapshots.read(tx, row["email"], now_ms()).campaign for row in tx.reports.emails()]
        titles = _titles(tx, [each.email for each in known])
    sides = {_key(each, variant): (each, variant) for each in known for variant in (None, *each.variants)}
    keys = [request.args.get("a", ""), request.args.get("b", "")]
    chosen = [sides[key] for key in keys if key in sides]
    rows = (
        [_compared(step, *(variant or each for each, variant in chosen)) for step in COMPARED]
        if len(chosen) == 2
        else []
    )
    return render_template("reports/compare.html", sides=sides, keys=keys, chosen=chosen, rows=rows, titles=titles)


@room.get("/reports/<email>/people/<group>")
def listed(email: str, group: str) -> str:
    """List the people behind a number of the report."""
    if group not in people.GROUPS:
        abort(404)
    page = page_number()
    with state().store.read() as tx:
        rows, title = people.listed(tx, email, group, page), _titles(tx, [email])[email]
    return render_template(
        "reports/people.html",
        email=email,
        title=title,
        group=group,
        segment=_silent(email) if group == "silent" else "",
        rows=rows[: people.PAGE],
        more=len(rows) > people.PAGE,
        page=page,
    )


@room.get("/reports/<email>/who")
def answered(email: str) -> str:
    """List the people behind a bar, selected by `block`, `value` and `state`."""
    wanted, page = _wanted(email), page_number()
    with state().store.read() as tx:
        rows, total = who.answered(tx, wanted, page), who.count(tx, wanted)
        title = _titles(tx, [email])[email]
        blocks = answers.blocks(tx, email, language.current())
    values: dict[str, Any] = {
        "email": email,
        "block": wanted.block,
        "value": wanted.value or None,
        "state": wanted.state,
    }
    return render_template(
        "reports/who.html",
        segment=_segment(wanted),
        rows=rows[: who.PAGE],
        more=len(rows) > who.PAGE,
        page=page,
        total=total,
        title=title,
        asked=blocks.get(wanted.block),
        wanted=wanted,
        values=values,
    )


@room.post("/reports/<email>/who/tag")
def tag(email: str) -> Redirect:
    """Tag everybody on the list, so that the leads can be filtered by the tag."""
    wanted, name, me = _wanted(email), request.form.get("tag", "").strip().lower(), viewer.me()
    try:
        tagged = who.tag(state().store, wanted, name, me.name, now_ms())
    except NotPossible:
        flash(language.text("A tag has a-z, 0-9, - and _, and no spaces."))
        return redirect(url_for("reports.answered", email=email, **_args(wanted)))
    flash(language.several("%(num)s person has the tag now.", "%(num)s people have the tag now.", tagged))
    return redirect(url_for("leads.index", view="all", tag=name))


@room.post("/reports/<email>/who/export")
def export(email: str) -> Response:
    """Export the people on the list."""
    wanted = _wanted(email)
    return csv_of(f"{email}-{wanted.block}", WHO, lambda tx: (_row(row) for row in who.every(tx, wanted)))


def _titles(tx: Session, emails: list[str]) -> dict[str, str]:
    """Return the titles of emails in the reader's language, by their names."""
    return {name: campaign_views.title(tx, state().settings, name) for name in emails}


def _steps(found: Campaign) -> list[tuple[str, int]]:
    return [(step, getattr(found, step)) for step in STEPS]


def _stands(cohort: campaign.Cohort) -> Mapping[str, int]:
    return {name: getattr(cohort, name) for name in charts.STAGES}


def _key(email: Campaign, variant: Variant | None) -> str:
    """Return a side's name in the address: diagnosis, diagnosis/language/es."""
    return f"{email.email}/{variant.by}/{variant.name}" if variant else email.email


def _compared(step: str, first: Campaign | Variant, second: Campaign | Variant) -> dict[str, Any]:
    shares = [comparing.share(getattr(each, step), each.delivered) for each in (first, second)]
    spans, end = charts.spans(shares)
    return {"step": step, "shares": shares, "spans": spans, "end": end, "difference": comparing.difference(*shares)}


def _wanted(email: str) -> Wanted:
    asked = request.args
    at = asked.get("state", "confirmed")
    return Wanted(email, asked.get("block", ""), asked.get("value", ""), at if at in who.STATES else "confirmed")


def _args(wanted: Wanted) -> dict[str, Any]:
    return {"block": wanted.block, "value": wanted.value or None, "state": wanted.state}


def _segment(wanted: Wanted) -> str:
    """Return the address that saves the people of a bar as a segment; '' for answers that are not confirmed, which no segment has."""
    if wanted.state != "confirmed" or not wanted.block:
        return ""
    answer: dict[str, Any] = {"is": "answered", "email": wanted.email, "question": wanted.block}
    if wanted.value:
        answer["options"] = [wanted.value]
    return url_for("segment_editor.new", rule=json.dumps({"all": [answer]}))


def _silent(email: str) -> str:
    """Return the address that saves those who got an email and did not answer as a segment."""
    return url_for("segment_editor.new", rule=json.dumps({"all": [{"is": "silent", "email": email}]}))


def _row(row: who.Named) -> list[str]:
    told = {
        **row,
        "email": row["address"],
        "answer": ", ".join(row["labels"]),
        "answered_at": language.iso(row["answered_at"]),
    }
    told["tags"] = " ".join(tag for tag in (row["tags"] or "").split(",") if tag)
    return [str(told[column] if told[column] is not None else "") for column in WHO]
