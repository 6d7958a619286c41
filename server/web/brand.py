"""Serves the sender's logo and colour, and gives templates the sender's name and address for the pages that recipients read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Blueprint, Response, abort

from server.settings import Settings, brand
from server.settings.table import LOGOS
from server.web.state import state

room = Blueprint("brand", __name__)
LOGO_MOST_BYTES = 200_000
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # an SVG opened by itself runs no script
HOUR = "public, max-age=3600"


@dataclass(frozen=True)
class Brand:
    """The sender as templates of recipients' pages show it."""

    settings: Settings

    @property
    def name(self) -> str:
        """The sender's name."""
        return self.settings.sender_name

    @property
    def contact(self) -> str:
        """The address that recipients can write to: the setting `contact_address`, or the From address of transactional mail."""
        return self.settings.contact_address or self.settings.streams["transactional"].from_address

    @cached_property
    def mark(self) -> str:
        """A hash of colour and logo for their URLs. It changes with them, so that no browser shows a cached old one."""
        logo = Path(self.settings.logo_file)
        changed = logo.stat().st_mtime_ns if self.has_logo else 0
        return hashlib.sha256(f"{self.settings.brand_color} {logo} {changed}".encode()).hexdigest()[:8]

    @property
    def color(self) -> str:
        """The sender's colour; '' for none."""
        return self.settings.brand_color

    @cached_property
    def has_logo(self) -> bool:
        """Return whether a logo is set, exists and is at most LOGO_MOST_BYTES long."""
        path = Path(self.settings.logo_file) if self.settings.logo_file else None
        return bool(path and path.is_file() and path.stat().st_size <= LOGO_MOST_BYTES)


@room.get("/brand/colors.css")
def colors() -> Response:
    """Return the style sheet with the sender's colour for recipient pages; 404 if no colour is set."""
    color = state().settings.brand_color or abort(404)
    light, dark = brand.light(color), brand.dark(color)
    css = f":root {{ {_variables(light)} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {_variables(dark)} }} }}\n"
    return _kept(Response(css, mimetype="text/css"))


@room.get("/brand/logo")
def logo() -> Response:
    """Return the file of the setting `logo_file`; 404 if there is none or it is too large."""
    settings = state().settings
    if not Brand(settings).has_logo:
        abort(404)
    path = Path(settings.logo_file)
    response = _kept(Response(path.read_bytes(), mimetype=LOGOS[path.suffix.lower()]))
    response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = HOUR
    return response


def _variables(shades: brand.Shades) -> str:
    return f"--accent: {shades.accent}; --on-accent: {shades.on_accent}; --link: {shades.link};"
