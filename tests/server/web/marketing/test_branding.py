"""Lucía saves the brand and fills the library in her browser; recipients' pages, notices and messages follow at once."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from server.branding import brand
from server.notices import letterhead
from server.sending import compose
from tests.server.branding import drawings
from tests.server.branding.fields import FIELDS
from tests.server.web.marketing.desk import LUCIA, Desk, sit_down
from tests.server.world import World

PNG = drawings.drawn("PNG", (900, 300))


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return sit_down(world, tmp_path / "emails")


def upload(desk: Desk, content: bytes = PNG, name: str = "faro.png", **alt: str) -> TestResponse:
    return desk.post("/images", file=(io.BytesIO(content), name), **alt)


def image_of(page: TestResponse) -> str:
    return re.search(r'src="(/i/[0-9a-f]{32}-\d+x\d+\.(?:png|jpg))"', page.text)[1]


def asked(desk: Desk) -> str:
    return desk.world.visitor().get(f"/a/{desk.world.token('ana', 'call')}").text


def test_the_page_says_where_each_value_comes_from(desk: Desk) -> None:
    page = desk.browser.get("/brand").text
    assert "Todavía no se ha guardado ninguna marca" in page
    assert "Ahora viene del ajuste <code>sender_name (ACTO_SENDER_NAME)</code>" in page and 'value="Brújula"' in page
    saved = desk.post("/brand", **FIELDS)
    assert "La marca está guardada" in saved.text and "Ahora viene del" not in saved.text
    assert 'value="Norte Consultores"' in saved.text and "lucia@example.com" in saved.text
    assert "<code>logo_file" not in page
    assert "No se cambió nada" in desk.post("/brand", **FIELDS).text


def test_recipients_pages_follow_at_once_also_those_that_were_cached(desk: Desk) -> None:
    assert "Brújula" in asked(desk) and "Brújula" in asked(desk)
    desk.post("/brand", **FIELDS, file=(io.BytesIO(PNG), "logo.png"))
    page = asked(desk)
    assert "Norte Consultores" in page and "Brújula" not in page and "mailto:hola@norte.example" in page
    logo = desk.world.visitor().get(re.search(r'<img src="([^"]+)"', page)[1])
    assert logo.mimetype == "image/png"
    css = re.search(r'href="(/brand/colors.css[^"]+)"', page)[1]
    assert "--accent: #7a1fa2" in desk.world.visitor().get(css).text


def test_notices_and_messages_carry_the_brand(desk: Desk) -> None:
    desk.post("/brand", **FIELDS, file=(io.BytesIO(PNG), "logo.png"))
    settings, keyring = desk.world.settings, desk.world.keyring
    with desk.world.store.read() as tx:
        head, held = letterhead.of(tx, settings), brand.current(tx, settings)
    assert (head.name, head.contact) == ("Norte Consultores", "hola@norte.example")
    assert head.logo.startswith(f"{settings.base_url}/i/")
    sender = compose.sender(settings, "marketing", keyring, signed=False, held=held)
    assert (sender.address.name, sender.postal_address) == ("Norte Consultores", FIELDS["address"])


def test_a_wrong_field_is_marked_and_what_was_typed_stays(desk: Desk) -> None:
    page = desk.post("/brand", **{**FIELDS, "color": "verde"})
    assert page.status_code == 422
    assert "«verde» no es un color" in page.text and 'value="Norte Consultores"' in page.text
    page = desk.post("/brand", **FIELDS, file=(io.BytesIO(b"<svg/>"), "logo.svg"))
    assert page.status_code == 422 and "«logo.svg» es un dibujo SVG" in page.text


def test_the_logo_of_the_settings_moves_into_the_library(desk: Desk, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PNG)
    object.__setattr__(desk.world.settings, "logo_file", str(logo))
    assert 'value="file" selected' in desk.browser.get("/brand").text
    desk.post("/brand", **{**FIELDS, "logo": "file"})
    with desk.world.store.read() as tx:
        held = brand.current(tx, desk.world.settings)
    assert (held.logo.width, held.logo.height) == (600, 200)


def test_an_upload_is_served_for_ever_and_runs_nothing(desk: Desk) -> None:
    page = upload(desk, drawings.photo(), "casa.jpg", alt_es="Una casa", alt_en="A house")
    assert "La imagen está en la biblioteca, con 40 × 80 píxeles" in page.text and 'alt="Una casa"' in page.text
    reply = desk.world.visitor().get(image_of(page))
    assert (reply.status_code, reply.mimetype) == (200, "image/jpeg") and b"ACME" not in reply.data
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (
        reply.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in reply.headers["Content-Security-Policy"]
    )
    assert "&lt;mj-image src=&#34;{{ acto.images }}/" in page.text and "alt=&#34;A house&#34;" in page.text
    assert "ya tenía esta imagen" in upload(desk, drawings.photo(), "otra.jpg").text
    assert "primer cuadro" in upload(desk, drawings.moving(), "a.gif").text


@pytest.mark.parametrize("path", ["x", "x.png", f"{'0' * 32}-1x1.png", f"{'0' * 32}-1x1.svg", "..%5cacto.toml"])
def test_an_address_without_an_image_is_not_found(desk: Desk, path: str) -> None:
    assert desk.world.visitor().get(f"/i/{path}").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg onload='alert(1)'/>", "Expórtalo como PNG"),
        (b"#!/bin/sh", "no es una imagen PNG"),
        (drawings.bomb(), "millones de píxeles"),
        (PNG[:200], "dañada o incompleta"),
        (b"", "Elige antes una imagen"),
    ],
    ids=["svg", "script", "bomb", "half", "none"],
)
def test_what_is_no_image_is_refused_in_the_form(desk: Desk, content: bytes, said: str) -> None:
    page = upload(desk, content, "x.png")
    assert page.status_code == 422 and said in page.text
    assert "Todavía no hay imágenes" in page.text


def test_the_library_has_pages_and_shows_where_an_image_is_used(desk: Desk) -> None:
    assert "Todavía no hay imágenes" in desk.browser.get("/images").text
    for number in range(25):
        upload(desk, drawings.drawn(color=f"#7a1f{number:02x}"), f"foto-{number}.png")
    first = desk.browser.get("/images").text
    after = re.search(r'rel="next" href="([^"]+)"', first)[1]
    names = re.findall(r"foto-\d+\.png", first + desk.browser.get(after).text)
    assert len(names) == len(set(names)) == 25
    assert desk.browser.get("/images?after=x").status_code == 200


def test_an_image_is_described_and_removed_unless_something_shows_it(desk: Desk) -> None:
    page = upload(desk)
    address, path = page.request.path, image_of(page)
    described = desk.post(f"{address}/describe", alt_es="Un faro", alt_en="A lighthouse")
    assert "La descripción está guardada" in described.text and "A lighthouse" in described.text
    name = desk.make()
    body = f"file/{name}/body.mjml"
    files = desk.files(name, 1)
    desk.post(f"/emails/{name}/edit", base="1", **{body: files[f"{name}/body.mjml"] + f"<!-- {path} -->"})
    refused = desk.post(f"{address}/remove")
    assert "Esta imagen se queda" in refused.text and f'href="/emails/{name}"' in refused.text
    desk.post(f"/emails/{name}/edit", base="2", **{body: files[f"{name}/body.mjml"]})
    assert "La imagen se eliminó" in desk.post(f"{address}/remove").text
    assert desk.browser.get(address).status_code == 404
    with desk.world.store.read() as tx:
        deeds = [
            (row["what"], row["by_whom"]) for row in tx.audit.newest(by_whom="", kind="image.%", before="~", limit=9)
        ]
    assert deeds == [("image.removed", LUCIA), ("image.added", LUCIA)]
