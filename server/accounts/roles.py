"""Who may do what: a table that everybody can read. It imports nothing of ours.

A role is a job. `admin` runs the installation; `marketer` writes and sends; `sales` calls people back; `viewer` looks on.
"""

from __future__ import annotations

from typing import NamedTuple

ADMIN, MARKETER, SALES, VIEWER = "admin", "marketer", "sales", "viewer"
ROLES = {
    ADMIN: {"es": "Administración", "en": "Admin"},
    MARKETER: {"es": "Marketing", "en": "Marketing"},
    SALES: {"es": "Ventas", "en": "Sales"},
    VIEWER: {"es": "Solo lectura", "en": "Read only"},
}
DUTIES = {  # what somebody who hands out a role should know of it
    ADMIN: {
        "es": "Todo, también el equipo, las claves y los ajustes.",
        "en": "Everything, the team, the keys and the settings included.",
    },
    MARKETER: {
        "es": "Correos, envíos, respuestas, informes, flujos y puntaje.",
        "en": "Emails, sending, answers, reports, flows and scoring.",
    },
    SALES: {
        "es": "Leads, tareas y citas; ve los informes.",
        "en": "Leads, tasks and bookings; sees the reports.",
    },
    VIEWER: {
        "es": "Ve casi todo y no cambia nada.",
        "en": "Sees nearly everything and changes nothing.",
    },
}


class Permission(NamedTuple):
    """Who has it, and the sentence that ends “you may …” in each language."""

    roles: frozenset[str]
    es: str
    en: str


def _for(*roles: str) -> frozenset[str]:
    return frozenset({ADMIN, *roles})


EVERYBODY = _for(MARKETER, SALES, VIEWER)
PERMISSIONS = {
    "leads.read": Permission(EVERYBODY, "ver los leads y su historia", "see leads and their history"),
    "leads.work": Permission(_for(SALES), "trabajar en los leads", "work on leads"),
    "tasks.work": Permission(_for(SALES), "trabajar en las tareas", "work on tasks"),
    "bookings.read": Permission(_for(SALES, VIEWER), "ver las citas", "see bookings"),
    "bookings.edit": Permission(_for(SALES), "cambiar citas y horarios", "change bookings and hours"),
    "reports.read": Permission(EVERYBODY, "ver los informes", "see reports"),
    "people.read": Permission(_for(MARKETER, VIEWER), "ver quién respondió qué", "see who answered what"),
    "people.export": Permission(_for(MARKETER), "exportar personas y respuestas", "export people and answers"),
    "emails.read": Permission(_for(MARKETER, VIEWER), "ver los correos", "see emails"),
    "emails.send": Permission(_for(MARKETER), "enviar correos", "send emails"),
    "outbox.read": Permission(_for(MARKETER, VIEWER), "ver los envíos", "see the outbox"),
    "outbox.act": Permission(_for(MARKETER), "reenviar los mensajes fallidos", "send failed messages again"),
    # whoever called the person knows best who answered
    "verdicts.overrule": Permission(
        _for(MARKETER, SALES), "decir quién dio una respuesta", "decide who gave an answer"
    ),
    "qualification.edit": Permission(_for(MARKETER), "cambiar el puntaje", "change the scoring"),
    "flows.read": Permission(_for(MARKETER, VIEWER), "ver los flujos", "see flows"),
    "flows.edit": Permission(_for(MARKETER), "cambiar los flujos", "change flows"),
    "webhooks.manage": Permission(_for(), "administrar los webhooks", "manage webhooks"),
    "users.manage": Permission(_for(), "administrar el equipo", "manage the team"),
    "keys.manage": Permission(_for(), "administrar las claves de la API", "manage API keys"),
    "audit.read": Permission(_for(), "ver el registro de actividad", "see the activity log"),
    "backups.manage": Permission(
        _for(),
        "ver las copias de seguridad y reanudar los envíos tras restaurar una",
        "see backups, and resume sending after a restore",
    ),
    # every mail of this machine lies in it, and with it links that sign people in
    "inbox.read": Permission(_for(), "ver la bandeja de entrada local", "see the local inbox"),
}


def may(role: str, permission: str) -> bool:
    """Whether somebody of this role has the permission. Raises KeyError for one that is not in the table."""
    return role in PERMISSIONS[permission].roles


def who_may(permission: str) -> frozenset[str]:
    """The roles that have it."""
    return PERMISSIONS[permission].roles


def role_name(role: str, language: str) -> str:
    """The role as people call it."""
    return ROLES[role][language] if role in ROLES else role


def sentence(permission: str, language: str) -> str:
    """What the permission allows: “see leads and their history”."""
    row = PERMISSIONS[permission]
    return row.es if language == "es" else row.en
