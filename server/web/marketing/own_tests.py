"""Sends an email to the reader's own address, from the page of the email or of a campaign, and shows it on a phone by a QR code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import segno
from flask import abort, flash, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug import Response

from builder.catalog import EmailSource
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server import email_versions
from server.campaigns import contents, plans
from server.emails import homes
from server.errors import CannotDo
from server.sending import gate, own_test, send
from server.sending.own_test import Reader
from server.web import language
from server.web.language import text
from server.web.marketing import campaign_views
from server.web.marketing.previews import preview_options
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "own_tests",
    __name__,
    access={"of_campaign": "emails.send", "of_email": "emails.send", "show": "emails.send"},
)
Prepared = tuple[EmailSource, Mapping[str, Any]]


@room.post("/campaigns/<campaign_id>/test")
def of_campaign(campaign_id: str) -> Response:
    """Send what a drafted campaign would send, with its data."""
    with state().store.read() as tx:
        row = tx.campaigns.by_id(id=campaign_id) or abort(404)
    plan, settings = plans.of(row), state().settings

    def prepared() -> Prepared:
        with state().store.read() as tx:
            source = contents.source(tx, settings, plan)
            contents.refuse_forbidden(tx, settings, source, language.current(), now_ms())
        return source, plan.data

    return _sent(prepared, url_for("campaigns.plan", campaign_id=campaign_id), campaign=campaign_id)


@room.post("/emails/<name>/test")
def of_email(name: str) -> Response:
    """Send the revision that the page showed, with the data of its sample."""
    number, settings = preview_options.revision(request.form), state().settings
    with state().store.read() as tx:
        email = homes.open_email(tx, settings, name, number) or abort(404)

    def prepared() -> Prepared:
        source = send.check_files(settings, name, email.files, state().brand.at(now_ms()))
        with state().store.read() as tx:
            send.bookable(tx, source)
        return source, source.sample.get("data", {})

    return _sent(prepared, url_for("emails.show", name=name))


@room.get("/tests/<contact_id>/<message_id>")
def show(contact_id: str, message_id: str) -> str:
    """Show where the test is, and a QR code that opens its first question on a phone."""
    campaign, settings = request.args.get("campaign", ""), state().settings
    with state().store.read() as tx:
        message = tx.messages.by_id(contact_id=contact_id, id=message_id) or abort(404)
        email = email_versions.load(tx, message["version_id"], message["language"])
        title = campaign_views.title(tx, settings, message["email"])
    if message["purpose"] != gate.TEST:
        abort(404)
    block = next(iter(email.blocks), None)
    url = _ask_url(contact_id, message_id, block) if block else ""
    shown = {"url": url, "code": _code(url), "campaign": campaign, "address": g.user["email"], "title": title}
    return render_template("campaigns/phone.html", message=message, **shown)


def _sent(prepared: Callable[[], Prepared], back: str, campaign: str = "") -> Response:
    """Send the test and lead to its page, or back with what stops it."""
    try:
        source, data = prepared()
    except BrokenTemplate as error:
        many = language.several("%(num)s error", "%(num)s errors", len(error.problems))
        return _refused(back, text("The email has %(errors)s.") % {"errors": many})
    except (CannotDo, CannotPersonalise) as error:
        return _refused(back, error.sentence(language.current()) if isinstance(error, CannotDo) else str(error))
    reader = Reader(g.user["email"], g.user["name"], language.current())
    contact_id, message_id = own_test.queue(state().store, source, reader, data, now_ms())
    flash(text("A test is on its way to %(address)s.") % {"address": reader.address}, "good")
    return redirect(url_for("own_tests.show", contact_id=contact_id, message_id=message_id, campaign=campaign or None))


def _refused(back: str, why: str) -> Response:
    flash(text("The test was not sent. %(why)s") % {"why": why}, "error")
    return redirect(back)


def _code(url: str) -> Markup | None:
    """Return the QR code; None where no phone can open the address, because it is that of this computer."""
    if not url or gate.is_loopback(url):
        return None
    return Markup(segno.make(url).svg_inline(scale=5, border=2, dark="#000", light="#fff"))  # noqa: S704


def _ask_url(contact_id: str, message_id: str, block: str) -> str:
    token = state().keyring.sign("answer", contact_id, message_id, block, now_ms() // 1000)
    return f"{state().settings.base_url.rstrip('/')}/a/{token}/"
