"""Shows the forecast by the gate and the checks of a planned campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug import Response

from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server import reasons, texts
from server.campaigns import checks, contents, forecast, plans, steps
from server.campaigns.checks import Check
from server.contacts import zones
from server.errors import CannotDo
from server.web import language
from server.web.language import text
from server.web.marketing import campaign_views, contact_words
from server.web.marketing.previews import format_names
from server.web.room import Room
from server.web.state import now_ms, state
from server.webhooks import endpoints

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

room = Room(
    "campaign_preparation",
    __name__,
    access={"show": "emails.send", "people": "people.read"},
)
PAGE = 50
ORDER: tuple[checks.Says, ...] = ("wrong", "warning", "unchecked", "right", "off")


@room.get("/campaigns/<campaign_id>/preparation")
def show(campaign_id: str) -> str:
    """Return forecast and checks as a page of its own, or one of them, the `part` people or checks, for the page that fetches it."""
    row, now, settings = _draft(campaign_id), now_ms(), state().settings
    part = request.args.get("part", "")
    plan, shown = plans.of(row), {"row": row, "part": part}
    try:
        steps.refuse_past(plan, now)
        with state().store.read() as tx:
            source = contents.source(tx, settings, plan)
            found = forecast.work_out(tx, settings, plan, source.mail_class, source.stream, now)
            title = campaign_views.name(tx, settings, row)
            contents.refuse_forbidden(tx, settings, source, language.current(), now)
    except (BrokenTemplate, CannotDo, CannotPersonalise) as error:
        return render_template("campaigns/preparation.html", failure=_why(error), **shown)
    listed = [
        *checks.of_email(settings, source, found, _name, format_names.reasons),
        *(checks.of_stream(settings, source) if part != "people" else ()),
        *(checks.of_links(settings, source, endpoints.door(settings)) if part != "people" else ()),
    ]
    lines = {says: [_sentence(each) for each in listed if each.says == says] for says in ORDER}
    return render_template(
        "campaigns/preparation.html", forecast=found, checks=lines, source=source, title=title, now=now, **shown
    )


@room.get("/campaigns/<campaign_id>/forecast/<group>")
def people(campaign_id: str, group: str) -> str | Response:
    """List the first people of a group of the forecast."""
    row, now, settings = _draft(campaign_id), now_ms(), state().settings
    plan = plans.of(row)
    try:
        with state().store.read() as tx:
            source = contents.source(tx, settings, plan)
    except (BrokenTemplate, CannotDo, CannotPersonalise) as error:
        flash(_why(error), "error")
        return redirect(url_for("campaigns.plan", campaign_id=campaign_id))
    with state().store.read() as tx:
        every = forecast.verdicts(tx, settings, plan, source.mail_class, now, forecast.EXACT)
        found = [each for each in every if forecast.group_of(each.says) == group]
        title = campaign_views.name(tx, settings, row)
    words = {"row": row, "title": title, "group": group, "people": found[:PAGE], "total": len(found)}
    return render_template("campaigns/forecast.html", **words)


def _draft(campaign_id: str) -> CampaignsRow:
    with state().store.read() as tx:
        return tx.campaigns.by_id(id=campaign_id) or abort(404)


def _sentence(check: Check) -> str:
    spoken = language.current()
    values = {name: reasons.sentence(str(value), spoken) for name, value in check.values.items()}
    return texts.text(check.english, spoken, **values)


def _name(each: str) -> str:
    """Return the name of a language, a time zone, a country or a format."""
    if each in ("es", "en"):
        return text("Spanish") if each == "es" else text("English")
    if "/" in each or each == "UTC":
        return zones.display_name(each, language.current())
    if each.isupper():
        return contact_words.country(each)
    return format_names.name(each)  # type: ignore[arg-type]


def _why(error: Exception) -> str:
    if isinstance(error, BrokenTemplate):
        return text("The email has %(errors)s.") % {
            "errors": language.several("%(num)s error", "%(num)s errors", len(error.problems))
        }
    return error.sentence(language.current()) if isinstance(error, CannotDo) else str(error)
