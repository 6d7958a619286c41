"""A list goes through its steps: what was shown happens, and can be undone except where a person acted since."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from server.contacts import contacts
from server.contacts.imports import source, staging
from server.errors import CannotDo
from server.store import Store
from tests.server.contacts import importing
from tests.server.contacts.exports import EXPORTS, Export
from tests.server.contacts.importing import contact, outcomes, run, stage, workbook

LIST = "email,nombre,empresa,teléfono,etiquetas\n"


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_an_export_is_recognised_and_comes_in_with_what_it_holds(store: Store, now: int, name: str) -> None:
    export: Export = EXPORTS[name]
    opened = source.open_list(export.text.encode())
    assert opened.program == export.program
    run(store, stage(store, export.text, now, "cp1252"), now)
    row = contact(store, "pia@example.com")
    assert (row["first_name"], row["last_name"]) == ("Pía", "Núñez")
    assert {field: row[field] for field in export.gives} == export.gives
    with store.read() as tx:
        assert [each["reason"] for each in tx.suppressions.of_address(address_key="pia@example.com")] == (
            [export.refused] if export.refused else []
        )


def test_what_will_happen_stands_there_first_and_then_happens(store: Store, now: int) -> None:
    store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now, "Ana", company="Old"))
    store.write(lambda tx: contacts.upsert(tx, "same@example.com", now, "Sam"))
    text = (
        f"{LIST}ANA@example.com,,New,300 123 4567,fair\nsame@example.com,Sam,,,\nbeto@example.com,Beto,,12,VIP\n"
        "nobody,,,,\nbeto@example.com,Again,,,\n,,,,\n"
    )
    import_id = stage(store, text, now)
    expected = [
        (2, "changed", []),
        (3, "same", []),
        (4, "new", ["bad_number"]),
        (5, "left_out", ["bad_address"]),
        (6, "left_out", ["duplicate"]),
    ]
    assert outcomes(store, import_id) == expected
    assert contact(store, "beto@example.com") is None, "nothing has happened yet"
    assert run(store, import_id, now)["state"] == "done"
    assert outcomes(store, import_id) == expected
    ana, beto = contact(store, "ana@example.com"), contact(store, "beto@example.com")
    assert (ana["first_name"], ana["company"], ana["phone"], ana["tags"]) == ("Ana", "New", "+573001234567", ",fair,")
    assert (beto["first_name"], beto["phone"], beto["tags"]) == ("Beto", "", ",vip,")
    assert all(row["cells"] == "[]" for row in importing.rows(store, import_id)), (
        "the file is kept no longer than needed"
    )


def test_five_bad_rows_in_a_hundred_keep_the_others(store: Store, now: int) -> None:
    lines = [f"p{at}@example.com,P{at},,," if at % 20 else f"bad{at},,,," for at in range(100)]
    import_id = stage(store, LIST + "\n".join(lines), now)
    run(store, import_id, now)
    left = [line for line, outcome, _ in outcomes(store, import_id) if outcome == "left_out"]
    assert left == [2, 22, 42, 62, 82]
    with store.read() as tx:
        assert tx.contacts.count() == 95


def test_a_workbook_reads_like_the_same_list_as_csv(store: Store, now: int) -> None:
    cells: list[list[object]] = [
        ["Clientes 2026"],
        [],
        ["Correo", "Nombre", "Celular"],
        ["pia@example.com", "Pía", 3001234567.0],
    ]
    run(store, stage(store, workbook(cells), now), now)
    row = contact(store, "pia@example.com")
    assert (row["first_name"], row["phone"]) == ("Pía", "+573001234567")


PEOPLE = [["Ana", "ana@example.com"], ["Beto", "beto@example.com"], ["Eva", "eva@example.com"]]


def _csv(rows: list[list[str]], separator: str) -> bytes:
    return "\n".join(separator.join(cells) for cells in rows).encode()


@pytest.mark.parametrize("separator", [",", ";", "\t", "xlsx"])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("value", ["Email", "Correo", "E-mail", "MAIL"])
@pytest.mark.parametrize("empty", [False, True])
def test_a_row_with_the_word_email_among_its_values_is_no_header(
    separator: str, place: int, value: str, empty: bool
) -> None:
    rows = [[*person, value if at == place else "SMS"] for at, person in enumerate(PEOPLE)]
    if empty:
        rows[0][1] = ""
    table = [["Persona", "Direccion", "Canal preferido"], *rows]
    opened = source.open_list(workbook(table) if separator == "xlsx" else _csv(table, separator))
    assert opened.header.names == table[0] and [cells for _, cells in opened.records] == rows


@pytest.mark.parametrize("place", range(3))
def test_a_list_of_one_column_loses_no_row_above_the_word_email(place: int) -> None:
    rows = [email for _, email in PEOPLE]
    rows[place:place] = ["Email"] if place else []
    found = source.find_addresses("\n".join(["Direccion", *rows]).encode()).keys
    assert found == [email for _, email in PEOPLE]
    if place:
        with pytest.raises(CannotDo, match="Found: Direccion"):
            source.open_list("\n".join(["Direccion", *rows]).encode())


@pytest.mark.parametrize("separator", [",", ";", "\t", "xlsx"])
@pytest.mark.parametrize(
    "titles",
    [[["Clientes 2026"]], [["Clientes"], []], [["Fecha", "2026-05-03"]], [["Clientes"], ["Fecha", "3 de mayo"]]],
)
def test_titles_above_the_header_are_skipped(separator: str, titles: list[list[str]]) -> None:
    header = ["Nombre", "Correo", "Canal"]
    table = [[*cells, *[""] * (3 - len(cells))] for cells in titles] + [header, *([*each, "SMS"] for each in PEOPLE)]
    opened = source.open_list(workbook(table) if separator == "xlsx" else _csv(table, separator))
    assert opened.header.names == header and len(list(opened.records)) == 3


def bomb() -> bytes:
    """A workbook of some kilobytes whose sheet unpacks to 300 MB."""
    file = io.BytesIO(workbook([["email"]]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"0" * 300 * 1024 * 1024)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "when unpacked"),
        (lambda: b"PK\x03\x04 not a workbook", "not an XLSX workbook"),
        (lambda: workbook([["a"] * 300]), "more than 200 columns"),
        (lambda: b"", "empty"),
        (lambda: b" \n ", "empty"),
        (lambda: b"a,b\n1,2\n", "No column of the list holds email addresses"),
        (lambda: workbook([]), "No column"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(make: Any, said: str) -> None:
    with pytest.raises(CannotDo, match=said):
        list(source.open_list(make()).records)


def test_entities_that_grow_are_not_expanded() -> None:
    file, entity = io.BytesIO(), '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["email"], ["ana@example.com"]]))) as old,
        zipfile.ZipFile(file, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name).decode()
            new.writestr(
                name,
                data.replace("<worksheet", f"{entity}<worksheet", 1).replace("ana@", "&b;@")
                if "sheet1" in name
                else data,
            )
    with pytest.raises(CannotDo, match="not an XLSX workbook"):
        list(source.open_list(file.getvalue()).records)


def test_columns_are_mapped_again_and_an_unknown_one_becomes_a_field(store: Store, now: int) -> None:
    import_id = stage(store, "Contacto,Persona,Cargo\npia@example.com,Pía,Gerente\nana@example.com,Ana,\n", now)
    with store.read() as tx:
        before = staging.columns(tx.imports.by_id(id=import_id))
    assert [(column.use, column.samples) for column in before] == [
        ("email", ["pia@example.com", "ana@example.com"]),
        ("", ["Pía", "Ana"]),
        ("", ["Gerente"]),
    ]
    staging.use_columns(store, import_id, ["email", "name", "own:cargo"])
    importing.work(store, import_id, now)
    run(store, import_id, now)
    row = contact(store, "pia@example.com")
    assert (row["first_name"], row["fields"]) == ("Pía", '{"cargo":"Gerente"}')
    with store.read() as tx:
        assert [each["name"] for each in tx.contacts.field_names()] == ["cargo"]
    unknown = [["email", use, ""] for use in ("foo", "own", "own:Not a name", "Email", "id", "search_text", " ")]
    for uses in (["", "name", ""], ["email", "email", ""], *unknown):
        other = stage(store, "Contacto,Persona,Cargo\npia@example.com,Pía,Gerente\n", now)
        with pytest.raises(CannotDo):
            staging.use_columns(store, other, uses)


def test_another_address_column_is_compared_anew(store: Store, now: int) -> None:
    import_id = stage(store, "email,otro\na@example.com,b@example.com\nc@example.com,b@example.com\n", now)
    staging.use_columns(store, import_id, ["", "email"])
    importing.work(store, import_id, now)
    assert outcomes(store, import_id) == [(2, "new", []), (3, "left_out", ["duplicate"])]
    run(store, import_id, now)
    assert contact(store, "b@example.com") and contact(store, "a@example.com") is None
