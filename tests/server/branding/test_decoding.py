"""An upload is read, turned upright and written anew; what is hostile, damaged or no image is refused with the reason."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from server.branding import decoding
from server.branding.refusals import Refused
from tests.server.branding import drawings

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (drawings.drawn("PNG"), "png"),
        (drawings.drawn("JPEG"), "jpeg"),
        (drawings.drawn("GIF"), "png"),
        (drawings.drawn("WEBP"), "png"),
        (drawings.clear(), "png"),
    ],
)
def test_each_format_becomes_one_that_every_mail_program_shows(content: bytes, kind: str) -> None:
    made = decoding.decode(content, "a")
    picture = opened(made.content)
    assert (made.kind, picture.format) == (kind, kind.upper())
    assert picture.size == (made.width, made.height) == opened(content).size


def test_a_transparent_place_stays_transparent() -> None:
    picture = opened(decoding.decode(drawings.clear(), "a").content)
    assert picture.mode == "RGBA" and picture.getchannel("A").getpixel((5, 5)) == 0


def test_a_photo_is_turned_upright_and_says_nothing_of_camera_and_place() -> None:
    upload = drawings.photo()
    assert b"ACME" in upload and b"taken at home" in upload and opened(upload).getexif()
    made = decoding.decode(upload, "a")
    picture = opened(made.content)
    assert picture.size == (40, 80)
    assert picture.getchannel("G").getpixel((39, 40)) > 200  # type: ignore[operator] # the stripe is now on its right
    assert not picture.getexif() and "comment" not in picture.info
    assert b"ACME" not in made.content and b"taken at home" not in made.content


def test_an_animation_keeps_its_first_frame_and_says_so() -> None:
    made = decoding.decode(drawings.moving(), "a")
    assert made.moved and getattr(opened(made.content), "n_frames", 1) == 1
    assert not decoding.decode(drawings.drawn("GIF"), "a").moved


def test_a_large_one_becomes_as_wide_as_sharp_screens_need() -> None:
    made = decoding.decode(drawings.drawn("JPEG", (4000, 1000)), "a")
    assert (made.width, made.height) == (1600, 400)
    assert decoding.decode(drawings.drawn("PNG", (900, 300)), "a", 600).width == 600


def test_what_stands_behind_the_image_is_not_kept() -> None:
    assert b"script" not in decoding.decode(drawings.page_behind(), "a").content


HARM = {
    "a drawing with a script": (SVG.encode(), "svg"),
    "one with a declaration": (b"\xef\xbb\xbf \n<?xml version='1.0'?>" + SVG.encode(), "svg"),
    "one behind a comment": (b"<!-- x -->" + SVG.encode(), "svg"),
    "a page": (b"<html>hello</html>", "no_image"),
    "a document": (b"%PDF-1.7 ...", "no_image"),
    "nothing": (b"", "no_image"),
    "BMP": (drawings.drawn("BMP"), "no_image"),
    "TIFF": (drawings.drawn("TIFF"), "no_image"),
    "900 million pixels": (drawings.bomb(), "many_pixels"),
    "49 million pixels": (drawings.bomb(7_000), "many_pixels"),
    "a text of 200 MB": (drawings.text_bomb(), "damaged"),
    "half a PNG": (drawings.drawn("PNG", (300, 300))[:-400], "damaged"),
    "half a JPEG": (drawings.drawn("JPEG", (300, 300))[:-400], "damaged"),
    "the head alone": (drawings.drawn("PNG")[:20], "damaged"),
    "a huge file": (bytes(decoding.BYTES_MOST + 1), "large_file"),
}


@pytest.mark.parametrize("name", HARM)
def test_what_cannot_be_kept_is_refused_by_name_and_quickly(name: str) -> None:
    content, rule = HARM[name]
    began = time.perf_counter()
    with pytest.raises(Refused, match="logo") as refused:
        decoding.decode(content, "logo.png")
    assert refused.value.rule == rule
    assert time.perf_counter() - began < 2


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.data())
def test_a_file_with_changed_bytes_is_read_or_refused(format_: str, data: st.DataObject) -> None:
    content = bytearray(drawings.drawn(format_, (24, 16)))
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = decoding.decode(bytes(content), "a")
    except Refused:
        return
    assert opened(made.content).format in ("PNG", "JPEG")
