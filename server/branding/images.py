"""Keeps the library of images, and serves, lists and removes them.

An image is named after its content, so that its address never shows anything else. Once a stored version, message or brand shows it,
it is never removed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from server.branding import decoding
from server.branding.decoding import Decoded
from server.branding.refusals import Refused
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.images import ImagesByIdRow, ImagesContentRow

PATH = "i"  # as in https://mail.example.com/i/<id>-640x240.png
SUFFIXES = {"png": "png", "jpeg": "jpg"}
ALT_MOST, NAME_MOST = 200, 120
_SHOWN = re.compile(rf"\b([0-9a-f]{{32}})-[0-9]+x[0-9]+\.(?:{'|'.join(SUFFIXES.values())})\b")


class StoredImage(NamedTuple):
    """An image as pages and emails show it; `path` is its address on the recipients' host."""

    id: str
    kind: str
    width: int
    height: int
    alt_es: str
    alt_en: str

    @property
    def file(self) -> str:
        """The last part of its address. It has the size, because AMP must know it."""
        return f"{self.id}-{self.width}x{self.height}.{SUFFIXES[self.kind]}"

    @property
    def path(self) -> str:
        """The address without the host."""
        return f"/{PATH}/{self.file}"


class Added(NamedTuple):
    """The outcome of an upload; `is_new` is False for an image that the library had already."""

    image: StoredImage
    is_new: bool
    moved: bool


class Uses(NamedTuple):
    """The places that show an image: names of emails, and whether a brand has it as its logo."""

    sent: list[str]
    drafts: list[str]
    is_logo: bool


def add(tx: Session, decoded: Decoded, name: str, alt: tuple[str, str], by_whom: str, now: int) -> Added:
    """Add an image under the hash of its content, with its description in Spanish and English. Repeating it adds nothing."""
    id_ = hashlib.sha256(decoded.content).hexdigest()[:32]
    es, en = (" ".join(each.split())[:ALT_MOST] for each in alt)
    added = tx.images.add(
        id=id_,
        kind=decoded.kind,
        width=decoded.width,
        height=decoded.height,
        size=len(decoded.content),
        name=name.replace("\x00", "")[:NAME_MOST],
        alt_es=es or en,
        alt_en=en or es,
        content=base64.b64encode(decoded.content).decode("ascii"),
        by_whom=by_whom,
        now=now,
    )
    image = find(tx, id_)
    assert image, "it was added above"  # noqa: S101
    return Added(image, added == 1, decoded.moved)


def read(content: bytes, name: str, side_most: int = decoding.SIDE_MOST) -> Decoded:
    """Decode an upload, outside a transaction because a large one takes a second. Raises Refused."""
    if not content:
        raise Refused("no_file", "file")
    return decoding.decode(content, name[:NAME_MOST], side_most)


def find(tx: Session, id_: str) -> StoredImage | None:
    """Return an image without its bytes; None if there is none."""
    row = tx.images.by_id(id=id_)
    return of_row(row) if row else None


def of_row(row: ImagesByIdRow | ImagesContentRow) -> StoredImage:
    """Return the image of a row."""
    return StoredImage(*(row[name] for name in StoredImage._fields))  # type: ignore[literal-required]


def content(tx: Session, file: str) -> tuple[bytes, str] | None:
    """Return the bytes and the media type of the image at an address; None if there is none."""
    row = tx.images.content(id=file.partition("-")[0])
    if row is None or of_row(row).file != file:
        return None
    return base64.b64decode(row["content"]), f"image/{row['kind']}"


def names_in(text: str) -> set[str]:
    """Return the ids of images that a text may show."""
    return set(_SHOWN.findall(text))


def keep_shown(tx: Session, text: str, now: int) -> None:
    """Keep for ever the images that a version, the data of a message or a brand shows."""
    for id_ in names_in(text):
        tx.images.keep(id=id_, now=now)


def keep_version(tx: Session, name: str, files: str, now: int) -> None:
    """Keep for ever the images that a stored version of an email shows, and note that it shows them."""
    for id_ in sorted(
        names_in(files)
    ):  # in one order, because two writers that lock rows in two orders wait for each other
        tx.images.add_to_version(image_id=id_, name=name)
    keep_shown(tx, files, now)


def uses(tx: Session) -> dict[str, Uses]:
    """Return the places that show each image, by id; reads the newest and the published revision of emails with an image."""
    sent, drafts = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in tx.images.in_versions():
        sent[row["image_id"]].add(row["name"])
    for draft in tx.images.in_drafts():
        for id_ in names_in(draft["files"]):
            drafts[id_].add(draft["name"])
    logos = {row["logo"] for row in tx.brands.logos()}
    return {id_: Uses(sorted(sent[id_]), sorted(drafts[id_]), id_ in logos) for id_ in {*sent, *drafts, *logos}}


def remove(tx: Session, id_: str) -> bool:
    """Remove an image that nothing shows; False if there is none. Raises Refused if something does."""
    if find(tx, id_) is None:
        return False
    if id_ in uses(tx) or not tx.images.remove(id=id_):
        raise Refused("is_shown")
    return True
