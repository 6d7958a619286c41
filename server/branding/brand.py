"""Reads the sender's brand: name, logo, colour, font, address, links and the closing words of emails.

Rows are only added and the newest holds. While none was saved, the settings of acto.toml are the brand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from server import jsontext
from server.branding import images
from server.branding.images import StoredImage
from server.settings import Settings
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.brands import BrandsRow

GREEN = "#0f6b5f"  # of a sender without a colour
FONTS = {  # families that mail programs have, each with others that look alike; no name needs quotes
    "system": "Segoe UI, -apple-system, Helvetica Neue, Helvetica, Arial, sans-serif",
    "arial": "Arial, Helvetica, sans-serif",
    "verdana": "Verdana, Geneva, Tahoma, sans-serif",
    "trebuchet": "Trebuchet MS, Lucida Grande, Tahoma, sans-serif",
    "georgia": "Georgia, Cambria, Times New Roman, serif",
    "times": "Times New Roman, Times, serif",
}
FROM_SETTINGS = {  # field -> the setting that is its value while no brand was saved
    "name": "sender_name",
    "logo": "logo_file",
    "color": "brand_color",
    "address": "postal_address",
    "contact": "contact_address",
}


class Link(NamedTuple):
    """A place on the web where the sender is found."""

    name: str
    url: str


@dataclass(frozen=True)
class Brand:
    """The brand as it holds. `id` is empty while it comes from acto.toml; then `logo_file` may name a file and `logo` is None.

    `color` is empty without one; `footer` has the closing words of emails by language.
    """

    name: str
    contact: str
    id: str = ""
    color: str = ""
    font: str = "system"
    address: str = ""
    social: tuple[Link, ...] = ()
    footer: Mapping[str, str] = field(default_factory=dict)
    logo: StoredImage | None = None
    logo_file: str = ""
    by_whom: str = ""
    saved_at: int = 0

    @property
    def accent(self) -> str:
        """The colour, or the green of a sender without one."""
        return self.color or GREEN

    @property
    def has_logo_file(self) -> bool:
        """Whether the file of the setting `logo_file` is there."""
        return bool(self.logo_file) and Path(self.logo_file).is_file()


def current(tx: Session, settings: Settings) -> Brand:
    """Return the brand that holds: the one saved last, or the settings while none was saved."""
    row = tx.brands.newest()
    return _of_row(tx, row, settings) if row else of_settings(settings)


def of_settings(settings: Settings) -> Brand:
    """Return the brand of acto.toml alone."""
    return Brand(
        name=settings.sender_name,
        contact=settings.contact_address or settings.streams["transactional"].from_address,
        color=settings.brand_color,
        address=settings.postal_address,
        logo_file=settings.logo_file,
    )


def history(tx: Session, limit: int = 20) -> list[BrandsRow]:
    """Return the saved brands, newest first."""
    return tx.brands.history(limit=limit)


def _of_row(tx: Session, row: BrandsRow, settings: Settings) -> Brand:
    return Brand(
        name=row["name"],
        contact=row["contact"] or settings.streams["transactional"].from_address,
        id=row["id"],
        color=row["color"],
        font=row["font"] if row["font"] in FONTS else "system",
        address=row["address"],
        social=tuple(Link(*each) for each in jsontext.loads(row["social"])),
        footer={"es": row["footer_es"], "en": row["footer_en"]},
        logo=images.find(tx, row["logo"]) if row["logo"] else None,
        by_whom=row["by_whom"],
        saved_at=row["created_at"],
    )
