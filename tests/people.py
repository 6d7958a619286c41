"""Names the people of the tests, so that a test reads as a story about somebody."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True)
class Person:
    """One person of a contact list; the fields are its columns."""

    first_name: str
    last_name: str
    email: str
    company: str
    language: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


ANA = Person("Ana", "Restrepo", "ana@lumbre.example", "Lumbre Estudio", "es")  # answers at once
MATEO = Person("Mateo", "Ibáñez", "mateo@talleres.example", "Talleres Ibáñez", "es")  # has scripts switched off
LUCIA = Person("Lucía", "Ferrer", "lucia@clinica.example", "Clínica Ferrer", "es")  # changes her mind
CARMEN = Person("Carmen", "Olmedo", "carmen@olmedo.example", "Olmedo e Hijas", "es")  # wants no more mail
GRACE = Person("Grace", "Whitfield", "grace@joinery.example", "Whitfield Joinery", "en")  # reads English
BRUNO = Person("Bruno", "Salas", "bruno@puertosur.example", "Logística Puerto Sur", "es")  # his mail is scanned first

EVERYBODY = (ANA, MATEO, LUCIA, CARMEN, GRACE, BRUNO)


def contact_list(*people: Person) -> str:
    """Write the people as a CSV file, as a spreadsheet saves it."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(field.name for field in fields(Person))
    rows.writerows(astuple(person) for person in people)
    return file.getvalue()
