"""Every endpoint there is, in the order of the docs."""

from __future__ import annotations

from server.web.api import contacts
from server.web.api.endpoint import Endpoint

ROOMS = (contacts,)
ENDPOINTS: tuple[Endpoint, ...] = tuple(each for room in ROOMS for each in room.ENDPOINTS)
