"""A marketer finds, adds, edits, tags and merges contacts in the browser; sales may look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.contacts import contacts, erase, suppressions
from tests.server.web.marketing.desk import Desk, sit_down
from tests.server.world import World


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return sit_down(world, tmp_path / "emails")


def page(desk: Desk, name: str = "ana") -> str:
    return desk.browser.get(f"/contacts/{desk.world.people[name]['id']}").text


def edit(desk: Desk, name: str = "ana", **form: str) -> str:
    contact_id = desk.world.people[name]["id"]
    row = desk.world.people[name]
    given = {each: row[each] for each in ("email", "first_name", "last_name", "company", "language")}
    return desk.post(f"/contacts/{contact_id}/edit", **{**given, **form}).text


def found(desk: Desk, query: str) -> set[str]:
    text = desk.browser.get(f"/contacts?{query}").text
    return {name for name, row in desk.world.people.items() if f'href="/contacts/{row["id"]}"' in text}


def test_a_contact_is_added_by_hand_and_has_its_page(desk: Desk) -> None:
    form = {
        "email": "mateo@talleres.example",
        "first_name": "Mateo",
        "phone": "300 123 4567",
        "whatsapp": "+34 612 345 678",
    }
    text = desk.post("/contacts/-/new", **form, new_field="Cargo actual", new_text="Gerente").text
    assert "El contacto se agregó." in text and re.search(r"<h1>.*</span> Mateo", text)
    assert 'href="tel:+573001234567"' in text and "+57 300 1234567" in text
    assert 'href="https://wa.me/34612345678"' in text
    assert "Cargo actual" in text and "Gerente" in text
    assert "se supone Colombia" in text and "se agregó a mano" in text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"email": ""}, "Escribe la dirección"),
        ({"email": "nobody"}, "no es una dirección"),
        ({"email": "GRACE@example.org"}, "Otro contacto tiene la dirección"),
        ({"phone": "12"}, "no es un teléfono de Colombia"),
        ({"phone": "612 345 678", "country": "CO"}, "no es un teléfono de Colombia"),
        ({"country": "XX"}, "no es un país"),
        ({"time_zone": "Mars/Phobos"}, "no es una zona"),
        ({"language": "fr"}, "no es un idioma"),
        ({"company": "x" * 201}, "más de 200 caracteres"),
        ({"new_field": "Items", "new_text": "x"}, "no puede ser el nombre de un campo"),
        ({"new_field": "¿?", "new_text": "x"}, "no puede ser el nombre de un campo"),
        ({"own_note": "x" * 501}, "más de 500 caracteres"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_saved(desk: Desk, form: dict[str, str], said: str) -> None:
    text = edit(desk, **{"first_name": "Changed", **form})
    assert said in text and 'value="Changed"' in text
    with desk.world.store.read() as tx:
        assert contacts.find(tx, "ana@example.com")["first_name"] == "Ana"


def test_an_edit_says_what_changed_and_stays_in_the_history(desk: Desk) -> None:
    text = edit(desk, company="Lumbre", phone="601 234 5678")
    assert "Se guardó: Empresa, Teléfono." in text and "Se cambió: Empresa, Teléfono" in text
    assert "No se cambió nada." in edit(desk, company="Lumbre", phone="+57 601 2345678")


def test_somebody_who_left_stays_left_under_a_new_address(desk: Desk) -> None:
    world = desk.world
    world.store.write(
        lambda tx: suppressions.unsubscribe(tx, world.people["ana"]["id"], world.sent["ana"]["id"], world.now)
    )
    world.store.write(lambda tx: suppressions.add(tx, "ana@example.com", "all", "bounced", world.now))
    text = edit(desk, email="ana@lumbre.example")
    with world.store.read() as tx:
        assert suppressions.covers(tx, "ana@lumbre.example") == {"marketing"}, "a mailbox bounced, the person refused"
    assert "Sin publicidad" in text and "se dio de baja" in text and "Sin correo" not in text


def test_the_fifty_first_own_field_is_refused(desk: Desk) -> None:
    for number in range(50):
        edit(desk, **{f"own_f{number}": "x"})
    assert "más de 50 campos propios" in edit(desk, new_field="another", new_text="x")


def test_the_list_is_searched_and_filtered(desk: Desk) -> None:
    world = desk.world
    edit(desk, country="CO")
    desk.post(f"/contacts/{world.people['grace']['id']}/tags", add="Partner")
    world.store.write(lambda tx: suppressions.add(tx, "grace@example.org", "all", "complained", world.now))
    assert found(desk, "") == {"ana", "grace"}
    assert found(desk, "q=DIAZ+ferre") == {"ana"} == found(desk, "language=es") == found(desk, "country=CO")
    assert found(desk, "tag=partner") == {"grace"} == found(desk, "country=-") == found(desk, "mail=no")
    assert found(desk, "mail=yes") == {"ana"}
    assert "Ningún contacto coincide" in desk.browser.get("/contacts?q=nobody").text


def test_an_empty_list_offers_to_add_somebody(desk: Desk) -> None:
    for row in desk.world.people.values():
        desk.world.store.write(lambda tx, row=row: erase.erase(tx, row["id"]))  # type: ignore[misc]
    text = desk.browser.get("/contacts").text
    assert "Todavía no hay contactos" in text and 'href="/contacts/-/new"' in text


def test_a_tag_is_the_same_for_marketing_and_sales(desk: Desk) -> None:
    world, contact_id = desk.world, desk.world.people["ana"]["id"]
    assert "Se agregó la etiqueta «fair»" in desk.post(f"/contacts/{contact_id}/tags", add=" Fair ").text
    assert "sin espacios" in desk.post(f"/contacts/{contact_id}/tags", add="two words").text
    world.post("ana", "need", "crm", gesture="pointer")
    assert world.lead("ana")["tags"] == ",fair,", "a new lead has the tags of its contact"
    assert "Se quitó la etiqueta" in desk.post(f"/contacts/{contact_id}/tags", remove="fair").text
    assert world.lead("ana")["tags"] == ","


def test_the_page_shows_answers_mails_tasks_and_refusals(desk: Desk) -> None:
    world = desk.world
    world.post("ana", "need", "crm", gesture="pointer")
    text = page(desk)
    assert "no ha rechazado nada" in text and "diagnosis" in text and 'class="answered"' in text
    assert f'href="/leads/{world.people["ana"]["id"]}"' in text
    world.store.write(lambda tx: suppressions.add(tx, "ana@example.com", "all", "do_not_contact", world.now))
    assert "pidió que no se le escriba" in page(desk)


def test_two_contacts_are_merged_after_both_were_shown(desk: Desk) -> None:
    world = desk.world
    ana, grace = (world.people[name]["id"] for name in ("ana", "grace"))
    assert "grace@example.org" in desk.browser.get(f"/contacts/{ana}/merge?q=hill").text
    path = f"/contacts/{ana}/merge/{grace}"
    text = desk.browser.get(path).text
    assert "Nada indica que sean la misma persona" in text and "Hill &amp; Co" in text
    assert "Confirma abajo" in desk.post(path, company="other").text
    text = desk.post(path, company="other", sure="on").text
    assert "Se unieron" in text and "Hill &amp; Co" in text and "grace@example.org" in text
    moved = desk.browser.get(f"/contacts/{grace}")
    assert moved.location == f"/contacts/{ana}"
    assert (
        "unió el contacto grace@example.org con ana@example.com"
        in world.admin().get("/audit", headers={"Accept-Language": "es"}).text
    )
    assert desk.browser.get(path).status_code == 404 == desk.browser.get(f"/contacts/{ana}/merge/{ana}").status_code


def test_a_merge_with_a_wrong_field_names_it_in_the_language_of_the_page(desk: Desk) -> None:
    world = desk.world
    email, long = world.people["grace"]["email"], "x" * 201
    world.store.write(lambda tx: contacts.upsert(tx, email, world.now, long, long))
    ana, grace = (world.people[name]["id"] for name in ("ana", "grace"))
    text = desk.post(f"/contacts/{ana}/merge/{grace}", first_name="other", last_name="other", sure="on").text
    assert "No se unió nada." in text and "Nombre: Tiene más de 200" in text and "Apellido: Tiene más de 200" in text


def test_an_earlier_address_is_shown_and_cannot_be_added_again(desk: Desk) -> None:
    assert "Dirección anterior" not in page(desk)
    assert "Dirección anterior</dt><dd>ana@example.com" in edit(desk, email="ana@lumbre.example")
    text = desk.post("/contacts/-/new", email="ANA@example.com").text
    assert "tuvo antes la dirección" in text and f'href="/contacts/{desk.world.people["ana"]["id"]}"' in text
    assert "Dirección anterior</dt><dd>ana@lumbre.example" in edit(desk, email="ana@example.com")


def test_somebody_with_the_same_number_is_offered_for_a_merge(desk: Desk) -> None:
    for name in ("ana", "grace"):
        edit(desk, name, phone="+57 300 123 4567")
    text = desk.browser.get(f"/contacts/{desk.world.people['ana']['id']}/merge").text
    assert "mismo teléfono" in text and "grace@example.org" in text


def test_sales_reads_contacts_and_changes_none(world: World) -> None:
    browser, contact_id = world.member("sales"), world.people["ana"]["id"]
    text = browser.get(f"/contacts/{contact_id}", headers={"Accept-Language": "es"}).text
    assert "Datos de contacto" in text and "/edit" not in text and "/merge" not in text
    assert browser.get(f"/contacts/{contact_id}/edit").status_code == 403
