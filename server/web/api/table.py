"""Collects the endpoints of all rooms, in the order of the docs."""

from __future__ import annotations

from server.web.api import (
    answers,
    bookings,
    campaigns,
    contacts,
    events,
    lead_work,
    leads,
    messages,
    segments,
    tasks,
    webhook_calls,
    webhooks,
)
from server.web.api.endpoint import Endpoint

ROOMS = (
    contacts,
    segments,
    events,
    answers,
    leads,
    lead_work,
    tasks,
    bookings,
    messages,
    campaigns,
    webhooks,
    webhook_calls,
)
ENDPOINTS: tuple[Endpoint, ...] = tuple(each for room in ROOMS for each in room.ENDPOINTS)
