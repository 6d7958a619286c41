"""Lists the roles and their permissions as a table. It imports nothing of ours but texts.

A role is a job. `admin` runs the installation; `marketer` writes and sends; `sales` calls people back; `viewer` only reads.
"""

from __future__ import annotations

from typing import NamedTuple

from server import texts

ADMIN, MARKETER, SALES, VIEWER = "admin", "marketer", "sales", "viewer"
ROLES = {
    ADMIN: "Admin",
    MARKETER: "Marketing",
    SALES: "Sales",
    VIEWER: "Read only",
}
DUTIES = {  # shown to an admin who assigns a role
    ADMIN: "Everything, the team, the keys and the settings included.",
    MARKETER: "Emails, sending, answers, reports, flows and scoring.",
    SALES: "Leads, tasks and bookings; sees the reports.",
    VIEWER: "Sees nearly everything and changes nothing.",
}


class Permission(NamedTuple):
    """The roles that have a permission, and the end of the sentence “you may …”."""

    roles: frozenset[str]
    text: str


def _for(*roles: str) -> frozenset[str]:
    return frozenset({ADMIN, *roles})


EVERYBODY = _for(MARKETER, SALES, VIEWER)
PERMISSIONS = {
    "leads.read": Permission(EVERYBODY, "see leads and their history"),
    "leads.work": Permission(_for(SALES), "work on leads"),
    "tasks.work": Permission(_for(SALES), "work on tasks"),
    "bookings.read": Permission(_for(SALES, VIEWER), "see bookings"),
    "bookings.edit": Permission(_for(SALES), "change bookings and hours"),
    "reports.read": Permission(EVERYBODY, "see reports"),
    "people.read": Permission(_for(MARKETER, VIEWER), "see who answered what"),
    "people.export": Permission(_for(MARKETER), "export people and answers"),
    "contacts.read": Permission(EVERYBODY, "see contacts"),
    "contacts.edit": Permission(_for(MARKETER), "add, change, merge and import contacts"),
    "emails.read": Permission(_for(MARKETER, VIEWER), "see emails"),
    "emails.edit": Permission(_for(MARKETER), "write and publish emails"),
    "emails.send": Permission(_for(MARKETER), "send emails"),
    "outbox.read": Permission(_for(MARKETER, VIEWER), "see the outbox"),
    "outbox.act": Permission(_for(MARKETER), "send failed messages again"),
    # sales may know from a call who answered
    "verdicts.overrule": Permission(_for(MARKETER, SALES), "decide who gave an answer"),
    "qualification.edit": Permission(_for(MARKETER), "change the scoring"),
    "flows.read": Permission(_for(MARKETER, VIEWER), "see flows"),
    "flows.edit": Permission(_for(MARKETER), "change flows"),
    "webhooks.manage": Permission(_for(), "manage webhooks"),
    "users.manage": Permission(_for(), "manage the team"),
    "keys.manage": Permission(_for(), "manage API keys"),
    "audit.read": Permission(_for(), "see the activity log"),
    "backups.manage": Permission(
        _for(),
        "see backups, and resume sending after a restore",
    ),
    # it holds every mail of this machine, with links that sign people in
    "inbox.read": Permission(_for(), "see the local inbox"),
}


def may(role: str, permission: str) -> bool:
    """Return whether a role has the permission. Raises KeyError for an unknown permission."""
    return role in PERMISSIONS[permission].roles


def who_may(permission: str) -> frozenset[str]:
    """Return the roles that have the permission."""
    return PERMISSIONS[permission].roles


def role_name(role: str, language: str) -> str:
    """Return the name of a role in a language."""
    return texts.text(ROLES[role], language) if role in ROLES else role


def sentence(permission: str, language: str) -> str:
    """Return the action that the permission allows: “see leads and their history”."""
    return texts.text(PERMISSIONS[permission].text, language)
