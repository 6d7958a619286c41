"""What a marketer sees who writes an email, as stops of a walk; tour.py has the others."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.server.branding import drawings


def stops() -> dict[str, Callable[[Page], object]]:
    """What a marketer sees who writes an email."""
    return {
        "images-empty": lambda page: page.goto("/images"),
        "image": _uploads,
        "images": lambda page: page.goto("/images"),
        "brand-empty": lambda page: page.goto("/brand"),
        "brand-wrong": _miscolours,
        "brand": _brands,
        "emails-nobody": lambda page: page.goto("/emails?q=zzz"),
        "emails-trash-empty": lambda page: page.goto("/emails?state=trashed"),
        "email-gallery": lambda page: page.goto("/emails/-/new"),
        "email-new-wrong": _misnames,
        "email-made": _makes_an_email,
        "email-edit": _edits,
        "email-edit-one-body": _uses_one_body,
        "email-edit-person": _shows_a_person,
        "email-edit-wrong": _mistypes,
        "email-two-versions": _saves_twice,
    }


def _uploads(page: Page) -> None:
    page.goto("/images")
    page.locator("input[type=file]").set_input_files(
        {"name": "faro.png", "mimeType": "image/png", "buffer": drawings.drawn(size=(640, 240))}
    )
    page.locator("input[name=alt_es]").fill("Un faro al anochecer")
    page.locator("input[name=alt_en]").fill("A lighthouse at dusk")
    page.locator(".upload .primary").click()
    page.locator(".picture-of.large").wait_for()


def _miscolours(page: Page) -> None:
    page.goto("/brand")
    page.locator("input[name=color]").fill("verde")
    page.locator("form.branding .primary").click()
    page.locator("label.wrong").wait_for()


def _brands(page: Page) -> None:
    page.goto("/brand")
    page.locator("input[name=color]").fill("#0f6b5f")
    page.locator("textarea[name=social]").fill("https://www.instagram.com/brujula\nhttps://brujula.example")
    page.locator("form.branding .primary").click()
    page.locator(".flash[role=status]").wait_for()


def _misnames(page: Page) -> None:
    """The name of a folder's email is taken."""
    page.goto("/emails/-/new/diagnosis")
    page.locator("summary").click()
    page.locator("input[name=name]").fill("diagnosis")
    page.locator("main button.primary").click()
    page.get_by_role("alert").wait_for()


def _makes_an_email(page: Page) -> None:
    page.goto("/emails/-/new/diagnosis")
    page.locator("input[name=folder]").fill("Campaña de mayo")
    page.locator("main button.primary").click()
    page.wait_for_url("**/edit")
    page.goto(page.url.removesuffix("/edit"))
    page.locator(".manage").wait_for()


def _edits(page: Page) -> None:
    _makes_an_email(page)
    page.goto(f"{page.url}/edit")
    page.locator("input[name='subject.es']").fill("¿Hablamos de cómo vendes hoy?")
    page.locator(
        ".inbox-row", has_text="¿Hablamos" if page.locator("html").get_attribute("lang") == "es" else "Ana"
    ).wait_for()


def _uses_one_body(page: Page) -> None:
    _makes_an_email(page)
    page.goto(f"{page.url}/edit", wait_until="load")
    page.locator(".body summary").click()
    page.locator("button[name=shared]").click()
    page.locator("button[name=own]").first.wait_for()


def _shows_a_person(page: Page) -> None:
    _makes_an_email(page)
    page.goto(f"{page.url}/edit", wait_until="load")
    page.locator("select[name=person]").select_option("quotes")
    page.locator(".inbox-row", has_text="Zoë").wait_for()
    page.locator("input[name=address]").fill("nobody@example.com")
    page.locator("input[name=address]").press("Enter")
    page.locator(".beside .flash.warning").wait_for()


def _mistypes(page: Page) -> None:
    _edits(page)
    body = page.locator("[name$='/body.mjml']")
    body.fill(body.input_value().replace("<mj-body", "<mj-colum></mj-colum><mj-body"))
    page.locator(".stale:not(:empty)").wait_for()


def _saves_twice(page: Page) -> None:
    """Two tabs of one person are two writers."""
    _makes_an_email(page)
    address = f"{page.url}/edit"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.locator("input[name='subject.es']").fill("¿Hablamos el martes?")
    other.locator("form.editor .saving .primary").click()
    other.locator(".saved:not(.not)", has_text="2").wait_for()
    other.close()
    page.locator("input[name='subject.es']").fill("¿Qué te frena hoy, Ana?")
    page.locator("form.editor .saving .primary").click()
    page.locator("form.merge").wait_for()
