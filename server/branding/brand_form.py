"""Turns the brand into the fields of its form, checks the fields, and saves them as a new brand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from server import jsontext
from server.branding import images
from server.branding.brand import FONTS, Brand, Link
from server.branding.refusals import Refused
from server.settings import Settings
from server.settings.brand import COLOR
from server.store import Session, new_id

NETWORKS = {  # host -> the name of the network; a link to another host is called by its host
    "instagram.com": "Instagram",
    "facebook.com": "Facebook",
    "linkedin.com": "LinkedIn",
    "youtube.com": "YouTube",
    "tiktok.com": "TikTok",
    "x.com": "X",
    "wa.me": "WhatsApp",
    "t.me": "Telegram",
}
NAME_MOST, ADDRESS_MOST, FOOTER_MOST, LINK_MOST, LINKS_MOST = 80, 300, 600, 300, 8
_CONTACT = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")


def form(brand: Brand, settings: Settings) -> dict[str, str]:
    """Return the brand as fields of the form; `contact` is empty where the address of the stream is used."""
    is_own = brand.contact != settings.streams["transactional"].from_address
    return {
        "name": brand.name,
        "logo": brand.logo.id if brand.logo else "",
        "color": brand.color,
        "font": brand.font,
        "address": brand.address,
        "contact": brand.contact if is_own else "",
        "social": "\n".join(link.url for link in brand.social),
        "footer_es": brand.footer.get("es", ""),
        "footer_en": brand.footer.get("en", ""),
    }


def save(tx: Session, fields: Mapping[str, str], by_whom: str, now: int) -> bool:
    """Save the fields of the form as a new brand; False if it equals the newest. Raises Refused for a field that cannot be."""
    row = _checked(tx, fields)
    newest = tx.brands.newest()
    if newest and all(newest[name] == value for name, value in row.items()):  # type: ignore[literal-required]
        return False
    if row["logo"]:
        tx.images.keep(id=row["logo"], now=now)
    tx.brands.add(id=new_id(now), **row, by_whom=by_whom, now=now)
    return True


def _checked(tx: Session, fields: Mapping[str, str]) -> dict[str, str]:
    es, en = (_text(fields, f"footer_{language}", FOOTER_MOST) for language in ("es", "en"))
    return {
        "name": _text(fields, "name", NAME_MOST) or _refuse("no_name", "name"),
        "logo": _logo(tx, fields.get("logo", "")),
        "color": _color(fields.get("color", "")),
        "font": fields["font"] if fields.get("font") in FONTS else _refuse("bad_font", "font"),
        "address": _text(fields, "address", ADDRESS_MOST),
        "contact": _contact(_text(fields, "contact", LINK_MOST)),
        "social": jsontext.dumps([list(link) for link in _links(fields.get("social", ""))]),
        "footer_es": es or en,
        "footer_en": en or es,
    }


def _text(fields: Mapping[str, str], name: str, most: int) -> str:
    text = " ".join(fields.get(name, "").replace("\x00", "").split())
    return text if len(text) <= most else _refuse("long_text", name, most=most)


def _color(typed: str) -> str:
    value = typed.strip().lower()
    if value and not value.startswith("#"):
        value = f"#{value}"
    return value if not value or COLOR.fullmatch(value) else _refuse("bad_color", "color", value=typed[:20])


def _contact(value: str) -> str:
    return value if not value or _CONTACT.fullmatch(value) else _refuse("bad_contact", "contact", value=value[:80])


def _logo(tx: Session, id_: str) -> str:
    return id_ if not id_ or images.find(tx, id_) else _refuse("no_logo", "logo")


def _links(typed: str) -> Sequence[Link]:
    urls = list(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))
    if len(urls) > LINKS_MOST:
        _refuse("many_links", "social", most=LINKS_MOST)
    return [_link(url if "://" in url else f"https://{url}") for url in urls]


def _link(url: str) -> Link:
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    if len(url) > LINK_MOST or not url.startswith("https://") or "." not in host or re.search(r"[\s<>\"'{}\\]", url):
        _refuse("bad_link", "social", value=url[:80])
    return Link(NETWORKS.get(host, host), url)


def _refuse(rule: str, field_: str, **values: object) -> str:
    raise Refused(rule, field_, **values)
