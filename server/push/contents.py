"""Writes a push notice in the language of its reader: who, the one fact that decides, and the link to the lead."""

from __future__ import annotations

from typing import NamedTuple

from server import jsontext, texts
from server.push.queue import HOT
from server.qualify import leads, scoring, sentences
from server.sales import decisive
from server.store import Session

TITLES = {"hot": "Hot lead: {name}", "alert": "Alert: {name}"}
TEST_TITLE, TEST_BODY = "Acto", "Notices reach this device."
TEST_URL = "/account/devices"
TITLE_MOST, BODY_MOST = 120, 240  # characters; phones show fewer


class Content(NamedTuple):
    """The words of a notice, as a device shows them. `url` is a path of this server; a later notice with the same `tag` replaces the
    earlier one.
    """

    title: str
    body: str
    url: str
    tag: str

    def encoded(self) -> bytes:
        """Return the JSON that static/push/worker.js reads."""
        return jsontext.dumps(self._asdict()).encode()


def write(tx: Session, contact_id: str, cause: str, language: str, now: int) -> Content | None:
    """Write the notice from what is known now; None if the lead is gone."""
    if not contact_id:
        return Content(TEST_TITLE, texts.text(TEST_BODY, language), TEST_URL, cause)
    lead = leads.by_contact(tx, contact_id)
    if lead is None:
        return None
    who = " · ".join(filter(None, (lead["name"], lead["company"])))
    title = texts.text(TITLES[HOT if cause == HOT else "alert"], language, name=who)
    facts = decisive.headline(decisive.of_contact(tx, contact_id, now), language)
    body = facts or _strongest(lead, language)
    return Content(title[:TITLE_MOST], body[:BODY_MOST], f"/leads/{contact_id}", f"{cause}-{contact_id}")


def _strongest(lead: leads.Lead, language: str) -> str:
    """Return the sentence of the strongest reason, or the stage."""
    if not lead["reasons"]:
        return sentences.stage_name(lead["stage"], language)
    return sentences.sentence(scoring.strongest(lead["reasons"]), language, "")
