"""Shows the activity log as sentences (who did what, and when), filtered by person and by kind of action."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request

from server.accounts import audit, roles
from server.accounts.audit import Deed
from server.web import language
from server.web.language import text
from server.web.room import Menu, Room
from server.web.state import state

room = Room(
    "audit",
    __name__,
    access={
        "index": "audit.read",
    },
    menu=Menu("own", lambda: text("Activity")),
)
PAGE = 50
KINDS: dict[str, Callable[[], str]] = {
    "user": lambda: text("Team"),
    "key": lambda: text("API keys"),
    "answer": lambda: text("Who answered"),
    "qualification": lambda: text("Scoring"),
    "contact": lambda: text("Contacts"),
    "data": lambda: text("Exports"),
    "backup": lambda: text("Backups"),
    "email": lambda: text("Emails"),
    "brand": lambda: text("Brand"),
    "image": lambda: text("Images"),
    "flow": lambda: text("Flows"),
    "webhook": lambda: text("Webhooks"),
}
DEEDS: dict[str, Callable[[], str]] = {
    "brand.saved": lambda: text("saved the brand “%(subject)s”"),
    "image.added": lambda: text("added the image “%(subject)s”"),
    "image.removed": lambda: text("removed the image “%(subject)s”"),
    "user.invited": lambda: text("invited %(subject)s"),
    "user.invited_again": lambda: text("sent %(subject)s the invitation again"),
    "user.joined": lambda: text("joined the team"),
    "user.role": lambda: text("changed the role of %(subject)s from %(before)s to %(after)s"),
    "user.deactivated": lambda: text("deactivated %(subject)s"),
    "user.activated": lambda: text("reactivated %(subject)s"),
    "user.password": lambda: text("set a new password for %(subject)s"),
    "user.reset_asked": lambda: text("asked for a new password"),
    "user.totp_on": lambda: text("switched the second step on for %(subject)s"),
    "user.totp_off": lambda: text("switched the second step off for %(subject)s"),
    "user.recovery_code_used": lambda: text("signed in with a recovery code"),
    "user.signed_in": lambda: text("signed in from the network %(network)s"),
    "user.tries_used_up": lambda: text(
        "may not try to sign in for a while: too many wrong tries from the network %(network)s"
    ),
    "key.made": lambda: text("made the API key “%(subject)s” (%(prefix)s…, %(scopes)s)"),
    "key.revoked": lambda: text("revoked the API key “%(subject)s” (%(prefix)s…)"),
    "answer.overruled": lambda: text("says that %(verdict)s gave an answer: “%(reason)s”"),
    "qualification.changed": lambda: text("changed the scoring"),
    "contact.merged": lambda: text("merged the contact %(subject)s into %(into)s"),
    "contact.imported": lambda: text("imported the list “%(subject)s” (%(rows)s rows)"),
    "contact.import_undone": lambda: text("undid the import of “%(subject)s”"),
    "contact.refusals": lambda: text("entered the refusals of %(subject)s addresses"),
    "data.exported": lambda: text("exported %(subject)s"),
    "backup.made": lambda: text("made the backup “%(subject)s”"),
    "backup.restored": lambda: text("restored the backup “%(subject)s”"),
    "backup.resumed": lambda: text("resumed sending after a restore; dropped: %(dropped)s"),
    "email.created": lambda: text("created the email “%(subject)s”"),
    "email.published": lambda: text("published the email “%(subject)s” (revision %(revision)s)"),
    "email.active": lambda: text("put the email “%(subject)s” back"),
    "email.archived": lambda: text("archived the email “%(subject)s”"),
    "email.trashed": lambda: text("moved the email “%(subject)s” to the trash"),
    "flow.saved": lambda: text("saved the flow “%(subject)s” (version %(version)s)"),
    "flow.on": lambda: text("switched the flow “%(subject)s” on"),
    "flow.off": lambda: text("switched the flow “%(subject)s” off"),
    "flow.removed": lambda: text("removed the flow “%(subject)s”"),
    "webhook.added": lambda: text("added the webhook “%(subject)s” to %(host)s"),
    "webhook.changed": lambda: text("changed the webhook “%(subject)s”, to %(host)s"),
    "webhook.secret": lambda: text("made a new secret for the webhook “%(subject)s”"),
    "webhook.on": lambda: text("switched the webhook “%(subject)s” on"),
    "webhook.off": lambda: text("switched the webhook “%(subject)s” off"),
    "webhook.removed": lambda: text("removed the webhook “%(subject)s”"),
}


@room.app_template_filter()
def deed(row: Deed) -> str:
    """Write a row as a sentence without its subject, the person."""
    said = {"subject": row["subject"], **row["details"]}
    for name in ("before", "after"):
        if name in said:
            said[name] = roles.role_name(said[name], language.current())
    if "verdict" in said:
        said["verdict"] = text("a person") if said["verdict"] == "person" else text("a machine")
    try:
        return DEEDS[row["what"]]() % said
    except KeyError:  # written by another version, with an unknown name or fewer details
        return f"{row['what']} {row['subject']}"


@room.get("/audit")
def index() -> str:
    """Show the log, newest first; `who` and `kind` filter, `before` is the last id of the page above."""
    by_whom, kind = request.args.get("who", ""), request.args.get("kind", "")
    with state().store.read() as tx:
        found = audit.newest(tx, by_whom, kind, request.args.get("before") or audit.NEWEST, PAGE + 1)
        people = audit.people(tx)
    rows, more = found[:PAGE], len(found) > PAGE
    kinds = {name: said() for name, said in KINDS.items()}
    shown = {"who": by_whom, "kind": kind, "people": people, "kinds": kinds, "more": more}
    return render_template("audit/index.html", rows=rows, **shown)
