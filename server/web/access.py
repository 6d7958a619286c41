"""Which page asks for which permission (server/accounts/roles.py says who has it). What has no row here is refused."""

from __future__ import annotations

from flask import Flask, current_app, g, url_for
from werkzeug.exceptions import Forbidden

from server.accounts import roles, users
from server.web import language
from server.web.state import state

SIGNED_IN = ""  # whoever is signed in, whatever their role
ACCESS = {
    "leads.index": "leads.read",
    "leads.show": "leads.read",
    "leads.news": "leads.read",
    "lead_work.do": "leads.work",
    "export.leads": "people.export",
    "qualification.index": "reports.read",
    "qualification.change": "qualification.edit",
    "overrule.decide": "verdicts.overrule",
    "undecided.index": "leads.read",
    "undecided.settle": "verdicts.overrule",
    "reports.index": "reports.read",
    "reports.show": "reports.read",
    "reports.compare": "reports.read",
    "reports.answered": "people.read",
    "reports.tag": "people.export",
    "reports.export": "people.export",
    "answers.index": "people.read",
    "emails.index": "emails.read",
    "emails.show": "emails.read",
    "emails.frame": "emails.read",
    "outbox.index": "outbox.read",
    "outbox.again": "outbox.act",
    "notices.index": "outbox.read",
    "notices.again": "outbox.act",
    "tasks.index": "tasks.work",
    "tasks.add": "tasks.work",
    "tasks.done": "tasks.work",
    "tasks.reopen": "tasks.work",
    "bookings.index": "bookings.read",
    "bookings.act": "bookings.edit",
    "calendars.index": "bookings.read",
    "calendars.show": "bookings.read",
    "calendars.save": "bookings.edit",
    "calendars.feed": "bookings.edit",
    "calendars.watch": "bookings.edit",
    "flows.index": "flows.read",
    "flows.show": "flows.read",
    "flows.new": "flows.edit",
    "flows.try_": "flows.edit",
    "flows.save": "flows.edit",
    "flows.switch": "flows.edit",
    "flows.remove": "flows.edit",
    "runs.index": "flows.read",
    "runs.again": "flows.edit",
    "webhooks.index": "webhooks.manage",
    "webhooks.show": "webhooks.manage",
    "webhooks.add": "webhooks.manage",
    "webhooks.change": "webhooks.manage",
    "webhooks.rotate": "webhooks.manage",
    "webhooks.switch": "webhooks.manage",
    "webhooks.test": "webhooks.manage",
    "webhooks.remove": "webhooks.manage",
    "inbox.index": "inbox.read",
    "inbox.first": "inbox.read",
    "inbox.show": "inbox.read",
    "inbox.html": "inbox.read",
    "inbox.source": "inbox.read",
    "team.index": "users.manage",
    "team.invite": "users.manage",
    "team.invite_again": "users.manage",
    "team.set_role": "users.manage",
    "team.set_active": "users.manage",
    "team.forget_second_step": "users.manage",
    "keys.index": "keys.manage",
    "keys.make": "keys.manage",
    "keys.revoke": "keys.manage",
    "audit.index": "audit.read",
    "backups.index": "backups.manage",
    "backups.resume": "backups.manage",
    "account.index": SIGNED_IN,
    "account.save": SIGNED_IN,
    "account.change_password": SIGNED_IN,
    "account.second_step": SIGNED_IN,
    "account.switch_on": SIGNED_IN,
    "account.switch_off": SIGNED_IN,
    "account.end_session": SIGNED_IN,
    "session.sign_out": SIGNED_IN,
}


class NotAllowed(Forbidden):
    """The role of who is signed in does not have `permission`; None for a page without a row."""

    def __init__(self, permission: str | None) -> None:
        super().__init__()
        self.permission = permission


def check(endpoint: str | None) -> None:
    """Let whoever is signed in (g.user) pass, or raise NotAllowed. A path that leads nowhere is a 404 later on."""
    if endpoint is None or opens(endpoint):
        return
    raise NotAllowed(ACCESS.get(endpoint))


def opens(endpoint: str) -> bool:
    """Whether the role of who is signed in opens this page."""
    permission = ACCESS.get(endpoint)
    return permission is not None and (permission == SIGNED_IN or may(permission))


def may(permission: str) -> bool:
    """Whether who is signed in has the permission: for templates that hide what a role may not do."""
    user = g.get("user")
    return user is not None and roles.may(user["role"], permission)


def home() -> str:
    """The first page that the role opens; the sign-in for a stranger."""
    if g.get("user") is None:
        return url_for("sign_in.ask")
    return url_for(next(endpoint for endpoint in ACCESS if opens(endpoint)))


def who_can_help() -> list[str]:
    """Names of those who hand out roles."""
    with state().store.read() as tx:
        return [users.called(user) for user in users.active(tx, "users.manage")]


def install(app: Flask) -> None:
    """Gives templates `may("outbox.act")`, `opens("outbox.index")` and names of roles."""
    app.jinja_env.globals.update(may=may, opens=_opens_here, home=home)
    app.jinja_env.filters["role_name"] = lambda role: roles.role_name(role, language.current())


def _opens_here(endpoint: str) -> bool:
    """A room that this installation does not have opens to nobody."""
    return endpoint in current_app.view_functions and opens(endpoint)
