"""Images for tests: good ones of each kind, and files that mean harm."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def drawn(format_: str = "PNG", size: tuple[int, int] = (120, 40), color: str = "#7a1fa2", **options: object) -> bytes:
    """A picture of one colour with a stripe, so that its sides can be told apart."""
    picture = Image.new("RGB", size, color)
    picture.paste((255, 255, 255), (0, 0, size[0], max(1, size[1] // 4)))
    out = io.BytesIO()
    picture.save(out, format_, **options)
    return out.getvalue()


def clear() -> bytes:
    """A PNG with a transparent place."""
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (200, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def photo() -> bytes:
    """A JPEG of a camera held upright: on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it to the right
    exif[0x010F] = "ACME CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (4.0, 35.0, 59.0)})
    return drawn("JPEG", (80, 40), exif=exif, comment=b"taken at home")


def moving() -> bytes:
    """A GIF of two frames."""
    frames = [Image.new("RGB", (16, 16), color) for color in ("#f00", "#00f")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few bytes that claims to be side × side pixels."""
    row = b"\x00" + bytes(side // 8)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(row * 64)) + _chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """A PNG whose text chunk unpacks to 200 MB."""
    good = drawn("PNG")
    chunk = _chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(200_000_000), 9))
    return good[:33] + chunk + good[33:]


def page_behind() -> bytes:
    """A PNG with a web page behind its end."""
    return drawn("PNG") + b"<html><script>alert(1)</script></html>"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
