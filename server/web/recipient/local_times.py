"""Writes times on recipients' pages in the time zone that the reader chooses with `?zone=America/Lima`, which changes the display only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import Flask, g, has_request_context, request

from builder import times
from server.contacts import zones
from server.web import language


def install(app: Flask) -> None:
    """Give templates the filter `in_zone` and the function `zone_form`."""
    app.jinja_env.filters["in_zone"] = in_zone
    app.jinja_env.globals.update(zone_form=zone_form)


def chosen() -> str:
    """Return the time zone in the page's address; '' if there is none or no such zone exists."""
    name = request.args.get("zone", "") if has_request_context() else ""
    return name if zones.exists(name) else ""


def time_text(at_ms: int, zone: str) -> str:
    """Write a moment with weekday, date and hour in the chosen time zone, by default in `zone`."""
    name = chosen() or zone
    spoken = language.current()
    return times.written(datetime.fromtimestamp(at_ms / 1000, zones.of(name)), spoken, zones.display_name(name, spoken))


def in_zone(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rewrite (value, time in words) pairs in the chosen time zone, and note that the page shows times."""
    g.shows_times = True
    found, name = list(pairs), chosen()
    if not name:
        return found
    moments = ((value, whole, times.slot_start(value)) for value, whole in found)
    return [(value, time_text(at, name) if at is not None else whole) for value, whole, at in moments]


def zone_form() -> dict[str, object] | None:
    """Return the data of the form that changes the zone; None if the page shows no times or is not a GET."""
    if not g.get("shows_times") or request.method != "GET":
        return None
    spoken, name = language.current(), chosen()
    names = dict.fromkeys([*([name] if name else []), *zones.OFFERED])
    return {
        "chosen": name,
        "zones": [(each, zones.display_name(each, spoken)) for each in names],
        "kept": [(key, value) for key, value in request.args.items(multi=True) if key != "zone"],
    }
