"""Shows the age of the last backup. In a restored store, asks which of the work that was due is done and which is dropped."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug import Response

from server.accounts import audit
from server.backup import held_work
from server.backup.held_work import NotWaiting, TooEarly
from server.web import language
from server.web.language import text
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "backups",
    __name__,
    access={
        "index": "backups.manage",
        "resume": "backups.manage",
    },
    menu=Menu("own", lambda: text("Backups")),
)
OLD_MS = 2 * 86_400_000
KINDS: dict[str, Callable[[], str]] = {
    "campaigns": lambda: text("campaigns on their way: those that you drop are paused until somebody resumes them"),
    "messages": lambda: text("messages to recipients"),
    "notices": lambda: text("notices: invitations, alerts, reminders, new passwords"),
    "effects": lambda: text("effects of flows, and answers that were still being checked"),
    "appointments": lambda: text("confirmations and reminders of appointments"),
}


@room.get("/backups")
def index() -> str:
    """Show the last backup, or the held work of a restored store."""
    return _page()


@room.post("/backups/resume")
def resume() -> Response | tuple[str, int]:
    """Resume sending in a restored store. Require a decision for each kind of held work; otherwise change nothing."""
    now, chosen = now_ms(), {kind: request.form.get(kind, "") for kind in held_work.KINDS}
    try:
        with state().store.read() as tx:
            due = held_work.due(tx, now)
        if any(number and chosen[kind] not in ("go", "drop") for kind, number in due.items()):
            return _page(undecided=True), 422
        drop = [kind for kind, choice in chosen.items() if choice == "drop"]
        dropped = held_work.resume(state().store, state().rules, drop, g.user["email"], now)
    except NotWaiting:
        abort(409)
    except TooEarly as error:
        return _page(too_early=error.at), 409
    number = sum(dropped.values())
    if number:
        flash(text("Sending goes on. Dropped: %(num)s.") % {"num": language.number(number)})
    else:
        flash(
            text("Sending goes on. Nothing was dropped.")
            if not drop
            else text("Sending goes on. Nothing that you dropped had been started.")
        )
    return redirect(url_for("backups.index"))


def _page(undecided: bool = False, too_early: int = 0) -> str:
    now = now_ms()
    with state().store.read() as tx:
        last, restore = audit.last(tx, "backup.made"), tx.restores.waiting()
        due = held_work.due(tx, now) if restore else None
        checked_at = held_work.checked_at(tx) if restore else 0
    old = last is not None and now - last["at"] > OLD_MS
    shown = {"undecided": undecided, "too_early": too_early, "form": request.form, "old": old}
    shown["effects_from"] = checked_at if checked_at > now else 0
    kinds = {kind: said() for kind, said in KINDS.items()}
    return render_template("backups/index.html", last=last, restore=restore, due=due, kinds=kinds, **shown)
