"""Takes the actions on a lead: take, assign, plan the next step, note, snooze, win or lose, set the stage, tag, and undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import NamedTuple

from flask import abort, redirect, request, url_for
from werkzeug import Response

from server.sales import history, money, work
from server.sales.history import Changed, NotPossible
from server.sales.work import AlreadyOwned
from server.store import Session
from server.web import language, toast, viewer
from server.web.room import Room
from server.web.sales import work_words
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


class Doing(NamedTuple):
    """An action that somebody asked for; `today` and `zone` are theirs, `currency` is the setting."""

    lead: str
    form: Mapping[str, str]
    me: Me
    now: int
    today: str
    zone: tzinfo
    currency: str
    language: str


Act = Callable[[Session, Doing], str]  # returns the id of the activity that can be undone, or ''


def _take(tx: Session, do: Doing) -> str:
    return work.take(tx, do.lead, do.me.id, do.form.get("expected", ""), do.me.name, do.now)


def _release(tx: Session, do: Doing) -> str:
    return work.take(tx, do.lead, "", do.form.get("expected", ""), do.me.name, do.now)


def _assign(tx: Session, do: Doing) -> str:
    owner = do.form.get("owner", "")
    if owner and owner not in viewer.names(tx):
        raise NotPossible("owner")
    return work.take(tx, do.lead, owner, do.form.get("expected", ""), do.me.name, do.now)


def _plan(tx: Session, do: Doing) -> str:
    return work.plan(tx, do.lead, do.form.get("step", ""), do.form.get("next_on", ""), do.me.name, do.now)


def _note(tx: Session, do: Doing) -> str:
    return work.note(tx, do.lead, do.form.get("note", ""), do.me.name, do.now)


def _snooze(tx: Session, do: Doing) -> str:
    return work.snooze(tx, do.lead, do.form.get("until", ""), do.me.name, do.now, do.zone)


def _end(outcome: str) -> Act:
    def act(tx: Session, do: Doing) -> str:
        try:
            amount = money.read(do.form.get("amount", ""), do.currency, do.language)
        except money.BadAmount:
            raise NotPossible("amount") from None
        on, reason = do.form.get("on") or do.today, do.form.get("reason", "")
        return work.finish(tx, do.lead, outcome, reason, do.me.name, do.now, amount, do.currency, on)

    return act


def _reopen(tx: Session, do: Doing) -> str:
    return work.reopen(tx, do.lead, do.me.name, do.now) and ""


def _stage(tx: Session, do: Doing) -> str:
    work.pin(tx, do.lead, do.form.get("stage", ""), do.me.name, do.now)
    return ""


def _tag(tx: Session, do: Doing) -> str:
    work.tag(tx, do.lead, do.form.get("tag", "").strip().lower(), do.me.name, do.now)
    return ""


def _untag(tx: Session, do: Doing) -> str:
    work.tag(tx, do.lead, do.form.get("tag", ""), do.me.name, do.now, remove=True)
    return ""


def _undo(tx: Session, do: Doing) -> str:
    history.undo(tx, do.lead, do.form.get("activity", ""), do.now)
    return ""


ACTS: dict[str, Act] = {
    "take": _take,
    "release": _release,
    "assign": _assign,
    "next-step": _plan,
    "note": _note,
    "snooze": _snooze,
    "won": _end("won"),
    "lost": _end("lost"),
    "reopen": _reopen,
    "stage": _stage,
    "tag": _tag,
    "untag": _untag,
    "undo": _undo,
}


@room.post("/leads/<contact_id>/<act>")
def do(contact_id: str, act: str) -> Response | tuple[str, int]:
    """Run one of ACTS, confirm it and return to its place on the page. An invalid value is reported beside its field, with the typed
    values kept.
    """
    step, form, me = ACTS.get(act) or abort(404), request.form, viewer.me()
    doing = Doing(
        contact_id, form, me, now_ms(), viewer.today(), viewer.zone(), state().settings.currency, language.current()
    )
    try:
        activity = state().store.write(lambda tx: step(tx, doing))
    except LookupError:
        abort(404)
    except AlreadyOwned as other:
        toast.show(work_words.owned(other.owner_id))
    except Changed:
        toast.show(language.text("This cannot be undone any more, because it was changed since."))
    except NotPossible as wrong:
        return page_of(contact_id, wrong.field, form), 422
    else:
        undo_url = url_for("lead_work.do", contact_id=contact_id, act="undo") if activity else ""
        back = {"back": form["back"]} if "back" in form else {}
        toast.show(work_words.done(act, contact_id), undo_url, activity=activity, **back)
    return redirect(_back(contact_id))


def _back(contact_id: str) -> str:
    """Return the page from which the form was sent, at the lead."""
    if request.form.get("back") == "today":
        return url_for("today.index", _anchor=f"p-{contact_id}")
    return url_for("leads.show", contact_id=contact_id, _anchor="work")
