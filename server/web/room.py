"""Defines a room: a blueprint with the permission that each of its pages needs and its entry in the menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from flask import Blueprint

SIGNED_IN = ""  # in place of a permission: every signed-in user may open the page


Section = Literal["today", "people", "emails", "results", "bookings", "own"]


class Menu(NamedTuple):
    """The menu entry for the room's page `index`. `section` is a group of the main menu, or the account's menu ("own"); `label` returns the
    words in the page's language; `is_there` tells whether this installation has the room; `waiting` counts what waits in it.
    """

    section: Section
    label: Callable[[], str]
    is_there: Callable[[], bool] = lambda: True
    waiting: Callable[[], int] = lambda: 0


class Room(Blueprint):
    """A blueprint of pages behind the sign-in. `access` gives the permission of each view (server/accounts/roles.py lists the roles that
    have it); a view without a row is refused.
    """

    def __init__(self, name: str, import_name: str, access: Mapping[str, str], menu: Menu | None = None) -> None:
        super().__init__(name, import_name)
        self.access, self.menu = access, menu
