"""Finds everybody by name, company, address or telephone number, from any page, and says in which list each person is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import g, render_template, request

from server.contacts.search import patterns
from server.web import language, viewer
from server.web.room import Room
from server.web.state import state

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsAnybodyRow

room = Room(
    "find",
    __name__,
    access={
        "index": "leads.read",
    },
)
MOST = 50
LEAST_DIGITS = 4  # fewer digits are no telephone number
NUMBER = re.compile(r"[+\d\s().-]+")


@room.get("/find")
def index() -> str:
    """List the people who match `q`, leads first; nobody without it."""
    typed = request.args.get("q", "").strip()
    digits = re.sub(r"\D", "", typed) if NUMBER.fullmatch(typed) else ""
    digits = digits if len(digits) >= LEAST_DIGITS else ""
    with state().store.read() as tx:
        rows = tx.contacts.anybody(**patterns(typed), digits=digits, limit=MOST + 1) if typed else []
        owners = viewer.names(tx)
    shown = [{**row, "list": _list(row, owners)} for row in rows[:MOST]]
    return render_template("find/index.html", rows=shown, typed=typed, more=len(rows) > MOST)


def _list(row: ContactsAnybodyRow, owners: dict[str, str]) -> str:
    """Name the list of the page Leads that the person is in."""
    if row["stage"] is None:
        return language.text("Has not answered yet")
    if row["outcome"]:
        return language.text("Won") if row["outcome"] == "won" else language.text("Lost")
    if (row["snoozed_until"] or "") > viewer.today():
        return language.text("Put off until %(day)s") % {"day": language.date(row["snoozed_until"] or "")}
    if not row["owner_id"]:
        return language.text("Nobody’s yet")
    if row["owner_id"] == g.user["id"]:
        return language.text("Mine")
    return owners.get(row["owner_id"], language.text("Somebody who left"))
