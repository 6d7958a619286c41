"""A list goes through its steps: what was shown happens, and can be undone except where a person acted since."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.contacts import contacts, editing, erase, suppressions, tags
from server.contacts.imports import source, staging, steps
from server.errors import CannotDo
from server.store import Store
from tests.server.contacts import importing
from tests.server.contacts.exports import EXPORTS, Export
from tests.server.contacts.importing import contact, outcomes, run, stage, undo, workbook
from tests.server.sending.messages import queue

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
    cells = [["Clientes 2026"], [], ["Correo", "Nombre", "Celular"], ["pia@example.com", "Pía", 3001234567.0]]
    run(store, stage(store, workbook(cells), now), now)
    row = contact(store, "pia@example.com")
    assert (row["first_name"], row["phone"]) == ("Pía", "+573001234567")


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
    staging.use_columns(store, import_id, ["email", "name", "own:cargo"], now)
    importing.work(store, import_id, now)
    run(store, import_id, now)
    row = contact(store, "pia@example.com")
    assert (row["first_name"], row["fields"]) == ("Pía", '{"cargo":"Gerente"}')
    with store.read() as tx:
        assert [each["name"] for each in tx.contacts.field_names()] == ["cargo"]
    for uses in (["", "name", ""], ["email", "email", ""], ["email", "own:Not a name", ""]):
        other = stage(store, "Contacto,Persona,Cargo\npia@example.com,Pía,Gerente\n", now)
        with pytest.raises(CannotDo):
            staging.use_columns(store, other, uses, now)


def test_another_address_column_is_compared_anew(store: Store, now: int) -> None:
    import_id = stage(store, "email,otro\na@example.com,b@example.com\nc@example.com,b@example.com\n", now)
    staging.use_columns(store, import_id, ["", "email"], now)
    importing.work(store, import_id, now)
    assert outcomes(store, import_id) == [(2, "new", []), (3, "left_out", ["duplicate"])]
    run(store, import_id, now)
    assert contact(store, "b@example.com") and contact(store, "a@example.com") is None


def test_a_refusal_comes_before_its_contact_and_survives_the_import_and_its_undo(store: Store, now: int) -> None:
    found = source.find_addresses(b"Ana <Ana@Example.com>; 'beto@example.com', nonsense@")
    assert found == ["ana@example.com", "beto@example.com"]
    store.write(lambda tx: suppressions.add_refusals(tx, dict.fromkeys(found, "unsubscribed"), now))
    import_id = stage(store, f"{LIST}ana@example.com,Ana,,,\n", now)
    assert importing.rows(store, import_id)[0]["suppressed"] == "unsubscribed"
    run(store, import_id, now)
    undo(store, import_id, now)
    with store.read() as tx:
        assert suppressions.covers(tx, "ana@example.com") == {"marketing"}


def test_a_refusal_of_an_address_that_was_merged_reaches_the_kept_contact(store: Store, now: int) -> None:
    kept = store.write(lambda tx: contacts.upsert(tx, "kept@example.com", now))["id"]
    row = {"alias_id": "x", "contact_id": kept, "email": "old@example.com", "email_key": "old@example.com"}
    store.write(lambda tx: tx.contacts.add_alias(**row, by_whom="Lucía", at=now))
    import_id = stage(store, "email,nombre,unsubscribed\nold@example.com,Old,yes\n", now)
    assert outcomes(store, import_id) == [(2, "changed", [])]
    run(store, import_id, now)
    with store.read() as tx:
        assert tx.contacts.count() == 1 and suppressions.covers(tx, "kept@example.com") == {"marketing"}


@pytest.mark.parametrize("since", ["answered", "sent", "edited", "tagged", "erased", ""])
def test_an_undo_returns_everything_but_people_who_acted_since(store: Store, now: int, since: str) -> None:
    old = store.write(lambda tx: contacts.upsert(tx, "old@example.com", now - 9, "Old", company="Before"))
    store.write(lambda tx: tags.change(tx, old["id"], "kept", "Mara", now - 9))
    before = contact(store, "old@example.com")
    import_id = stage(store, f"{LIST}old@example.com,Olga,After,300 123 4567,fair\nnew@example.com,New,,,\n", now)
    run(store, import_id, now)
    ids = [contact(store, email)["id"] for email in ("old@example.com", "new@example.com")]
    for contact_id in ids:
        _acts(store, contact_id, since, now + 1)
    undo(store, import_id, now + 2)
    marks = {row["line"]: row["undone"] for row in importing.rows(store, import_id)}
    after = contact(store, "old@example.com")
    if since == "":
        assert marks == {2: "yes", 3: "yes"} and contact(store, "new@example.com") is None
        assert {**after, "updated_at": 0} == {**before, "updated_at": 0}
    elif since == "erased":
        assert marks == {} and after is None
    else:
        expected = {"edited": "changed", "tagged": "changed"}.get(since, since)
        assert marks == {2: expected, 3: expected} and contact(store, "new@example.com")
        assert after["first_name"] == "Olga"


def _acts(store: Store, contact_id: str, since: str, now: int) -> None:
    row = {"contact_id": contact_id, "id": f"e-{contact_id}", "message_id": "m", "block": "b", "value": "[]"}
    if since == "answered":
        store.write(
            lambda tx: tx.events.append(
                **row, kind="answered", channel="page", nonce="n", grade="g", reasons="[]", at=now
            )
        )
    elif since == "sent":
        queue(store, contact_id, now)
    elif since == "edited":
        typed = {"email": f"{contact_id}@example.com", "company": "By hand", "first_name": "Olga"}
        with store.read() as tx:
            typed["email"] = tx.contacts.by_id(id=contact_id)["email"]
        store.write(lambda tx: editing.change(tx, contact_id, editing.check(typed, {}, "CO"), "Lucía", now))
    elif since == "tagged":
        store.write(lambda tx: tags.change(tx, contact_id, "later", "Lucía", now))
    elif since == "erased":
        store.write(lambda tx: erase.erase(tx, contact_id))


def test_an_erased_person_is_in_no_list_that_waits(store: Store, now: int) -> None:
    ana = store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now))["id"]
    import_id = stage(store, f"{LIST}ana@example.com,Ana,,,\nbeto@example.com,Beto,,,\n", now)
    store.write(lambda tx: erase.erase(tx, ana))
    run(store, import_id, now)
    assert contact(store, "ana@example.com") is None and contact(store, "beto@example.com")


def test_a_contact_that_changed_between_the_check_and_the_import_keeps_what_the_list_does_not_name(
    store: Store, now: int
) -> None:
    import_id = stage(store, f"{LIST}ana@example.com,Ana,Casa,,\n", now)
    store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now, "Anita", "Díaz"))
    run(store, import_id, now + 1)
    row = contact(store, "ana@example.com")
    assert (row["first_name"], row["last_name"], row["company"]) == ("Ana", "Díaz", "Casa")
    undo(store, import_id, now + 2)
    assert contact(store, "ana@example.com")["first_name"] == "Anita"


def test_an_interrupted_import_goes_on_where_it_stopped(
    store: Store, now: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "TOGETHER", 2)
    import_id = stage(store, LIST + "".join(f"p{at}@example.com,P,,,\n" for at in range(7)), now)
    store.write(lambda tx: steps.begin(tx, import_id, now))
    half = steps.advance(store, import_id, lambda: now, now, "CO")
    assert (half["state"], half["done"], half["total"]) == ("running", 2, 7)
    assert steps.work(store, "CO", lambda: now, now + 1) == 1
    with store.read() as tx:
        assert tx.imports.by_id(id=import_id)["state"] == "done" and tx.contacts.count() == 7
    with pytest.raises(CannotDo):
        store.write(lambda tx: steps.begin(tx, import_id, now))
    with pytest.raises(CannotDo):
        store.write(lambda tx: staging.remove(tx, import_id))


def test_a_list_that_is_deleted_before_its_import_leaves_nothing(store: Store, now: int) -> None:
    import_id = stage(store, f"{LIST}ana@example.com,Ana,,,\n", now)
    store.write(lambda tx: staging.remove(tx, import_id))
    assert importing.rows(store, import_id) == []


CELLS = {
    "email": ["ana@example.com", "ANA@example.com", "beto@example.com", "carla@example.com", "bad", ""],
    "nombre": ["", "Ana", "Beto"],
    "empresa": ["", "Casa", "Taller"],
    "teléfono": ["", "300 123 4567", "12"],
    "país": ["", "Colombia", "Nowhere"],
    "etiquetas": ["", "fair", "vip,fair"],
    "unsubscribed": ["", "yes", "no"],
    "status": ["", "active", "bounced"],
}
PEOPLE = ("ana@example.com", "beto@example.com", "carla@example.com")
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), max_size=8)
COLUMNS = ("first_name", "last_name", "company", "phone", "country", "tags", "fields", "search_text")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    known=ROWS,
    rows=ROWS,
    refused=st.sets(st.sampled_from([(who, scope) for who in PEOPLE for scope in ("all", "marketing")])),
)
def test_no_import_makes_anybody_mailable_and_an_undo_returns_every_value(
    store: Store, now: int, known: list[dict[str, str]], rows: list[dict[str, str]], refused: set[tuple[str, Any]]
) -> None:
    def listed(cells: list[dict[str, str]]) -> str:
        lines = [",".join(f'"{row[name]}"' for name in CELLS) for row in cells]
        return "\n".join([",".join(CELLS), *lines, '"last@example.com",' + ",".join(['""'] * (len(CELLS) - 1))])

    _emptied(store)
    run(store, stage(store, listed(known), now), now)
    for who, scope in refused:
        store.write(lambda tx, who=who, scope=scope: suppressions.add(tx, who, scope, "do_not_contact", now))  # type: ignore[misc]
    before, stopped = _contacts(store), _stopped(store)
    import_id = stage(store, listed(rows), now + 1)
    run(store, import_id, now + 1)
    assert _stopped(store) >= stopped
    undo(store, import_id, now + 2)
    assert _contacts(store) == before and _stopped(store) >= stopped


def _emptied(store: Store) -> None:
    for who in (*PEOPLE, "last@example.com"):
        if row := contact(store, who):
            store.write(lambda tx, row=row: erase.erase(tx, row["id"]))  # type: ignore[misc]


def _contacts(store: Store) -> dict[str, dict[str, str]]:
    rows = {who: contact(store, who) for who in (*PEOPLE, "last@example.com")}
    return {who: {name: row[name] for name in COLUMNS} for who, row in rows.items() if row}


def _stopped(store: Store) -> set[tuple[str, str]]:
    with store.read() as tx:
        return {(who, scope) for who in PEOPLE for scope in suppressions.covers(tx, who)}
