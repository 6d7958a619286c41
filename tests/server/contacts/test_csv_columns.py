"""Which column is which, in the exports of other programs and languages, and in files that are written in two encodings."""

from __future__ import annotations

import pytest

from server.contacts import csv_import
from server.contacts.csv_import import WrongHeader

LATIN, UTF_8 = "cp1252", "utf-8"


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value",
        "First Name,Middle Name,Last Name,Company,Phone,Notes,E-mail Address",
        "Nombre,Segundo nombre,Apellidos,Organización,Etiquetas,Teléfono,Dirección de correo electrónico",
        "First Name,x,Last Name,Organization,y,z,Primary Email",
        "first_name,x,last_name,company,y,z,email_address",
        "Vorname,x,Nachname,Firma,y,z,E-Mail-Adresse",
        "Prénom,x,Nom de famille,Société,y,z,Adresse e-mail",
        "Nome,x,Sobrenome,Empresa,y,z,Endereço de e-mail",
        "Nome,x,Cognome,Azienda,y,z,Indirizzo e-mail",
        "NOMBRES,x,APELLIDOS,EMPRESA,y,z,CORREO",
        "Person - First name,x,Last name,Company,y,z,Contacto",
    ],
)
def test_the_exports_of_address_books_are_understood(header: str) -> None:
    rows, problems = csv_import.read(f"{header}\nPia,,Prueba,Casa,a,b,pia@example.com\n".encode())
    row = rows[0]
    assert (row.email, row.last_name, row.company) == ("pia@example.com", "Prueba", "Casa")
    assert row.first_name == ("" if header.startswith("Person") else "Pia")
    assert not any(problem.left_out for problem in problems)


@pytest.mark.parametrize("before", ["\n\n", "sep=;\n", "SEP=;\r\n", " \n\t\n", "\ufeffsep=;\n"])
def test_what_stands_above_the_header_is_passed_over(before: str) -> None:
    rows, problems = csv_import.read(f"{before}email;nombre\npia@example.com;Pia\n".encode())
    assert [(row.email, row.first_name) for row in rows] == [("pia@example.com", "Pia")]
    assert problems == []


def test_a_column_that_holds_nothing_but_addresses_is_taken_and_named() -> None:
    rows, problems = csv_import.read(b"Cliente,Contacto\nCasa,pia@example.com\nCasa,\nCasa,ana@example.com\n")
    assert [row.email for row in rows] == ["pia@example.com", "ana@example.com"]
    assert problems[0].rule == "by_content" and problems[0].value == "Contacto"


@pytest.mark.parametrize("text", ["pia@example.com,Pia\nana@example.com,Ana\n", "a,b\npia,1\n", "", "\n\n", "a\n"])
def test_a_list_without_a_header_or_without_addresses_is_refused(text: str) -> None:
    with pytest.raises(WrongHeader):
        csv_import.read(text.encode())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Name,First Name,Last Name,Email\nPia Prueba,Pia,Prueba,pia@example.com\n", "Pia", "Prueba"),
        ("First Name,Name,Last Name,Email\nPia,Pia Prueba,Prueba,pia@example.com\n", "Pia", "Prueba"),
        ("uuid,email,name,status\nx,pia@example.com,Pia María Prueba Ruiz,enabled\n", "Pia", "María Prueba Ruiz"),
        ("Nombre completo;correo\nPia Prueba;pia@example.com\n", "Pia", "Prueba"),
        ("Name,Last Name,Email\nPia Prueba,Prueba,pia@example.com\n", "Pia", "Prueba"),
        ('Full Name,Email\n"Prueba, Pia",pia@example.com\n', "Pia", "Prueba"),
        ("name,email\nPia,pia@example.com\n", "Pia", ""),
        ("nombre,correo\nPia María,pia@example.com\n", "Pia María", ""),
    ],
)
def test_a_whole_name_beside_its_parts_or_alone(text: str, first: str, last: str) -> None:
    row = csv_import.read(text.encode())[0][0]
    assert (row.first_name, row.last_name) == (first, last)


@pytest.mark.parametrize("odd", [[1], [0, 1], [0, 1, 2, 3], [3], []])
def test_a_line_in_another_encoding_spoils_no_other(odd: list[int]) -> None:
    names = ["Pía", "Peña", "Muñoz", "Ñáñez"]
    lines = [f"p{at}@example.com,{name}\n".encode(LATIN if at in odd else UTF_8) for at, name in enumerate(names)]
    rows, problems = csv_import.read(b"email,nombre\n" + b"".join(lines))
    assert [row.first_name for row in rows] == names
    told = [problem.line for problem in problems if problem.rule == "odd_bytes"]
    assert told == ([] if len(odd) == len(names) else [at + 2 for at in odd])
    assert not any(problem.left_out for problem in problems)
