"""The sender's logo, colour and address on recipient pages: readable whatever the colour, and small."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import texts
from server.notices import letterhead, notice_templates
from server.settings import SettingsError, brand, load
from server.web import state as web
from tests.server import clocks
from tests.server.notices.samples import SAMPLES
from tests.server.world import World, make

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
COLORS = ["#" + "".join(each) for each in itertools.product(("00", "40", "80", "c0", "ff"), repeat=3)]


@pytest.mark.parametrize("color", COLORS)
def test_text_on_the_colour_and_in_it_can_be_read_in_light_and_dark(color: str) -> None:
    for shades, grounds in ((brand.light(color), brand.LIGHT), (brand.dark(color), brand.DARK)):
        assert brand.contrast(shades.accent, shades.on_accent) >= 4.5
        assert all(brand.contrast(shades.link, ground) >= 4.5 for ground in grounds)
    assert brand.light(color).accent == color


def test_contrast_is_that_of_the_standard() -> None:
    assert brand.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert brand.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.fixture
def branded(database: str, tmp_path: Path, sent_at: int) -> Iterator[World]:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    changes = {
        "ACTO_BRAND_COLOR": "#7a1fa2",
        "ACTO_LOGO_FILE": str(logo),
        "ACTO_CONTACT_ADDRESS": "hola@brujula.example",
    }
    with web.driven(clocks.from_(sent_at)):
        made = make(database, tmp_path, sent_at, **changes)
        yield made
        made.close()


def test_a_recipient_page_has_name_logo_colour_and_whom_to_write_to_in_20_kb(branded: World) -> None:
    page = branded.visitor().get(f"/a/{branded.token('ana', 'call')}")
    assert "Brújula" in page.text and "mailto:hola@brujula.example" in page.text
    parts = [page.data]
    for address in re.findall(r'(?:href|src)="(/(?:brand|static)[^"]+)"', page.text):
        with branded.visitor().get(address.replace("&amp;", "&")) as found:
            assert found.status_code == 200, address
            if "/logo" in address:
                assert (found.mimetype, found.data) == ("image/png", PNG)
                assert "sandbox" in found.headers["Content-Security-Policy"]
            else:
                parts.append(found.data)
            assert "max-age=3600" in found.headers["Cache-Control"]
    assert b"--accent: #7a1fa2" in b"".join(parts)
    assert sum(map(len, parts)) < 20_000


def test_a_booking_notice_has_the_same_head_and_colour(branded: World) -> None:
    with branded.store.read() as tx:
        head = letterhead.of(tx, branded.settings)
    for language in texts.LANGUAGES:
        letter = notice_templates.render("booking", language, **{**SAMPLES["booking"], "letterhead": head})
        assert 'src="http://127.0.0.1:8000/brand/logo"' in letter.html and "background:#7a1fa2" in letter.html
        assert "Brújula</td>" in letter.html and "mailto:hola@brujula.example" in letter.html
        assert "hola@brujula.example" in letter.text


def test_without_settings_the_page_still_names_an_address_and_needs_no_other_file(world: World) -> None:
    page = world.visitor().get(f"/a/{world.token('ana', 'call')}").text
    assert "mailto:notices@acto.localhost" in page
    assert "/brand/" not in page
    assert world.visitor().get("/brand/logo").status_code == world.visitor().get("/brand/colors.css").status_code == 404


@pytest.mark.parametrize(
    ("name", "value"), [("BRAND_COLOR", "green"), ("LOGO_FILE", "/etc/passwd"), ("CONTACT_ADDRESS", "nobody")]
)
def test_a_value_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"ACTO_{name}"):
        load("none.toml", {f"ACTO_{name}": value})
