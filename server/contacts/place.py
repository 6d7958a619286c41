"""Works out the country and the time zone of a contact: their own, else what one says of the other, else the settings."""

from __future__ import annotations

from typing import TypedDict

from server.settings import Settings

ZONES = {  # the zone where most people of a country live
    "CO": "America/Bogota",
    "MX": "America/Mexico_City",
    "PE": "America/Lima",
    "EC": "America/Guayaquil",
    "VE": "America/Caracas",
    "PA": "America/Panama",
    "CR": "America/Costa_Rica",
    "GT": "America/Guatemala",
    "HN": "America/Tegucigalpa",
    "SV": "America/El_Salvador",
    "NI": "America/Managua",
    "DO": "America/Santo_Domingo",
    "CU": "America/Havana",
    "PR": "America/Puerto_Rico",
    "BO": "America/La_Paz",
    "CL": "America/Santiago",
    "AR": "America/Argentina/Buenos_Aires",
    "UY": "America/Montevideo",
    "PY": "America/Asuncion",
    "BR": "America/Sao_Paulo",
    "US": "America/New_York",
    "CA": "America/Toronto",
    "ES": "Europe/Madrid",
    "PT": "Europe/Lisbon",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "FR": "Europe/Paris",
    "DE": "Europe/Berlin",
    "IT": "Europe/Rome",
    "NL": "Europe/Amsterdam",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "AT": "Europe/Vienna",
}
COUNTRIES = {zone: country for country, zone in ZONES.items()}


class Placed(TypedDict):
    """The columns of a contact that say where they are; '' where nobody said it."""

    country: str
    time_zone: str


def country(contact: Placed, settings: Settings) -> str:
    """Return the ISO 3166-1 code of the contact's country."""
    return contact["country"] or COUNTRIES.get(contact["time_zone"], "") or settings.default_country


def zone(contact: Placed, settings: Settings) -> str:
    """Return the IANA name of the contact's time zone."""
    return contact["time_zone"] or ZONES.get(contact["country"], "") or settings.default_time_zone
