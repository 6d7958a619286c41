"""Lists the header names and languages that contact lists may use, and the sentences about bad rows."""

from __future__ import annotations

# Names of columns in the form of `plain`. Error messages propose the first of each.
HEADERS = {
    "email": (
        *("email", "correo", "e mail", "mail", "email address", "e mail address", "primary email", "work email"),
        *(
            "correo electrónico",
            "correo electronico",
            "dirección de correo electrónico",
            "dirección de correo",
            "email 1",
        ),
        *(
            "e mail 1 value",
            "email 1 value",
            "e mail 1",
            "correo 1",
            "email principal",
            "correo principal",
            "emailaddress",
        ),
        *(
            "e mail adresse",
            "e mail adressen",
            "mailadresse",
            "adresse e mail",
            "adresse de messagerie",
            "adresse mail",
        ),
        *(
            "courriel",
            "endereço de e mail",
            "endereço de email",
            "indirizzo e mail",
            "indirizzo email",
            "posta elettronica",
        ),
        *("adreça electrònica", "correu electrònic", "correu", "enderezo electrónico", "person email", "contact email"),
    ),
    "first_name": (
        *(
            "first name",
            "nombre",
            "firstname",
            "nombres",
            "given name",
            "name first",
            "primer nombre",
            "nombre de pila",
        ),
        *("vorname", "prénom", "nome", "nom de pila"),
    ),
    "last_name": (
        *("last name", "apellido", "lastname", "surname", "apellidos", "family name", "primer apellido"),
        *("nachname", "nom de famille", "sobrenome", "cognome", "cognoms", "apelidos"),
    ),
    "name": (  # a person's whole name
        *("name", "full name", "fullname", "display name", "contact name", "nombre completo", "nombre y apellido"),
        *("nombre y apellidos", "nombres y apellidos", "nombre para mostrar", "nom complet", "nome completo"),
        *("person name", "vollständiger name", "anzeigename"),
    ),
    "company": (
        *(
            "company",
            "empresa",
            "organization",
            "organisation",
            "organización",
            "organizacion",
            "compañía",
            "company name",
        ),
        *(
            "organization name",
            "organization 1 name",
            "nombre de la empresa",
            "compania",
            "firma",
            "unternehmen",
            "société",
        ),
        *("entreprise", "azienda", "empresa nom", "companyname", "account name"),
    ),
    "language": (
        "language",
        "idioma",
        "lang",
        "lengua",
        "locale",
        "preferred language",
        "sprache",
        "langue",
        "língua",
        "lingua",
    ),
}


def plain(header: str) -> str:
    """Normalise a column's name to lower case, with a space for every other sign: `E-mail 1 - Value` becomes `e mail 1 value`."""
    words = "".join(char if char.isalnum() else " " for char in header.casefold())
    return " ".join(words.split())


LANGUAGES = {
    "es": ("es", "spa", "español", "espanol", "spanish", "castellano"),
    "en": ("en", "eng", "inglés", "ingles", "english"),
}
PROBLEMS = {
    "bad_address": "“{value}” is not an email address. The row was not imported.",
    "no_address": "The row has no email address. It was not imported.",
    "duplicate": "“{value}” stands higher up in the file already. Only the first row counts.",
    "unknown_language": "The language “{value}” is not known: use es or en. The person was imported without one.",
    "too_many_cells": "More cells than in the header (“{value}” is left over); are quotes missing? Not imported.",
    "letters_before_at": (
        "“{value}” has letters outside ASCII before the @, which hardly any mail server accepts. "
        "The row was not imported."
    ),
    "odd_bytes": "The row is not in UTF-8 as the others are: it was read as Windows writes it. Look at its accents: “{value}”.",
    "by_content": "The column “{value}” was taken for the addresses, because it is the one that holds them.",
    "zero_byte": "The row holds a zero byte (in “{value}”), which is no text. It was not imported: delete it from that cell.",
    "broken_quotes": "The quotes of the row do not match: “{value}”. It was not imported. A quote inside a cell is written twice.",
    "ignored_column": "The column “{value}” is not used.",
    "ignored_columns": "These columns are not used: {value}.",
}
NOTES = (
    "unknown_language",
    "ignored_column",
    "ignored_columns",
    "odd_bytes",
    "by_content",
)  # problems of rows that were imported
WRONG_HEADER = "The first line must name the columns, at least “email” or “correo”. Found: {found}. Known: {known}."
