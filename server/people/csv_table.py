"""What a contact list may look like, as tables: header names, languages, and what is said of a bad row."""

from __future__ import annotations

# The first name of each is the one that an error message proposes.
HEADERS = {
    "email": (
        "email",
        "correo",
        "e-mail",
        "mail",
        "email address",
        "correo electrónico",
        "correo electronico",
    ),
    "first_name": ("first_name", "nombre", "first name", "firstname", "name", "nombres", "given name"),
    "last_name": ("last_name", "apellido", "last name", "lastname", "surname", "apellidos", "family name"),
    "company": (
        "company",
        "empresa",
        "organization",
        "organisation",
        "organización",
        "organizacion",
        "compañía",
    ),
    "language": ("language", "idioma", "lang", "lengua", "locale"),
}
LANGUAGES = {
    "es": ("es", "spa", "español", "espanol", "spanish", "castellano"),
    "en": ("en", "eng", "inglés", "ingles", "english"),
}
PROBLEMS = {
    "bad_address": {
        "es": "«{value}» no es una dirección de correo. La fila no se importó.",
        "en": "“{value}” is not an email address. The row was not imported.",
    },
    "no_address": {
        "es": "La fila no tiene dirección de correo. No se importó.",
        "en": "The row has no email address. It was not imported.",
    },
    "duplicate": {
        "es": "«{value}» ya está más arriba en el archivo. Solo cuenta la primera fila.",
        "en": "“{value}” stands higher up in the file already. Only the first row counts.",
    },
    "unknown_language": {
        "es": "El idioma «{value}» no se conoce: usa es o en. La persona se importó sin idioma.",
        "en": "The language “{value}” is not known: use es or en. The person was imported without one.",
    },
    "too_many_cells": {
        "es": "Hay más celdas que en el encabezado (sobra «{value}»); ¿faltan comillas? No se importó.",
        "en": "More cells than in the header (“{value}” is left over); are quotes missing? Not imported.",
    },
    "broken_quotes": {
        "es": "Las comillas de la fila no cierran bien ({value}). No se importó.",
        "en": "The quotes of the row do not match ({value}). It was not imported.",
    },
    "ignored_column": {
        "es": "La columna «{value}» no se usa.",
        "en": "The column “{value}” is not used.",
    },
}
NOTES = ("unknown_language", "ignored_column")  # worth a word, while the row is imported all the same
WRONG_HEADER = {
    "es": "La primera línea debe nombrar las columnas, al menos «email» o «correo». Se encontró: {found}. "
    "Se entienden: {known}.",
    "en": "The first line must name the columns, at least “email” or “correo”. Found: {found}. Known: {known}.",
}
