"""Checks that the user's role may open a page, and builds the menus from what each room declares (server/web/room.py).

A page without a declared permission is refused, so that a forgotten row closes a page and never opens one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask import Blueprint, Flask, current_app, g, request, url_for
from werkzeug.exceptions import Forbidden

from server.accounts import roles, users
from server.web import language
from server.web.room import SIGNED_IN, Menu, Room, Section
from server.web.state import state

GROUPS: dict[Section, str] = {  # of the main menu, by what one does
    "today": "Today",
    "people": "People",
    "emails": "Emails",
    "results": "Results",
    "bookings": "Bookings",
}
ACCESS, MENU = "ROOM_ACCESS", "ROOM_MENU"  # in the app's configuration: endpoint -> permission, endpoint -> entry


class NotAllowed(Forbidden):
    """The refusal of a page (403): the user's role does not have `permission`, which is None for a page without a row."""

    def __init__(self, permission: str | None) -> None:
        super().__init__()
        self.permission = permission


def check(endpoint: str | None) -> None:
    """Let the signed-in user (`g.user`) open the endpoint, or raise NotAllowed. None, the endpoint of an unknown path, passes, because
    Flask answers it with 404.
    """
    if endpoint is None or opens(endpoint):
        return
    raise NotAllowed(_permission(endpoint))


def opens(endpoint: str) -> bool:
    """Return whether the signed-in user's role may open this page."""
    permission = _permission(endpoint)
    return permission is not None and (permission == SIGNED_IN or may(permission))


def may(permission: str) -> bool:
    """Return whether the signed-in user has the permission. Templates use it to hide buttons that the role may not press."""
    user = g.get("user")
    return user is not None and roles.may(user["role"], permission)


def home() -> str:
    """Return the URL of the first page that the user's role may open, or of the sign-in page if nobody is signed in."""
    if g.get("user") is None:
        return url_for("sign_in.ask")
    menu: dict[str, Menu] = current_app.config[MENU]
    return url_for(next(endpoint for endpoint in menu if opens(endpoint)))


def who_can_help() -> list[str]:
    """Return the names of the active users who can change roles, for the page of a refusal."""
    with state().store.read() as tx:
        return [users.called(user) for user in users.active(tx, "users.manage")]


def install(app: Flask, rooms: Iterable[Blueprint]) -> None:
    """Collect the permissions and menu entries of the rooms. Give templates `may("outbox.act")`, `opens("outbox.index")`,
    `menu_groups()`, `menu("own")` and the names of roles.
    """
    of_ours = [room for room in rooms if isinstance(room, Room)]
    app.config[ACCESS] = {f"{room.name}.{view}": asked for room in of_ours for view, asked in room.access.items()}
    app.config[MENU] = {f"{room.name}.index": room.menu for room in of_ours if room.menu}
    app.jinja_env.globals.update(
        may=may, opens=_opens_here, home=home, menu=_menu, menu_groups=_groups, is_here=is_here
    )
    app.jinja_env.filters["role_name"] = lambda role: roles.role_name(role, language.current())


def _permission(endpoint: str) -> str | None:
    """Return the permission that a page needs; None for a page without a row."""
    access: dict[str, str] = current_app.config[ACCESS]
    return access.get(endpoint)


class Group(NamedTuple):
    """A group of the main menu: its words, its rooms as `_menu` returns them, and whether the page belongs to one of them."""

    label: str
    rooms: list[tuple[str, str, int]]
    is_here: bool


def _groups() -> list[Group]:
    """Return the groups of the main menu that have a room for the user."""
    found = [(name, label, _menu(name)) for name, label in GROUPS.items()]
    return [
        Group(language.text(label), rooms, any(is_here(room[0]) for room in rooms))
        for _, label, rooms in found
        if rooms
    ]


def is_here(endpoint: str) -> bool:
    """Return whether the page of this request lies below that of the endpoint."""
    return f"{request.path}/".startswith(f"{url_for(endpoint)}/")


def _menu(section: Section) -> list[tuple[str, str, int]]:
    """Return (endpoint, label, waiting) of the rooms in a menu section that this installation has and the user may open, in the order of
    registration.
    """
    entries: dict[str, Menu] = current_app.config[MENU]
    return [
        (endpoint, entry.label(), entry.waiting())
        for endpoint, entry in entries.items()
        if entry.section == section and opens(endpoint) and entry.is_there()
    ]


def _opens_here(endpoint: str) -> bool:
    """Return whether this installation has the page and the user may open it."""
    return endpoint in current_app.view_functions and opens(endpoint)
