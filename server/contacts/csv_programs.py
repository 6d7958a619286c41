"""Lists the programs whose exports are recognised, each by columns that only it writes, in the form of `csv_table.plain`."""

from __future__ import annotations

from collections.abc import Mapping

Columns = frozenset[str]


def _row(*columns: str) -> Columns:
    return frozenset(columns)


PROGRAMS: Mapping[str, tuple[Columns, ...]] = {  # one set of columns for each language or version of a program
    "Mailchimp": (
        _row("member rating", "leid"),
        _row("member rating", "optin time"),
        _row("member rating", "confirm time"),
    ),
    "LinkedIn": (_row("email address", "connected on"), _row("email address", "position", "url")),
    "Brevo": (
        _row("contact id", "email", "added time"),
        _row("email", "firstname", "lastname", "sms"),
        _row("email", "nombre", "apellidos", "sms"),
    ),
    "Mautic": (
        _row("firstname", "lastname", "email", "preferred locale"),
        _row("firstname", "lastname", "email", "points"),
        _row("first name", "last name", "email", "preferred locale", "points"),
    ),
    "listmonk": (_row("uuid", "email", "name", "status"), _row("uuid", "email", "name", "attributes")),
    "Pipedrive": (
        _row("person name", "person email work"),
        _row("person name", "person email"),
        _row("persona nombre", "persona correo electrónico trabajo"),
        _row("person first name", "person email work"),
    ),
    "Zoho": (
        _row("contact owner", "email opt out", "email"),
        _row("record id", "contact owner id", "email"),
        _row("lead owner", "email opt out", "email"),
    ),
    "HubSpot": (
        _row("record id", "contact owner", "email"),
        _row("record id contact", "email"),
        _row("email", "marketing contact status"),
        _row("record id", "unsubscribed from all email"),
    ),
    "Salesforce": (
        _row("hasoptedoutofemail", "email"),
        _row("firstname", "lastname", "email", "mailingcountry"),
        _row("accountid", "lastname", "email"),
        _row("account name", "mailing country", "email"),
    ),
    "Thunderbird": (
        _row("primary email", "secondary email", "screen name"),
        _row("primary email", "display name", "nickname"),
        _row("correo electrónico principal", "nombre para mostrar"),
        _row("correo principal", "nombre para mostrar", "apodo"),
    ),
    "Google": (
        _row("e mail 1 value", "labels"),
        _row("e mail 1 value", "group membership"),
        _row("given name", "family name", "e mail 1 value"),
        _row("e mail 1 value", "first name", "last name"),
    ),
    "Outlook": (
        _row("e mail address", "e mail display name"),
        _row("e mail address", "business phone", "job title"),
        _row("first name", "e mail address", "mobile phone"),
        _row("dirección de correo electrónico", "nombre", "apellidos", "teléfono móvil"),
        _row("dirección de correo electrónico", "nombre para mostrar del correo electrónico"),
        _row("dirección de correo electrónico", "organización", "puesto"),
        _row("endereço de email", "nome", "sobrenome"),
        _row("endereço de e mail", "nome", "sobrenome"),
        _row("endereço de correio electrónico", "nome próprio", "apelido"),
        _row("endereço de correio eletrónico", "nome próprio", "apelido"),
    ),
}
