"""The pages of contacts, as stops of a walk."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.people import ANA, GRACE, Person

Stops = dict[str, Callable[[Page], object]]


def stops() -> Stops:
    return {
        "contacts": lambda page: page.goto("/contacts"),
        "contacts-nobody": lambda page: page.goto("/contacts?q=zzz"),
        "contact": lambda page: contact(page, ANA),
        "contact-edit": lambda page: page.goto(f"{_at(page, ANA)}/edit"),
        "contact-wrong": _wrong,
        "contact-merge-choose": lambda page: page.goto(f"{_at(page, ANA)}/merge?q=g"),
        "contact-merge": _compare,
        "imports": lambda page: page.goto("/contacts/imports"),
        "import-refusals": lambda page: page.goto("/contacts/imports/-/refusals"),
        "import-file": lambda page: page.goto("/contacts/imports/-/new"),
        "import-checked": _checked,
        "import-done": _done,
    }


def contact(page: Page, person: Person) -> None:
    """Open the page of a person from the list."""
    page.goto(f"/contacts?q={person.email}")
    page.locator(".list a").first.click()
    page.wait_for_url("**/contacts/*")


def _at(page: Page, person: Person) -> str:
    contact(page, person)
    return page.url


def _wrong(page: Page) -> None:
    page.goto("/contacts/-/new")
    page.locator("input[name=email]").fill(GRACE.email)
    page.locator("input[name=phone]").fill("12")
    page.locator("form.contact .primary").click()
    page.locator(".wrong").first.wait_for()


def _compare(page: Page) -> None:
    page.goto(f"{_at(page, ANA)}/merge?q={GRACE.email}")
    page.locator(".list a").first.click()
    page.wait_for_url("**/merge/*")


LIST = (
    "Nombre;Correo;Empresa;Celular;País;Etiquetas;Cargo\n"
    "Ana;ana@lumbre.example;Lumbre Estudio SAS;300 123 4567;Colombia;Feria, VIP;Gerente\n"
    "Mateo;mateo@talleres.example;Talleres Ibáñez;;;;\n"
    "Nora;nora@nueva.example;Nueva;12;Narnia;;Directora\n"
    "Otto;otto@@nueva.example;;;;;\n"
)


def upload(page: Page, text: str = LIST, name: str = "Clientes 2026.csv") -> None:
    """Upload a list; ends on the page that says what will happen."""
    page.goto("/contacts/imports/-/new")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.locator("form.contact .primary").click()
    page.locator(".numbers").wait_for()


def _checked(page: Page) -> None:
    upload(page)
    page.locator("summary").click()


def _done(page: Page) -> None:
    upload(page)
    page.locator("form[action$='/start'] button").click()
    page.locator("form[action$='/undo'] button").wait_for()
