"""Maps the zone names in calendars to IANA names: those of Windows, of Outlook's display and with a path before them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from zoneinfo import available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from server.contacts import zones

OUTLOOK = re.compile(r"tzone://microsoft/(.+)", re.IGNORECASE)
DISPLAY_NAME = re.compile(r"\((?:UTC|GMT)(?:[+-]\d\d:\d\d)?\)\s*(.+)", re.IGNORECASE)  # (UTC-05:00) Bogotá, Lima, Quito
OFFSET = re.compile(
    r"\(?(?:UTC|GMT)\s*(?:([+-])(\d{1,2}):?(00)?)?\)?", re.IGNORECASE
)  # GMT-0500; whole hours have an IANA name
NAMES = {  # shown by Windows without a city that IANA knows, in English and in Spanish
    "eastern time": "America/New_York",
    "hora del este": "America/New_York",
    "hora oriental": "America/New_York",
    "central time": "America/Chicago",
    "hora central": "America/Chicago",
    "mountain time": "America/Denver",
    "hora de las montanas rocosas": "America/Denver",
    "hora de las rocosas": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "hora del pacifico": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "hora del atlantico": "America/Halifax",
    "indiana": "America/Indiana/Indianapolis",
    "central america": "America/Guatemala",
    "america central": "America/Guatemala",
    "brasilia": "America/Sao_Paulo",
    "ciudad de mexico": "America/Mexico_City",
    "baja california": "America/Tijuana",
    "bruselas": "Europe/Brussels",
    "belgrado": "Europe/Belgrade",
    "edimburgo": "Europe/London",
    "city of buenos aires": "America/Argentina/Buenos_Aires",
    "ciudad de buenos aires": "America/Argentina/Buenos_Aires",
    "tokio": "Asia/Tokyo",
    "beijing": "Asia/Shanghai",
    "pekin": "Asia/Shanghai",
    "chennai": "Asia/Kolkata",
    "coordinated universal time": "UTC",
    "hora universal coordinada": "UTC",
}


@cache
def named(tzid: str) -> str:
    """Return the IANA name; '' if only the calendar's own definition can explain it."""
    name = tzid.strip().strip('"').strip()
    outlook = OUTLOOK.fullmatch(name)
    name = (outlook[1] if outlook else name).strip("/ ")
    if name.upper() in ("UTC", "Z", "ETC/UTC"):
        return zones.UNSAID
    if name in WINDOWS_TO_OLSON:
        return WINDOWS_TO_OLSON[name]
    parts = name.split("/")  # /freeassociation.sourceforge.net/Europe/Madrid
    known = next((tail for at in range(len(parts)) if zones.exists(tail := "/".join(parts[at:]))), "")
    return known or _shown(name) or _offset(name)


def _shown(name: str) -> str:
    """Return the zone of the first known city: `(UTC-05:00) Bogotá, Lima, Quito`."""
    shown = DISPLAY_NAME.fullmatch(name)
    if not shown:
        return ""
    places = [_plain(place) for place in re.split(r"[,(;]", shown[1])]
    return next((found for place in places if (found := NAMES.get(place) or _cities().get(place))), "")


def _offset(name: str) -> str:
    """Return the zone of `GMT-0500`; names in Etc have the opposite sign."""
    offset = OFFSET.fullmatch(name)
    if not offset or not offset[1]:
        return zones.UNSAID if offset else ""
    found = f"Etc/GMT{'+' if offset[1] == '-' else '-'}{int(offset[2])}"
    return found if zones.exists(found) else ""


@cache
def _cities() -> dict[str, str]:
    """Map cities to zones: `bogota` -> `America/Bogota`."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return {_plain(name.rpartition("/")[2].replace("_", " ")): name for name in names}


def _plain(text: str) -> str:
    """Return lower-case letters without accents."""
    letters = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
