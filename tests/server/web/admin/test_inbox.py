"""The inbox of the local mail server: searched, in pages, and each mail on a phone and in a client's colours."""

from __future__ import annotations

import re

from server.sending import mailbox
from server.sending.mailbox import Received
from server.store import new_id
from tests.server.world import World

MAIL = "From: Brújula <hola@brujula.example>\nTo: {to}\nSubject: {subject}\nContent-Type: text/html; charset=utf-8\n\n{html}"
DARK = "<html><head><style>@media (prefers-color-scheme: dark) { p { color: #fff } }</style></head><body><p>Hola</p></body></html>"


def receive(world: World, number: int, subject: str, to: str = "ana@example.com") -> str:
    name = new_id(world.now + number)
    folder = world.app.extensions["acto"].inbox_dir
    mailbox.store(folder, name, MAIL.format(to=to, subject=subject, html=DARK).encode())
    assert isinstance(mailbox.read(folder, name), Received)
    return name


def test_mails_are_found_by_words_of_their_subject_and_addresses(world: World) -> None:
    receive(world, 1, "Tu diagnóstico")
    receive(world, 2, "Tu pedido", "grace@example.com")
    admin = world.admin()
    found = admin.get("/inbox?q=DIAGNOSTICO+ana").text
    assert "Tu diagnóstico" in found and "Tu pedido" not in found
    assert "Tu pedido" in admin.get("/inbox?q=grace").text
    assert "Ningún correo tiene esas palabras" in admin.get("/inbox?q=nada").text


def test_many_mails_are_shown_in_pages(world: World) -> None:
    for number in range(35):
        receive(world, number, f"Correo {number:02d}")
    admin = world.admin()
    first, second = admin.get("/inbox").text, admin.get("/inbox?page=2").text
    assert (len(re.findall("Correo \\d\\d", first)), len(re.findall("Correo \\d\\d", second))) == (30, 5)


def test_a_mail_is_seen_on_a_phone_and_in_dark(world: World) -> None:
    name = receive(world, 1, "Tu diagnóstico")
    admin = world.admin()
    page = admin.get(f"/inbox/{name}?width=phone&scheme=dark").text
    assert 'class="stage phone dark"' in page and "Como lo ve ana@example.com" in page
    assert "(min-width:0px)" in admin.get(f"/inbox/{name}/html?scheme=dark").text
    assert "(max-width:0px)" in admin.get(f"/inbox/{name}/html").text
    assert admin.get(f"/inbox/{name}?scheme=nothing").status_code == 200
