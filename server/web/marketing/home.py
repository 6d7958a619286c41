"""Shows the first page of marketing: what is on its way, what came back, what needs mending, and drafts to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import g, render_template, url_for

from server.branding import brand
from server.campaigns.plans import State
from server.contacts.imports import states
from server.emails import drafts
from server.store import Session
from server.web import access, language
from server.web.language import text
from server.web.marketing import campaign_views, email_list
from server.web.room import Menu, Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

room = Room(
    "marketing_home",
    __name__,
    access={"index": "emails.edit"},
    menu=Menu("today", lambda: text("Marketing")),
)
DAY_MS = 86_400_000
BACK_MS = 14 * DAY_MS  # campaigns that ended earlier are left to the list
MOST = 6
ON_THE_WAY: tuple[State, ...] = ("approval", "scheduled", "sending", "paused")


class Mend(NamedTuple):
    """Something that needs a person: a sentence, and the page that shows it."""

    words: str
    url: str


class Step(NamedTuple):
    """A first step of an empty account."""

    words: str
    done: bool
    url: str
    button: str


@room.get("/marketing")
def index() -> str:
    """Show the page; an account that has sent nothing yet sees its first steps."""
    now, me, settings = now_ms(), g.user["email"], state().settings
    with state().store.read() as tx:
        started = tx.campaigns.any() is not None
        working = [row for row in tx.campaigns.in_work() if row["state"] in ON_THE_WAY]
        working += tx.campaigns.waiting_approval()
        ended = tx.campaigns.ended(since_at=now - BACK_MS, limit=MOST)
        shown: dict[str, Any] = {
            "steps": [] if started else _steps(tx),
            "working": [_shown(tx, row, now) for row in working[:MOST]],
            "back": [_back(tx, row, now) for row in ended],
            "mend": [*_mend(tx, ended)],
            "emails": tx.emails.unfinished(by_whom=me, limit=MOST),
            "campaigns": [
                {
                    "id": row["id"],
                    "title": campaign_views.name(tx, settings, row),
                    "people": campaign_views.people(tx, settings, row),
                    "at": row["updated_at"],
                }
                for row in tx.campaigns.drafts(by_whom=me, limit=MOST)
            ],
            "names": email_list.people(tx),
        }
    return render_template("marketing/index.html", now=now, **shown)


def _shown(tx: Session, row: CampaignsRow, now: int) -> dict[str, Any]:
    settings = state().settings
    return {
        "kept": row,
        "title": campaign_views.name(tx, settings, row),
        "people": campaign_views.people(tx, settings, row),
        "progress": campaign_views.progress(tx, row, now),
    }


def _back(tx: Session, row: CampaignsRow, now: int) -> dict[str, Any]:
    """Return an ended campaign with its answers, and those of the last day."""
    shown = _shown(tx, row, now)
    sent = shown["progress"].counts.get("sent", 0)
    share = language.percent(min(1.0, shown["progress"].answered / sent)) if sent else ""
    return {**shown, "sent": sent, "share": share, "news": tx.campaigns.news(id=row["id"], since_at=now - DAY_MS)}


def _mend(tx: Session, ended: list[CampaignsRow]) -> Iterator[Mend]:
    """Yield what needs a person: mail servers that take nothing, campaigns with failures, stopped imports."""
    for stream in state().settings.streams:
        stuck = tx.messages.stuck(stream=stream)
        if stuck and stuck["total"]:
            yield Mend(
                _outage(stuck["total"], stuck["since_at"], stuck["next_at"]), url_for("outbox.index", state="queued")
            )
    for row in ended:
        failed = {each["reason"]: each["total"] for each in tx.campaigns.reasons(id=row["id"], state="failed")}
        if failed:
            words = language.several(
                "%(num)s message of “%(title)s” failed.",
                "%(num)s messages of “%(title)s” failed.",
                sum(failed.values()),
                title=campaign_views.name(tx, state().settings, row),
            )
            yield Mend(words, url_for("campaign_watch.show", campaign_id=row["id"]))
    for each in tx.imports.recent(limit=MOST):
        if each["state"] in states.STOPPED:
            words = text("The import of “%(name)s” was stopped by an error.") % {"name": each["name"] or "—"}
            yield Mend(words, url_for("contact_imports.show", import_id=each["id"]))


def _outage(total: int, since: int, next_at: int) -> str:
    return language.several(
        "A mail server has not taken %(num)s message since %(since)s. The next try is at %(next)s.",
        "A mail server has not taken %(num)s messages since %(since)s. The next try is at %(next)s.",
        total,
        since=language.clock(since),
        next=language.clock(next_at),
    )


def _steps(tx: Session) -> list[Step]:
    """Return the way from an empty account to the first campaign."""
    has_brand = bool(brand.current(tx, state().settings).address.strip())
    has_people = tx.contacts.counted(limit=1) > 0
    has_email = any(row["state"] == drafts.ACTIVE and row["total"] for row in tx.emails.totals())
    steps = [
        (
            "branding.index",
            text("Say who you are: name, logo, colours, and the postal address that the law asks for"),
            has_brand,
            text("Brand"),
        ),
        (
            "contact_uploads.ask",
            text("Bring the people: a list from another program or a spreadsheet"),
            has_people,
            text("Import a list"),
        ),
        (
            "new_email.gallery",
            text("Write an email: choose one that comes with Acto and change its words"),
            has_email,
            text("New email"),
        ),
        (
            "campaigns.new",
            text("Send it: you see who gets it and why others do not, and have a minute to change your mind"),
            False,
            text("New campaign"),
        ),
    ]
    return [
        Step(words, done, url_for(endpoint), button)
        for endpoint, words, done, button in steps
        if access.opens(endpoint)
    ]
