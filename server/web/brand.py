"""Serves the sender's logo, colour and images, and gives templates the brand of the pages that recipients read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort
from werkzeug.local import LocalProxy

from server import shipped
from server.branding import brand as brands
from server.branding import images
from server.settings import brand as shades
from server.settings.table import LOGOS
from server.store import Store
from server.web.state import now_ms, state

room = Blueprint("brand", __name__)
LOGO_MOST_BYTES = 200_000
ALONE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # an image opened by itself runs no script
STARTERS = re.compile(
    r"[a-z-]{1,40}-[0-9a-f]{8}-[0-9]{1,4}x[0-9]{1,4}\.png"
)  # images that come with Acto, for its starter emails
HOUR = "public, max-age=3600"
FOR_EVER = "public, max-age=31536000, immutable"  # an image's address is the hash of its content


@dataclass(frozen=True)
class PageBrand:
    """The sender as templates of recipients' pages show it."""

    held: brands.Brand

    @property
    def name(self) -> str:
        """The sender's name."""
        return self.held.name

    @property
    def contact(self) -> str:
        """The address that recipients can write to."""
        return self.held.contact

    @property
    def color(self) -> str:
        """The sender's colour; '' for none."""
        return self.held.color

    @property
    def mark(self) -> str:
        """A hash of colour and logo for their URLs. It changes with them, so that no browser shows a cached old one."""
        logo = Path(self.held.logo_file)
        changed = logo.stat().st_mtime_ns if self.has_logo_file else 0
        return hashlib.sha256(f"{self.color} {logo} {changed}".encode()).hexdigest()[:8]

    @property
    def logo(self) -> str:
        """The path of the logo; '' for none."""
        if self.held.logo:
            return self.held.logo.path
        return f"/brand/logo?v={self.mark}" if self.has_logo_file else ""

    @property
    def has_logo_file(self) -> bool:
        """Return whether the file of the setting `logo_file` is the logo, exists and is at most LOGO_MOST_BYTES long."""
        return self.held.has_logo_file and Path(self.held.logo_file).stat().st_size <= LOGO_MOST_BYTES


def install(app: Flask) -> None:
    """Give templates `brand` and `sender`, the name that every page of recipients shows, as they are at the moment."""
    app.jinja_env.globals["brand"] = LocalProxy(current)
    app.jinja_env.globals["sender"] = LocalProxy(lambda: current().name)


def current() -> PageBrand:
    """Return the brand that holds."""
    return PageBrand(state().brand.at(now_ms()))


@room.get("/brand/colors.css")
def colors() -> Response:
    """Return the style sheet with the sender's colour for recipient pages; 404 if no colour is set."""
    color = current().color or abort(404)
    light, dark = shades.light(color), shades.dark(color)
    css = f":root {{ {_variables(light)} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {_variables(dark)} }} }}\n"
    return _kept(Response(css, mimetype="text/css"))


@room.get("/brand/logo")
def logo() -> Response:
    """Return the file of the setting `logo_file`; 404 if there is none, if it is too large, or if a saved brand replaces it."""
    if not current().has_logo_file:
        abort(404)
    path = Path(current().held.logo_file)
    response = _kept(Response(path.read_bytes(), mimetype=LOGOS[path.suffix.lower()]))
    response.headers["Content-Security-Policy"] = ALONE_POLICY
    return response


@room.get(f"/{images.PATH}/<file>")
def image(file: str) -> Response:
    """Return an image of the library; 404 if there is none."""
    try:
        content, mimetype = _image(state().store, file)
    except LookupError:
        abort(404)
    response = Response(content, mimetype=mimetype)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = ALONE_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # webmail shows it on its own pages
    return response


@lru_cache(maxsize=64)
def _image(store: Store, file: str) -> tuple[bytes, str]:
    """Return bytes and media type, from memory for the images of a campaign that is being opened. Raises LookupError."""
    drawn = shipped.path("static/starters") / file
    if STARTERS.fullmatch(file) and drawn.is_file():
        return drawn.read_bytes(), "image/png"
    with store.read() as tx:
        content = images.content(tx, file)
    if content is None:
        raise LookupError(file)
    return content


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = HOUR
    return response


def _variables(shades: shades.Shades) -> str:
    return f"--accent: {shades.accent}; --on-accent: {shades.on_accent}; --link: {shades.link};"
