"""A marketer imports a list in the browser: refusals, file, what will happen, import, report and undo."""

from __future__ import annotations

import html
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import TestResponse

from server.campaigns import audience
from server.contacts import contacts, suppressions
from server.contacts.imports import source, staging
from server.web.marketing import import_words
from tests.server.contacts.importing import workbook
from tests.server.web.marketing.desk import Desk, sit_down
from tests.server.world import World

LIST = "Correo;Nombre;Empresa;Cargo\nana@example.com;Anita;;Gerente\npía@example.com;X;;\nmateo@talleres.example;Mateo;Talleres;\n"


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return sit_down(world, tmp_path / "emails")


def upload(
    desk: Desk, data: bytes | str = LIST, name: str = "Clientes.csv", step: str = "new", **form: str
) -> TestResponse:
    file = (io.BytesIO(data.encode() if isinstance(data, str) else data), name)
    return desk.post(f"/contacts/imports/-/{step}", file=file, **form)


def act(desk: Desk, page: TestResponse, name: str, **form: str) -> TestResponse:
    return desk.post(f"{page.request.path}/{name}", **form)


def test_a_list_is_shown_row_by_row_then_imported_and_then_undone(desk: Desk) -> None:
    page = upload(desk)
    text = page.text
    assert "<h1>Clientes.csv</h1>" in text and "UTF-8 · separado por punto y coma · 3 filas" in text
    assert "Todavía no ha pasado nada" in text and "Importar 2 personas" in text
    assert "Nombre: Ana → Anita" in text and "antes de la @" in text
    assert re.findall(r'<option value="([^"]*)" selected', text) == ["email", "first_name", "company", ""]
    assert "1 columna no se importa: Cargo." in text and re.search(r"<td>Mateo<br>\s*mateo@talleres.example", text)
    text = act(desk, page, "columns", use0="email", use1="first_name", use2="company", use3="own").text
    assert "Las columnas se guardaron" in text and "Cargo: Gerente" in text
    text = act(desk, page, "start").text
    assert "La lista se importó" in text and "Deshacer la importación" in text and "no se importa" not in text
    campaign = html.unescape(re.search(r'href="([^"]+)">Escribirles', text)[1])
    (people,) = parse_qs(urlsplit(campaign).query)["people"]
    with desk.world.store.read() as tx:
        assert audience.count(tx, audience.checked(json.loads(people)), desk.world.now, 9) == 2
    segment = html.unescape(re.search(r'href="([^"]+)">Guardarlos como segmento', text)[1])
    assert "<strong>2</strong> personas: Estaba en la lista importada" in desk.browser.get(segment).text
    with desk.world.store.read() as tx:
        assert contacts.find(tx, "ana@example.com")["fields"] == '{"cargo":"Gerente"}'
        assert contacts.find(tx, "mateo@talleres.example")["company"] == "Talleres"
    assert '<span class="badge ">cambiada</span>' in text
    assert "ya empezó" in act(desk, page, "start").text
    report = act(desk, page, "report").text
    assert '"2","ana@example.com","' in report and "Nombre: Ana → Anita" in report
    assert "La importación se deshizo" in act(desk, page, "undo").text
    with desk.world.store.read() as tx:
        assert contacts.find(tx, "ana@example.com")["first_name"] == "Ana"
        assert contacts.find(tx, "mateo@talleres.example") is None
    log = desk.world.admin().get("/audit", headers={"Accept-Language": "es"}).text
    assert "importó la lista «Clientes.csv» (3 filas)" in log and "deshizo la importación de «Clientes.csv»" in log


def test_refusals_come_first_and_hold_for_people_who_come_later(desk: Desk) -> None:
    assert "¿Alguien pidió que no se le escriba?" in desk.browser.get("/contacts/imports/-/refusals").text
    text = upload(
        desk, b"", "", "refusals", pasted="Mateo <mateo@talleres.example>, otra@example.com", scope="all", asked="1"
    ).text
    assert "2 direcciones ya no reciben ningún correo" in text and "Sube la lista" in text
    page = upload(desk)
    assert "No recibe correo" in page.text and "pidió que no se le escriba" in page.text
    act(desk, page, "start")
    with desk.world.store.read() as tx:
        assert (
            suppressions.covers(tx, "mateo@talleres.example") == {"all"} == suppressions.covers(tx, "otra@example.com")
        )
    refused = upload(
        desk, workbook([["who"], ["ana@example.com"]]), "bajas.xlsx", "refusals", scope="marketing", asked="1"
    )
    assert "1 dirección ya no recibe publicidad" in refused.text
    with desk.world.store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == {"marketing"}
    empty = upload(desk, b"", "", "refusals", pasted="nobody", asked="1")
    assert empty.status_code == 422 and "No contiene ninguna dirección" in empty.text and "nobody" in empty.text


@pytest.mark.parametrize(
    "sent",
    [
        (workbook([["who"], ["filed@example.com"]]), "bajas.xlsx"),
        ("who\nfiled@example.com\n".encode("utf-16"), "bajas.csv"),
        ("Núñez;filed@example.com\n".encode("cp1252"), "bajas.csv"),
        (b"who\nfiled@example.com", "bajas.csv"),
    ],
)
def test_refusals_of_a_file_and_pasted_ones_are_both_kept(desk: Desk, sent: tuple[bytes, str]) -> None:
    text = upload(
        desk, *sent, "refusals", pasted="Peña <o'brien@example.org>, @acme, o’hara@example.org", asked="1"
    ).text
    assert "2 direcciones ya no reciben publicidad" in text
    assert "2 datos con @ no son direcciones de correo y quedaron por fuera. El primero: «@acme»" in text
    with desk.world.store.read() as tx:
        for key in ("filed@example.com", "o'brien@example.org"):
            assert suppressions.covers(tx, key) == {"marketing"}
        assert suppressions.covers(tx, "brien@example.org") == set()


def test_a_list_of_contacts_that_lands_among_the_refusals_takes_nobody_off(desk: Desk) -> None:
    refused = upload(desk, workbook([["who"], ["ana@example.com"]]), "clientes.xlsx", "refusals", scope="all")
    assert refused.status_code == 422 and "Confirma que estas personas pidieron no recibir correo" in refused.text
    with desk.world.store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == set()


@pytest.mark.parametrize("step", ["new", "refusals"])
def test_a_file_that_is_too_large_is_refused(desk: Desk, step: str) -> None:
    data = b"email\n" + b"ana@example.com\n" * (source.FILE_MOST // 16)
    page = upload(desk, data, step=step, asked="1")
    page.request.environ["wsgi.input"].close()  # the client keeps a large form in a file
    assert page.status_code == 422 and "pesa más de 32 MB" in page.text
    with desk.world.store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == set()


def test_rows_are_filtered_and_a_row_that_is_left_out_says_why(desk: Desk) -> None:
    page = upload(desk)
    text = desk.browser.get(f"{page.request.path}?rows=left_out").text
    assert "antes de la @" in text and "Anita" not in text.partition("<tbody>")[2].rpartition("<tbody>")[2]
    assert "Solo: No importados" in text
    text = desk.browser.get(f"{page.request.path}?rows=new").text
    assert "mateo@talleres.example" in text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "El archivo está vacío"),
        (b"a,b\n1,2\n", "Ninguna columna de la lista"),
        (b"PK\x03\x04 broken", "no se puede leer"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(desk: Desk, data: bytes, said: str) -> None:
    page = upload(desk, data)
    assert page.status_code == 422 and said in page.text


def test_a_list_is_deleted_before_it_is_imported(desk: Desk) -> None:
    page = upload(desk)
    assert "No se importó nada" in act(desk, page, "remove").text
    assert desk.browser.get(page.request.path).status_code == 404
    for name in ("start", "undo", "again", "columns", "report"):
        assert act(desk, page, name).status_code == 404


def test_two_columns_for_the_address_are_refused(desk: Desk) -> None:
    page = upload(desk)
    assert "exactamente una columna" in act(desk, page, "columns", use0="email", use1="email", use2="", use3="").text


@pytest.mark.parametrize("use", ["foo", "Email", "id", "own:Not a name"])
def test_an_unknown_use_of_a_column_is_refused(desk: Desk, use: str) -> None:
    page = upload(desk)
    text = act(desk, page, "columns", use0="email", use1=use, use2="", use3="").text
    assert 'class="flash error"' in text and "Las columnas se guardaron" not in text


def test_every_use_of_a_column_can_be_chosen() -> None:
    assert {*import_words.uses()} == {*staging.USES}


def test_an_empty_page_of_imports_leads_to_the_first_step(desk: Desk) -> None:
    text = desk.browser.get("/contacts/imports").text
    assert "Todavía no se ha importado ninguna lista" in text and 'href="/contacts/imports/-/refusals"' in text
    upload(desk)
    assert "Clientes.csv" in desk.browser.get("/contacts/imports").text


def test_a_name_of_a_file_is_no_markup(desk: Desk) -> None:
    page = upload(desk, LIST, "<script>alert(1)</script>.csv")
    assert "<script>alert" not in page.text


def test_a_list_whose_addresses_are_read_again_offers_the_columns_alone(desk: Desk) -> None:
    page = upload(desk)
    _set_state(desk, page, "keying")
    text = desk.browser.get(page.request.path).text
    assert "se están leyendo de otra columna" in text and "Guardar y revisar de nuevo" in text
    assert "Importar 2 personas" not in text and "Anita" not in text.partition("</details>")[2]
    assert "leyendo las direcciones" in desk.browser.get("/contacts/imports").text
    assert "no se han revisado" in act(desk, page, "start").text
    text = act(desk, page, "columns", use0="email", use1="", use2="company", use3="").text
    assert "Las columnas se guardaron" in text and "Importar 2 personas" in text


def test_a_step_that_an_error_stopped_is_tried_again(desk: Desk) -> None:
    page = upload(desk)
    _set_state(desk, page, "check_failed")
    text = desk.browser.get(page.request.path).text
    assert "Un error detuvo el trabajo después de 3 de 3 filas" in text and "Borrar la lista" in text
    assert "detenida por un error" in desk.browser.get("/contacts/imports").text
    assert "Importar 2 personas" in act(desk, page, "again").text
    assert "no la detuvo un error" in act(desk, page, "again").text
    for state, said in (("run_failed", "La lista se importó"), ("undo_failed", "La importación se deshizo")):
        _set_state(desk, page, state)
        assert "Intentar de nuevo" in desk.browser.get(page.request.path).text
        assert said in act(desk, page, "again").text


def _set_state(desk: Desk, page: TestResponse, state: str) -> None:
    import_id = page.request.path.rpartition("/")[2]
    desk.world.store.write(lambda tx: tx.imports.set_state(id=import_id, state=state))
