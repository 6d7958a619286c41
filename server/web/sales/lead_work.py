"""Takes the actions on a lead's page: take, assign, plan the next step, note, snooze, win or lose, set the stage, tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import abort, flash, redirect, request, url_for
from werkzeug import Response

from server.sales import work
from server.sales.work import AlreadyOwned, NotPossible
from server.store import Session
from server.web import language, viewer
from server.web.room import Room
from server.web.sales.leads import page_of
from server.web.state import now_ms, state
from server.web.viewer import Me

room = Room(
    "lead_work",
    __name__,
    access={
        "do": "leads.work",
    },
)
Form = Mapping[str, str]
Act = Callable[[Session, str, Form, Me, int], None]


def _take(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.take(tx, lead, me.id, form.get("expected", ""), me.name, now)


def _release(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.take(tx, lead, "", form.get("expected", ""), me.name, now)


def _assign(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    owner = form.get("owner", "")
    if owner and owner not in viewer.names(tx):
        raise NotPossible("owner")
    work.take(tx, lead, owner, form.get("expected", ""), me.name, now)


def _plan(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.plan(tx, lead, form.get("step", ""), form.get("next_on", ""), me.name, now)


def _note(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.note(tx, lead, form.get("note", ""), me.name, now)


def _snooze(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.snooze(tx, lead, form.get("until", ""), me.name, now)


def _won(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.finish(tx, lead, "won", form.get("reason", ""), me.name, now)


def _lost(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.finish(tx, lead, "lost", form.get("reason", ""), me.name, now)


def _reopen(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.reopen(tx, lead, me.name, now)


def _stage(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.pin(tx, lead, form.get("stage", ""), me.name, now)


def _tag(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.tag(tx, lead, form.get("tag", "").strip().lower(), me.name, now)


def _untag(tx: Session, lead: str, form: Form, me: Me, now: int) -> None:
    work.tag(tx, lead, form.get("tag", ""), me.name, now, remove=True)


ACTS: dict[str, Act] = {
    "take": _take,
    "release": _release,
    "assign": _assign,
    "next-step": _plan,
    "note": _note,
    "snooze": _snooze,
    "won": _won,
    "lost": _lost,
    "reopen": _reopen,
    "stage": _stage,
    "tag": _tag,
    "untag": _untag,
}


@room.post("/leads/<contact_id>/<act>")
def do(contact_id: str, act: str) -> Response | tuple[str, int]:
    """Run one of ACTS and return to the lead's page. An invalid value is reported beside its field, with the typed values kept."""
    step, form, me = ACTS.get(act) or abort(404), request.form, viewer.me()
    try:
        state().store.write(lambda tx: step(tx, contact_id, form, me, now_ms()))
    except LookupError:
        abort(404)
    except AlreadyOwned as taken:
        with state().store.read() as tx:
            owner = viewer.names(tx).get(taken.owner_id, "")
        flash(
            language.text("%(owner)s was quicker and has this lead now.") % {"owner": owner}
            if owner
            else language.text("Nobody has this lead any more.")
        )
    except NotPossible as wrong:
        return page_of(contact_id, wrong.field, form), 422
    return redirect(url_for("leads.show", contact_id=contact_id))
