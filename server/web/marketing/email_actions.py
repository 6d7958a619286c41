"""Publishes, copies, files, archives and restores an email of the store. Each action redirects to the email's page and reports there."""

from __future__ import annotations

from flask import abort, flash, g, redirect, request, url_for
from werkzeug import Response

from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate
from server.emails import drafts, homes, naming
from server.emails.drafts import Conflict, Titles
from server.emails.homes import OpenedEmail
from server.emails.refusals import Refused
from server.errors import CannotDo
from server.flows import flow_store
from server.sending import send
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import email_list
from server.web.marketing.previews import preview_options
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "email_actions",
    __name__,
    access={
        "describe": "emails.edit",
        "publish": "emails.edit",
        "copy": "emails.edit",
        "set_state": "emails.edit",
        "restore": "emails.edit",
    },
)


@room.post("/emails/<name>/describe")
def describe(name: str) -> Response:
    """Change title and folder."""
    form, now, by_whom = request.form, now_ms(), g.user["email"]
    _of_store(name)
    titles, folder = Titles(form.get("title_es", ""), form.get("title_en", "")), form.get("folder", "")
    try:
        state().store.write(lambda tx: drafts.describe(tx, name, titles, folder, by_whom, now))
    except Refused as refusal:
        return _back(name, refusal.sentence(language.current()), "error")
    return _back(name, text("Title and folder are saved."))


@room.post("/emails/<name>/publish")
def publish(name: str) -> Response:
    """Publish the revision that the page showed, and not a later one."""
    email, now, by_whom = _of_store(name), now_ms(), g.user["email"]
    try:
        source = send.check_files(state().settings, name, email.files, state().brand.at(now))
        with state().store.read() as tx:
            send.bookable(tx, source)
    except BrokenTemplate as error:
        first = language.several("%(num)s error", "%(num)s errors", len(error.problems))
        return _back(
            name, text("It was not published: it has %(errors)s. They are listed below.") % {"errors": first}, "error"
        )
    except (CannotDo, CannotPersonalise) as error:
        why = error.sentence(language.current()) if isinstance(error, CannotDo) else str(error)
        return _back(name, text("It was not published. %(why)s") % {"why": why}, "error")
    state().store.write(lambda tx: drafts.publish(tx, name, email.revision, by_whom, now))
    return _back(name, text("Published: revision %(revision)s is sent from now on.") % {"revision": email.revision})


@room.post("/emails/<name>/copy")
def copy(name: str) -> Response:
    """Create a draft with the newest files of an email, whether it is in the store or in a folder."""
    email, now, by_whom = _opened(name), now_ms(), g.user["email"]
    row, (es, en) = email.row, email_list.titles(email)
    settings = state().settings
    titles = Titles(f"Copia de {es}"[: drafts.TITLE_MOST], f"Copy of {en}"[: drafts.TITLE_MOST])

    def write(tx: Session) -> str:
        new = naming.free(tx, settings, name)
        files = drafts.renamed(email.files, name, new)
        return drafts.create(tx, new, titles, row["folder"] if row else "", files, by_whom, now)["name"]

    try:
        return _back(state().store.write(write), text("This is the copy. The original stays as it is."))
    except Refused as refusal:
        return _back(name, refusal.sentence(language.current()), "error")


@room.post("/emails/<name>/state")
def set_state(name: str) -> Response:
    """Archive the email, move it to the trash, or put it back."""
    now, by_whom, wanted = now_ms(), g.user["email"], request.form.get("state", "")
    if wanted not in email_list.STATES:
        abort(400)
    _of_store(name)
    if not state().store.write(lambda tx: _moved(tx, name, wanted, by_whom, now)):
        return _back(
            name, text("A campaign with this email has not ended. Stop it first, or wait until it is done."), "error"
        )
    with state().store.read() as tx:
        flows = [flow.title or flow.name for flow in flow_store.sending(tx, name) if flow.on]
    done = {
        drafts.ACTIVE: text("The email is back in the list."),
        drafts.ARCHIVED: text("The email is archived. It is no longer sent."),
        drafts.TRASHED: text("The email is in the trash. It is no longer sent."),
    }
    if flows and wanted != drafts.ACTIVE:
        stopped = text("These flows send it no more until you put it back: %(flows)s.") % {"flows": ", ".join(flows)}
        return _back(name, f"{done[wanted]} {stopped}", "warning")
    return _back(name, done[wanted])


@room.post("/emails/<name>/restore")
def restore(name: str) -> Response:
    """Save an earlier revision as a new one."""
    now, by_whom, number = now_ms(), g.user["email"], preview_options.revision(request.form)
    try:
        made = state().store.write(lambda tx: drafts.restore(tx, name, number, by_whom, now))
    except LookupError:
        abort(404)
    except Conflict:
        return _back(name, text("Somebody saved at the same moment. Look at their revision and try again."), "error")
    return _back(name, text("Revision %(old)s is back, as revision %(new)s.") % {"old": number, "new": made})


def _moved(tx: Session, name: str, wanted: str, by_whom: str, now: int) -> bool:
    """Set the state, unless a campaign still needs the email."""
    if wanted != drafts.ACTIVE and tx.campaigns.of_email(email=name):
        return False
    drafts.set_state(tx, name, wanted, by_whom, now)
    return True


def _opened(name: str) -> OpenedEmail:
    with state().store.read() as tx:
        email = homes.open_email(tx, state().settings, name, preview_options.revision(request.form))
    return email or abort(404)


def _of_store(name: str) -> OpenedEmail:
    email = _opened(name)
    return email if email.row else abort(404)


def _back(name: str, said: str, kind: str = "good") -> Response:
    flash(said, kind)
    return redirect(url_for("emails.show", name=name))
