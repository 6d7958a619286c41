"""Chooses the head and colours of notices: those of the sender's pages, so that the reader recognises the company. Pure."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from server.settings import Settings, brand

GREEN = "#0f6b5f"  # of recipient pages without a colour of their own
SHOWN_IN_MAIL = (".png", ".jpg", ".jpeg", ".gif")  # many mail programs show no SVG and no WebP


class Letterhead(NamedTuple):
    """The head of a notice. `logo` is the URL of an image, '' for none; `light` and `dark` are the shades of buttons and links."""

    name: str
    logo: str
    contact: str
    light: brand.Shades
    dark: brand.Shades


def of(settings: Settings) -> Letterhead:
    """Return the letterhead of the settings."""
    color = settings.brand_color or GREEN
    shown = settings.logo_file.lower().endswith(SHOWN_IN_MAIL) and Path(settings.logo_file).is_file()
    return Letterhead(
        name=settings.sender_name,
        logo=f"{settings.base_url.rstrip('/')}/brand/logo" if shown else "",
        contact=settings.contact_address or settings.streams["transactional"].from_address,
        light=brand.light(color),
        dark=brand.dark(color),
    )
