"""Chooses the head and colours of notices: those of the sender's brand, so that the reader recognises the company."""

from __future__ import annotations

from typing import NamedTuple

from server.branding import brand as brands
from server.branding.brand import Brand
from server.settings import Settings
from server.settings import brand as shades
from server.store import Session

SHOWN_IN_MAIL = (".png", ".jpg", ".jpeg", ".gif")  # many mail programs show no SVG and no WebP


class Letterhead(NamedTuple):
    """The head of a notice. `logo` is the URL of an image, '' for none; `light` and `dark` are the shades of buttons and links."""

    name: str
    logo: str
    contact: str
    light: shades.Shades
    dark: shades.Shades


def of(tx: Session, settings: Settings) -> Letterhead:
    """Return the letterhead of the brand that holds."""
    held = brands.current(tx, settings)
    return Letterhead(
        name=held.name,
        logo=_logo(held, settings.base_url.rstrip("/")),
        contact=held.contact,
        light=shades.light(held.accent),
        dark=shades.dark(held.accent),
    )


def _logo(held: Brand, base_url: str) -> str:
    if held.logo:
        return base_url + held.logo.path
    shown = held.logo_file.lower().endswith(SHOWN_IN_MAIL) and held.has_logo_file
    return f"{base_url}/brand/logo" if shown else ""
