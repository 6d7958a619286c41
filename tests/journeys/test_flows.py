"""From the rule to the call: a marketer makes a flow in the browser, a person answers, sales is alerted and ticks off the task."""

from playwright.sync_api import Page, expect

from server.sending import mailbox
from tests.journeys.conftest import Browse
from tests.journeys.pages import read, tap_in_mail
from tests.journeys.site import Site, eventually
from tests.people import ANA

SALES = "ventas@brujula.example"


def test_an_answer_becomes_an_alert_and_a_task_that_is_ticked_off(site: Site, browse: Browse, desk: Page) -> None:
    site.import_contacts(ANA)
    desk.goto("/flows")
    desk.get_by_role("main").get_by_role("link", name="Crear un flujo").first.click()
    desk.get_by_label("Título").fill("Lo quiere este mes")
    desk.get_by_label("Nombre corto").fill("urgente")
    desk.get_by_label("a la pregunta").fill("when")
    desk.get_by_label("una de estas respuestas").fill("this_month")
    desk.get_by_label("Qué hay que hacer").fill("Llamar a {person}")
    desk.get_by_label("Y además").select_option("Avisar por correo")
    desk.get_by_role("button", name="Agregar").click()
    desk.get_by_label("A quién").fill(SALES)
    desk.get_by_role("button", name="Guardar").last.click()
    expect(desk.get_by_role("status")).to_contain_text("El flujo está guardado")
    page = browse()
    read(page, site.send("diagnosis", ANA))
    page = tap_in_mail(page, "Este mes")
    page.get_by_role("button", name="Este mes").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    alert = eventually(lambda: [mail for mail in mailbox.newest(site.folder / "inbox") if SALES in mail.to])[0]
    assert f"{ANA.name} contestó «Este mes»" in alert.subject
    desk.goto("/tasks")
    desk.get_by_role("button", name=f"Hecha: Llamar a {ANA.name}").click()
    expect(desk.get_by_role("heading", name="Nada pendiente")).to_be_visible()
