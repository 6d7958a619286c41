"""Shows the first page of marketing: what is on its way, what came back, what needs mending, and drafts to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import g, render_template, url_for

from server.branding import brand
from server.emails import drafts
from server.store import Session
from server.web import access, language
from server.web.language import text
from server.web.marketing import campaign_views, email_list, marketing_troubles
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
NEWS_MOST = 1_000  # rows of each kind that are read to count what came back in a day
NOTHING = {"answered": 0, "wrote": 0, "departed": 0}


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
        working = [*tx.campaigns.in_work(), *tx.campaigns.waiting_approval()]
        ended = tx.campaigns.ended(since_at=now - BACK_MS, limit=MOST)
        shown: dict[str, Any] = {
            "steps": [] if started else _steps(tx),
            "working": [_shown(tx, row, now) for row in working[:MOST]],
            "back": [*_back(tx, [*_leaving(working), *ended][:MOST], now)],
            "mend": [*marketing_troubles.listed(tx, working, ended, now)],
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


def _leaving(working: list[CampaignsRow]) -> list[CampaignsRow]:
    """Return the campaigns whose first messages may have been answered."""
    return [row for row in working if row["state"] in ("sending", "paused")]


def _back(tx: Session, rows: list[CampaignsRow], now: int) -> Iterator[dict[str, Any]]:
    """Yield campaigns with their answers, and what came back in the last day."""
    found = {row["id"]: row for row in tx.campaigns.news(since_at=now - DAY_MS, most=NEWS_MOST)}
    is_cut = sum(row["choices"] for row in found.values()) >= NEWS_MOST
    for row in rows:
        shown, new = _shown(tx, row, now), found.get(row["id"])
        if not new and not row["finished_at"]:
            continue
        sent, news = shown["progress"].counts.get("sent", 0), new or NOTHING
        answered = max(shown["progress"].answered, news["answered"])  # the stored count may be some minutes old
        share = language.percent(min(1.0, answered / sent)) if sent else ""
        yield {**shown, "sent": sent, "share": share, "news": news, "answered": answered, "is_cut": is_cut}


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
