"""Shows the forecast by the gate and the checks of a planned campaign, and sends a test to oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from flask import abort, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from builder.catalog import EmailSource
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server import email_versions, reasons, texts
from server.campaigns import checks, contents, forecast, plans, steps
from server.campaigns.checks import Check
from server.contacts import testers, zones
from server.errors import CannotDo
from server.sending import gate, outbox, send
from server.store import new_id
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
    access={"show": "emails.send", "people": "people.read", "test": "emails.send", "phone": "emails.send"},
)
PAGE = 50
ORDER: tuple[checks.Says, ...] = ("wrong", "warning", "unchecked", "right", "off")


@room.get("/campaigns/<campaign_id>/preparation")
def show(campaign_id: str) -> str:
    """Return forecast and checks: a part of the page, which its script fetches, or a page of its own."""
    row, now, settings = _draft(campaign_id), now_ms(), state().settings
    plan, shown = plans.of(row), {"row": row, "part": "part" in request.args}
    try:
        steps.refuse_past(plan, now)
        with state().store.read() as tx:
            source = contents.source(tx, settings, plan)
            found = forecast.work_out(tx, settings, plan, source.mail_class, source.stream, now)
            title = campaign_views.title(tx, settings, plan.email)
            contents.refuse_forbidden(tx, settings, source, language.current(), now)
    except (BrokenTemplate, CannotDo, CannotPersonalise) as error:
        return render_template("campaigns/preparation.html", failure=_why(error), **shown)
    listed = [
        *checks.of_email(settings, source, found, _name, format_names.reasons),
        *checks.of_stream(settings, source),
        *checks.of_links(settings, source, endpoints.door(settings)),
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
        title = campaign_views.title(tx, settings, plan.email)
    words = {"row": row, "title": title, "group": group, "people": found[:PAGE], "total": len(found)}
    return render_template("campaigns/forecast.html", **words)


@room.post("/campaigns/<campaign_id>/test")
def test(campaign_id: str) -> Response:
    """Send the email to the reader's own address, with the sample's data, outside hours and caps."""
    row, now, settings = _draft(campaign_id), now_ms(), state().settings
    address = g.user["email"]
    try:
        with state().store.read() as tx:
            source = contents.source(tx, settings, plans.of(row))
            contents.refuse_forbidden(tx, settings, source, language.current(), now)
        sent = _send_test(source, address, now)
    except (BrokenTemplate, CannotDo, CannotPersonalise) as error:
        flash(text("The test was not sent. %(why)s") % {"why": _why(error)}, "error")
        return redirect(url_for("campaigns.plan", campaign_id=campaign_id))
    flash(text("A test is on its way to %(address)s.") % {"address": address}, "good")
    return redirect(
        url_for("campaign_preparation.phone", campaign_id=campaign_id, contact_id=sent[0], message_id=sent[1])
    )


@room.get("/campaigns/<campaign_id>/test/<contact_id>/<message_id>")
def phone(campaign_id: str, contact_id: str, message_id: str) -> str:
    """Show a QR code that opens the first question of the test on a phone."""
    _draft(campaign_id)
    with state().store.read() as tx:
        message = tx.messages.by_id(contact_id=contact_id, id=message_id) or abort(404)
        email = email_versions.load(tx, message["version_id"], message["language"])
    if message["purpose"] != gate.TEST:
        abort(404)
    block = next(iter(email.blocks), None)
    url = _ask_url(contact_id, message_id, block) if block else ""
    code = Markup(segno.make(url).svg_inline(scale=5, border=2, dark="#000", light="#fff")) if url else ""  # noqa: S704
    return render_template("campaigns/phone.html", campaign_id=campaign_id, message=message, url=url, code=code)


def _send_test(source: EmailSource, address: str, now: int) -> tuple[str, str]:
    def write(tx: Any) -> tuple[str, str]:
        tester = testers.add(tx, address, language.current(), now)
        email_versions.save(tx, source, now)
        intent = send.intent(
            source,
            {"id": tester.id, "language": tester.language},
            source.sample.get("data", {}),
            new_id(now),
            purpose=gate.TEST,
        )
        outbox.enqueue(tx, intent, now)
        return tester.id, intent.id

    return state().store.write(write)


def _ask_url(contact_id: str, message_id: str, block: str) -> str:
    token = state().keyring.sign("answer", contact_id, message_id, block, now_ms() // 1000)
    return f"{state().settings.base_url.rstrip('/')}/a/{token}/"


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
