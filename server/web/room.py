"""A room: the blueprint of some pages, with the permission that each page needs and the room's entry in the menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from flask import Blueprint

SIGNED_IN = ""  # in place of a permission: every user who is signed in, whatever their role


class Menu(NamedTuple):
    """An entry for the room's page `index`. `section` is the menu of the rooms ("work") or that of the account ("own");
    `label` gives the words in the language of the page; `is_there` says whether this installation has the room.
    """

    section: Literal["work", "own"]
    label: Callable[[], str]
    is_there: Callable[[], bool] = lambda: True


class Room(Blueprint):
    """Pages behind the sign-in. `access` gives the permission of each view (server/accounts/roles.py says who has it); a view
    without a row is refused.
    """

    def __init__(self, name: str, import_name: str, access: Mapping[str, str], menu: Menu | None = None) -> None:
        super().__init__(name, import_name)
        self.access, self.menu = access, menu
