"""Sends sales the morning digest: leads to call, steps due today, and leads without an owner. No mail if all are empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from server import notices
from server.accounts import users
from server.contacts import phones, zones
from server.notices import letterhead, notice_templates
from server.qualify import scoring, sentences
from server.qualify.leads import Lead
from server.sales import decisive, inbox
from server.settings import Settings
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

HOUR = 7  # in the reader's zone; not sent after LAST_HOUR
LAST_HOUR = 10
MOST = 5  # of each; the link shows the rest
EVERY_MS = 60_000
DAY_MS = 86_400_000


class Line(NamedTuple):
    """One lead in the mail."""

    name: str
    company: str
    stage: str
    headline: str
    why: str
    step: str
    url: str
    phone: str = ""
    phone_url: str = ""
    chat_url: str = ""


class Digests:
    """A hook of the worker: checks once a minute whose morning it is."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings, self._next = store, settings, 0

    def __call__(self, now: int) -> None:
        if now >= self._next:
            self._next = now + EVERY_MS
            due(self._store, self._settings, now)


def due(store: Store, settings: Settings, now: int) -> int:
    """Queue the digest of everybody in sales in whose zone it is morning and who has none today; return how many.

    Users who have never signed in and have no language get none yet.
    """
    with store.read() as tx:
        team = [user for user in users.active(tx, "leads.work") if user["language"] or user["seen_at"]]
        restored = tx.restores.last_at() or 0
        written = [mail for user in team if (mail := _mail(tx, user, settings, now, restored))]
    return sum(store.write(lambda tx, mail=mail: notices.enqueue(tx, **mail, now=now)) for mail in written)  # type: ignore[misc]


def _mail(tx: Session, user: UsersRow, settings: Settings, now: int, restored: int) -> dict[str, Any] | None:
    """Return the notice for one person; None if it is not their morning or there is nothing to report.

    Also None if the store was restored after this morning began, because today's mail may have left before.
    """
    here = datetime.fromtimestamp(now / 1000, UTC).astimezone(zones.of(user["time_zone"]))
    today, id_ = here.date().isoformat(), f"digest-{user['id']}-{here.date().isoformat()}"
    began = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if not HOUR <= here.hour <= LAST_HOUR or restored >= began.timestamp() * 1000 or tx.notices.by_id(id=id_):
        return None
    language, base = user["language"] or "es", settings.base_url.rstrip("/")
    due_, unclaimed = inbox.due(tx, user["id"], today, MOST + 1), inbox.unclaimed(tx, now - DAY_MS, today, MOST + 1)
    if not due_ and not unclaimed:
        return None
    facts = decisive.of_all(tx, [row["contact_id"] for row in (*due_, *unclaimed)], now)
    now_of = {each: decisive.headline(known, language, now, here.tzinfo) for each, known in facts.items()}
    mine, free = ([_line(row, language, base, now_of) for row in rows] for rows in (due_, unclaimed))
    head = letterhead.of(tx, settings)
    told = {"mine": mine[:MOST], "free": free[:MOST], "more": max(len(mine), len(free)) > MOST}
    values = {
        "name": user["name"],
        **told,
        "letterhead": head,
        "url": f"{base}/leads",
        "sender": head.name,
    }
    subject, text, html = notice_templates.render("digest", language, **values)
    return {"id": id_, "to": user["email"], "subject": subject, "text": text, "html": html}


def _line(row: Lead, language: str, base: str, headlines: Mapping[str, str]) -> Line:
    best = scoring.strongest(row["reasons"]) if row["reasons"] else None
    day = notice_templates.day_of(best["at"], language) if best else ""
    why = sentences.sentence(best, language, day) if best else ""
    stage = sentences.stage_name(row["stage"], language)
    headline = headlines.get(row["contact_id"], "")
    chat = phones.chat(row["phone"], row["whatsapp"])
    return Line(
        *(row["name"], row["company"], stage, headline, why, row["next_step"], f"{base}/leads/{row['contact_id']}"),
        phone=phones.written(row["phone"]) if row["phone"] else "",
        phone_url=f"tel:{row['phone']}" if row["phone"] else "",
        chat_url=phones.whatsapp_url(chat) if chat else "",
    )
