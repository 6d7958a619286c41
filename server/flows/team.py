"""Helps effects write to the team: the reader's language, the URL of a lead's page, a short hash of an address for ids."""

from __future__ import annotations

import hashlib

from server import texts
from server.accounts import users
from server.settings import Settings
from server.store import Session


def lead_url(settings: Settings, contact_id: str) -> str:
    """Return the URL of the lead's page."""
    return f"{settings.base_url.rstrip('/')}/leads/{contact_id}"


def language(tx: Session, address: str) -> str:
    """Return the language of a team member; for any other address, that of the first active user who has one."""
    user = tx.users.by_email(email=address.lower()) if address else None
    spoken = user["language"] if user else ""
    if spoken not in texts.LANGUAGES:
        spoken = next((each["language"] for each in users.active(tx) if each["language"]), "")
    return spoken if spoken in texts.LANGUAGES else texts.LANGUAGES[0]


def short(text: str) -> str:
    """Return a short hash of a text, for ids."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
