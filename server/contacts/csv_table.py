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
        *(
            "entreprise",
            "azienda",
            "empresa nom",
            "companyname",
            "account name",
            "person organization",
            "organization name 1",
        ),
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

MORE_HEADERS = {  # several columns of a list may hold one of these: the first that is not empty counts
    "phone": (
        *("phone", "telephone", "teléfono", "telefono", "phone number", "mobile", "mobile phone", "móvil", "movil"),
        *(
            "celular",
            "cell",
            "cell phone",
            "mobile number",
            "phone 1 value",
            "primary phone",
            "business phone",
            "home phone",
        ),
        *("teléfono móvil", "teléfono celular", "teléfono del trabajo", "teléfono particular", "número de teléfono"),
        *("número de teléfono móvil", "sms", "landline number", "telefone", "telemóvel", "telefone celular"),
        *("telefone comercial", "telefone residencial", "work phone", "person phone", "person phone work", "tel"),
        *("person phone mobile", "person phone home", "mobilephone", "homephone", "teléfono 1", "phone 2 value"),
    ),
    "whatsapp": ("whatsapp", "whatsapp number", "whatsapp phone number", "número de whatsapp", "wa", "wsp"),
    "country": (
        *("country", "país", "pais", "country region", "cc", "country code", "home country", "business country"),
        *("country name", "mailing country", "mailingcountry", "business country region", "home country region"),
        *("país o región", "país o región del trabajo", "país o región de residencia", "address 1 country", "land"),
        *("país região comercial", "país região residencial", "país região", "work country", "ip country"),
    ),
    "time_zone": ("time zone", "timezone", "zona horaria", "huso horario", "fuso horário", "fuso", "tz"),
    "tags": (
        *("tags", "tag", "etiquetas", "etiqueta", "labels", "label", "group membership", "categories", "categorías"),
        *("categorias", "person labels", "person label", "contact tags"),
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
    "bad_address": "“{value}” is not an email address. The row is left out.",
    "no_address": "The row has no email address. It is left out.",
    "duplicate": "“{value}” stands higher up in the file already. Only the first row counts.",
    "unknown_language": "The language “{value}” is not known: use es or en. It is left out.",
    "too_many_cells": "More cells than in the header (“{value}” is left over); are quotes missing? The row is left out.",
    "letters_before_at": (
        "“{value}” has letters outside ASCII before the @, which hardly any mail server accepts. The row is left out."
    ),
    "odd_bytes": "The row is not in UTF-8 as the others are: it was read as Windows writes it. Look at its accents: “{value}”.",
    "by_content": "The column “{value}” was taken for the addresses, because it is the one that holds them.",
    "bad_number": "“{value}” is not a telephone number. Write it with its country, such as +57 300 1234567. It is left out.",
    "unknown_country": "The country “{value}” is not known. It is left out.",
    "unknown_zone": "The time zone “{value}” is not known. It is left out.",
    "long_text": "“{value}” is longer than 500 characters and was cut.",
    "zero_byte": "The row holds a zero byte (in “{value}”), which is no text. It is left out: delete it from that cell.",
    "broken_quotes": "The quotes of the row do not match: “{value}”. It is left out. A quote inside a cell is written twice.",
    "ignored_column": "The column “{value}” is not used.",
    "ignored_columns": "These columns are not used: {value}.",
}
NOTES = (
    "unknown_language",
    "bad_number",
    "unknown_country",
    "unknown_zone",
    "long_text",
    "ignored_column",
    "ignored_columns",
    "odd_bytes",
    "by_content",
)  # problems of rows that were imported
WRONG_HEADER = "The first line must name the columns, at least “email” or “correo”. Found: {found}. Known: {known}."
