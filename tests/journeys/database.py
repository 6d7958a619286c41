"""The databases of the journeys: emptied between them, since starting a server takes longer, or nudged into a rare state."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg

# The admin stays, and the compiled emails, which depend on nobody.
TABLES = (
    *("hits", "events", "answers", "leads", "activities", "suppressions", "messages", "notices", "contacts"),
    *("emails", "email_revisions", "stamps", "flows", "flow_versions", "effects", "rotations", "tasks", "endpoints"),
    *("brands", "images"),
    *(
        "bookings",
        "holds",
        "booking_changes",
        "offered_times",
        "calendars",
        "calendar_owners",
        "owner_calendars",
        "busy",
    ),
)
INVITED = (
    "DELETE FROM users WHERE role <> 'admin'",
    "DELETE FROM sessions WHERE user_id NOT IN (SELECT id FROM users)",
)


def empty(address: str) -> None:
    """Whatever is known of anybody is forgotten, and every rule."""
    run(address, *(f"DELETE FROM {table}" for table in TABLES), *INVITED)


def run(address: str, *statements: str) -> None:
    """All of them in one transaction."""
    if address.startswith("postgres"):
        with psycopg.connect(address) as postgresql:
            for statement in statements:
                postgresql.execute(statement.encode())
    else:
        with closing(sqlite3.connect(address, timeout=10)) as sqlite, sqlite:
            for statement in statements:
                sqlite.execute(statement)
