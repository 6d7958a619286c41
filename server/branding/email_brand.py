"""Adds the brand to the files of an email that reads it, so that the version's hash covers it and what was sent keeps its brand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder import brand as builder_brand
from server import jsontext
from server.branding.brand import FONTS, Brand
from server.branding.images import StoredImage
from server.settings import brand as shades

LOGO_WIDE_PX, LOGO_HIGH_PX = 200, 56  # the most that an email gives to a logo


def added(files: Mapping[str, str], held: Brand, base_url: str) -> dict[str, str]:
    """Return the files with the brand in force; unchanged if no template reads it."""
    own = {path: text for path, text in files.items() if path != builder_brand.FILE}
    return {**own, builder_brand.FILE: _text(held, base_url)} if builder_brand.is_read(own) else own


def _text(held: Brand, base_url: str) -> str:
    fields: dict[str, Any] = {
        "name": held.name,
        "address": held.address,
        "contact": held.contact,
        "font": FONTS[held.font],
        "social": [{"name": link.name, "url": link.url} for link in held.social],
        "footer": dict(held.footer),
        **(_colors(held.accent) if held.color else {}),
        **({"logo": _logo(held.logo, held.name, base_url)} if held.logo else {}),
    }
    return jsontext.dumps(fields)


def _colors(accent: str) -> dict[str, str]:
    light, dark = shades.light(accent), shades.dark(accent)
    soft, deep = shades.soft(accent), shades.deep(accent)
    return {
        "color": light.accent,
        "on_color": light.on_accent,
        "link": shades.readable_on(accent, *shades.LIGHT, soft),
        "soft": soft,
        "bright": dark.accent,
        "on_bright": dark.on_accent,
        "bright_link": shades.readable_on(dark.link, *shades.DARK, deep),
        "deep": deep,
    }


def _logo(logo: StoredImage, name: str, base_url: str) -> dict[str, Any]:
    """Return the logo at the size at which emails show it; its words are the sender's name unless it has its own."""
    share = min(1.0, LOGO_WIDE_PX / logo.width, LOGO_HIGH_PX / logo.height)
    return {
        "url": f"{base_url.rstrip('/')}{logo.path}",
        "width": max(1, round(logo.width * share)),
        "height": max(1, round(logo.height * share)),
        "alt": {"es": logo.alt_es or name, "en": logo.alt_en or name},
    }
