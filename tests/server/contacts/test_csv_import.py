"""Contact lists as people send them."""

import codecs

import pytest

from server.contacts import contacts, csv_import
from server.contacts.csv_table import HEADERS, PROBLEMS
from server.store import Store

SPANISH = "Correo;Nombre;Apellido;Empresa;Idioma\nana@example.com;Ana;Peña;Café «Ñ»;Español\n"


def told(text: str) -> list[tuple[object, ...]]:
    return [tuple(problem) for problem in csv_import.read(text.encode())[1]]


@pytest.mark.parametrize(
    "data",
    [
        SPANISH.encode(),
        codecs.BOM_UTF8 + SPANISH.encode(),
        SPANISH.encode("cp1252"),
        SPANISH.encode("latin-1"),
        SPANISH.encode("utf-16"),
        SPANISH.replace(";", ",").encode(),
        SPANISH.replace(";", "\t").encode(),
        SPANISH.replace("\n", "\r\n").encode(),
        SPANISH.replace("\n", "\r").encode(),
        SPANISH.rstrip("\n").encode(),
        b"email,first_name,last_name,company,language\n" + SPANISH.split("\n")[1].replace(";", ",").encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "cp1252",
        "latin-1",
        "utf-16",
        "comma",
        "tab",
        "crlf",
        "cr",
        "no-newline",
        "english",
    ],
)
def test_the_same_list_reads_the_same_from_any_program(data: bytes) -> None:
    rows, problems = csv_import.read(data)
    assert problems == []
    assert rows == [csv_import.Row(2, "ana@example.com", "ana@example.com", "Ana", "Peña", "Café «Ñ»", "es")]


def test_a_bad_row_is_reported_by_line_and_value_and_the_good_ones_stay() -> None:
    text = (
        "email,nombre,idioma,notas\n"
        "ana@example.com,Ana,es,x\n"
        "not-an-address,Beto,es,\n"
        "\n"
        "ANA@Example.com,Ana again,es,\n"
        '"carla@example.com","Carla\nMaría",fr,\n'
        ",Nobody,es,\n"
        "dani@example.com,Dani,en-GB,,Inc.\n"
        "eva@example.com,Eva,EN,\n"
    )
    assert [row.email for row in csv_import.read(text.encode())[0]] == [
        "ana@example.com",
        "carla@example.com",
        "eva@example.com",
    ]
    assert told(text) == [
        (1, "ignored_column", "notas"),
        (3, "bad_address", "not-an-address"),
        (5, "duplicate", "ANA@Example.com"),
        (6, "unknown_language", "fr"),
        (8, "no_address", ""),
        (9, "too_many_cells", "Inc."),
    ]


def test_a_line_break_inside_quotes_becomes_a_space() -> None:
    rows, _ = csv_import.read(b'email,nombre\n"ana@example.com","Ana\r\nMar\xc3\xada"\n')
    assert rows[0].first_name == "Ana María"


def test_a_quote_that_never_closes_costs_its_own_row_only() -> None:
    rows, problems = csv_import.read(b'email,name\nana@example.com,Ana\nbeto@example.com,"Beto\ncarla@example.com,C\n')
    assert [row.email for row in rows] == ["ana@example.com", "carla@example.com"]
    assert [(problem.line, problem.rule) for problem in problems] == [(3, "broken_quotes")]


def test_a_quote_that_closes_too_early_costs_its_own_row_only() -> None:
    rows, problems = csv_import.read(b'email,name\nana@example.com,"A"na\nbeto@example.com,Beto\n')
    assert [row.email for row in rows] == ["beto@example.com"]
    assert [(problem.line, problem.rule) for problem in problems] == [(2, "broken_quotes")]


@pytest.mark.parametrize("data", [b"", b"nombre,empresa\nAna,Acme\n", b"ana@example.com,Ana\n", b"\x00\x01\x02"])
def test_a_wrong_header_says_what_was_found_and_what_is_understood(data: bytes) -> None:
    with pytest.raises(csv_import.WrongHeader) as caught:
        csv_import.read(data)
    for language in ("es", "en"):
        assert "correo" in caught.value.sentence(language)
        assert ", ".join(caught.value.found) in caught.value.sentence(language)


def test_every_problem_has_its_sentence_in_both_languages() -> None:
    for rule in PROBLEMS:
        for language in ("es", "en"):
            assert csv_import.RowProblem(1, rule, "x").sentence(language)
    aliases = [alias for names in HEADERS.values() for alias in names]
    assert len(aliases) == len(set(aliases)) == len({alias.casefold() for alias in aliases})


def test_importing_adds_the_new_fills_in_the_known_and_empties_nothing(store: Store, now: int) -> None:
    store.write(lambda tx: contacts.upsert(tx, "ana@example.com", now, first_name="Ana", company="Acme"))
    rows, _ = csv_import.read(b"email,first_name,company\nana@example.com,Ana Maria,\nbeto@example.com,Beto,B Inc\n")
    assert csv_import.import_contacts(store, rows, now + 1) == (1, 1)
    assert csv_import.import_contacts(store, rows, now + 2) == (0, 2)
    with store.read() as tx:
        ana = contacts.find(tx, "ana@example.com")
        beto = contacts.find(tx, "beto@example.com")
    assert ana is not None
    assert beto is not None
    assert (ana["first_name"], ana["company"]) == ("Ana Maria", "Acme")
    assert beto["company"] == "B Inc"


def test_progress_is_told_up_to_the_last_row(store: Store, now: int) -> None:
    lines = "".join(f"p{number}@example.com\n" for number in range(2500))
    rows, _ = csv_import.read(b"email\n" + lines.encode())
    steps: list[tuple[int, int]] = []
    csv_import.import_contacts(store, rows, now, lambda done, total: steps.append((done, total)))
    assert steps == [(1000, 2500), (2000, 2500), (2500, 2500)]
