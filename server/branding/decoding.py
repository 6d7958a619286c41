"""Reads an uploaded image and writes it anew; the only module that imports Pillow.

The result has no metadata (EXIF, profiles, comments, bytes behind the end), so nothing of the upload but its pixels reaches recipients.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from threading import Lock
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from server.branding.refusals import Refused

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
BYTES_MOST = 5 * 1024 * 1024
PIXELS_MOST = 40_000_000
SIDE_MOST = 1_600  # twice the width of an email, which sharp screens use
PNG_MOST_BYTES = 400_000  # an opaque image that is larger as PNG becomes JPEG
JPEG_QUALITY = 84
_SVG = re.compile(rb"\s*(?:<\?xml|<!doctype\s+svg|<!--|<svg\b)", re.IGNORECASE)
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError, OverflowError, MemoryError)
_TURN = Lock()  # one image at a time, because a large one needs 350 MB while it is decoded

Image.MAX_IMAGE_PIXELS = PIXELS_MOST
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Decoded(NamedTuple):
    """An image as it is kept: `kind` is png or jpeg; `moved` says that only the first frame of an animation is left."""

    content: bytes
    kind: str
    width: int
    height: int
    moved: bool


def decode(content: bytes, name: str, side_most: int = SIDE_MOST) -> Decoded:
    """Read an upload and write it anew, its longer side at most `side_most` pixels. Raises Refused with the reason."""
    if len(content) > BYTES_MOST:
        raise Refused("large_file", "file", name=name, most=BYTES_MOST // 1024**2)
    if _SVG.match(content.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("svg", "file", name=name)
    try:
        with _TURN, Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            return _rewritten(opened, side_most)
    except UnidentifiedImageError:
        raise Refused("no_image", "file", name=name) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("many_pixels", "file", name=name, most=PIXELS_MOST // 1_000_000) from None
    except _FAULTS:
        raise Refused("damaged", "file", name=name) from None


def _rewritten(opened: Image.Image, side_most: int) -> Decoded:
    moved = bool(getattr(opened, "is_animated", False))
    opened.draft("RGB", (side_most, side_most))  # a JPEG is read smaller at once
    bare = _bare(ImageOps.exif_transpose(_small(opened, side_most)))
    content, kind = _written(bare, opened.format == "JPEG")
    return Decoded(content, kind, bare.width, bare.height, moved)


def _small(opened: Image.Image, side_most: int) -> Image.Image:
    """Make the image smaller before anything else, because each copy of a large one costs its memory once more."""
    mode = "RGBA" if opened.has_transparency_data else "RGB"
    opened.load()
    image = opened if opened.mode == mode else opened.convert(mode)
    image.thumbnail((side_most, side_most), Image.Resampling.LANCZOS)
    return image


def _bare(image: Image.Image) -> Image.Image:
    """Copy the pixels alone into a new image, which has no metadata to write."""
    return Image.frombytes(image.mode, image.size, image.tobytes())


def _written(image: Image.Image, photo: bool) -> tuple[bytes, str]:
    if not photo:
        png = _saved(image, format="PNG", optimize=True)
        if image.mode == "RGBA" or len(png) <= PNG_MOST_BYTES:
            return png, "png"
    return _saved(image, format="JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True), "jpeg"


def _saved(image: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()
