"""Lists what a marketer must mend: mail servers that take nothing, held and failed campaigns, stopped imports, broken flows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from flask import url_for

from server import reasons
from server.contacts.imports import states
from server.flows import flow_store
from server.store import Session
from server.web import language
from server.web.language import text
from server.web.marketing import campaign_views
from server.web.state import state

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

DAY_MS = 86_400_000
IMPORTS_MOST = 6


class Mend(NamedTuple):
    """Something that needs a person: a sentence, and the page that shows it."""

    words: str
    url: str


def listed(tx: Session, working: list[CampaignsRow], ended: list[CampaignsRow], now: int) -> Iterator[Mend]:
    """Yield what needs a person, the streams first."""
    yield from _streams(tx)
    for row in working:
        if row["state"] == "paused" and row["reason"]:
            why = reasons.sentence(row["reason"], language.current())
            words = text("“%(title)s” was paused: %(why)s") % {"title": _title(tx, row), "why": why}
            yield Mend(words, _campaign(row))
    for row in ended:
        yield from _failures(tx, row)
    yield from _imports(tx)
    yield from _flows(tx, now)


def _streams(tx: Session) -> Iterator[Mend]:
    for stream in state().settings.streams:
        stuck = tx.messages.stuck(stream=stream)
        if stuck and stuck["total"]:
            words = language.several(
                "A mail server has not taken %(num)s message since %(since)s. The next try is at %(next)s.",
                "A mail server has not taken %(num)s messages since %(since)s. The next try is at %(next)s.",
                stuck["total"],
                since=language.clock(stuck["since_at"]),
                next=language.clock(stuck["next_at"]),
            )
            yield Mend(words, url_for("outbox.index", state="queued"))


def _failures(tx: Session, row: CampaignsRow) -> Iterator[Mend]:
    failed = sum(each["total"] for each in tx.campaigns.reasons(id=row["id"], state="failed"))
    if failed:
        words = language.several(
            "%(num)s message of “%(title)s” failed.",
            "%(num)s messages of “%(title)s” failed.",
            failed,
            title=_title(tx, row),
        )
        yield Mend(words, _campaign(row))


def _imports(tx: Session) -> Iterator[Mend]:
    for each in tx.imports.recent(limit=IMPORTS_MOST):
        if each["state"] in states.STOPPED:
            words = text("The import of “%(name)s” was stopped by an error.") % {"name": each["name"] or "—"}
            yield Mend(words, url_for("contact_imports.show", import_id=each["id"]))


def _flows(tx: Session, now: int) -> Iterator[Mend]:
    for row in tx.effects.broken(since_at=now - DAY_MS):
        flow = flow_store.by_name(tx, row["flow"])
        words = language.several(
            "%(num)s action of the flow “%(title)s” was not carried out since yesterday.",
            "%(num)s actions of the flow “%(title)s” were not carried out since yesterday.",
            row["total"],
            title=flow.title if flow else row["flow"],
        )
        yield Mend(words, url_for("runs.index", flow=row["flow"], state=row["state"]))


def _title(tx: Session, row: CampaignsRow) -> str:
    return campaign_views.name(tx, state().settings, row)


def _campaign(row: CampaignsRow) -> str:
    return url_for("campaign_watch.show", campaign_id=row["id"])
