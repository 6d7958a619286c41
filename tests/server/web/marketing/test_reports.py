"""The reports as pages, and the geometry of their charts."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from server.reports.answers import Question, Total
from server.web.marketing import charts, report_words
from tests.server.reports.test_campaign import deliver
from tests.server.world import World, csrf


def test_a_report_tells_in_drawings_and_in_tables_what_an_email_brought(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    desk = world.admin()
    assert "diagnosis" in desk.get("/reports").text
    page = desk.get("/reports/diagnosis").text
    assert "<svg" in page and "En tabla" in page and "style=" not in page
    assert "Personas que respondieron" in page
    assert "¿Qué te gustaría resolver primero?" in page
    assert desk.get("/reports/nothing").status_code == 404


def test_behind_a_bar_stand_its_people_to_be_tagged_and_exported(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    desk = world.admin()
    address = "/reports/diagnosis/who?block=need&value=crm"
    page = desk.get(address)
    assert "Ana Díaz" in page.text
    tagged = desk.post(
        "/reports/diagnosis/who/tag?block=need&value=crm",
        data={"csrf_token": csrf(page), "tag": "crm"},
        follow_redirects=True,
    )
    assert "1 persona tiene ahora la etiqueta" in tagged.text
    file = desk.post("/reports/diagnosis/who/export?block=need&value=crm", data={"csrf_token": csrf(page)}).text
    assert "ana@example.com" in file and "crm" in file


def test_a_report_begins_with_a_sentence_and_each_number_leads_to_its_people(world: World) -> None:
    desk = world.admin()
    assert "Todavía nadie lo ha recibido." in desk.get("/reports/diagnosis").text
    deliver(world)
    world.post("ana", "call", "yes", gesture="pointer")
    page = desk.get("/reports/diagnosis").text
    assert "1 de 2 personas respondió (50" in page and "Diagnóstico comercial" in page
    assert 'href="/reports/diagnosis/people/silent"' in page
    assert "Grace" in desk.get("/reports/diagnosis/people/silent").text
    assert "Ana Díaz" in desk.get("/reports/diagnosis/people/answered").text
    assert "Nadie por ahora" in desk.get("/reports/diagnosis/people/departed").text
    assert desk.get("/reports/diagnosis/people/nothing").status_code == 404


def test_a_score_stands_above_its_marks(world: World) -> None:
    question = Question("nps-after-service", "nps", "¿Nos recomendarías?", scale="nps")
    question.totals = {str(mark): Total(str(mark), people) for mark, people in {10: 3, 8: 1, 2: 1}.items()}
    with world.store.read() as tx:
        found = report_words.summed(tx, question, [], quotes=True)
    assert found.nps and (found.nps.score, found.nps.people) == (40, 5)


def test_two_emails_are_compared_and_one_with_itself_differs_in_nothing(world: World) -> None:
    world.post("ana", "need", "crm", gesture="pointer")
    page = world.admin().get("/reports/compare?a=diagnosis&b=diagnosis").text
    assert "puede ser azar" in page


def test_a_funnel_is_drawn_against_its_first_step() -> None:
    bars = charts.funnel([("sent", 200), ("answered", 50), ("won", 0)])
    assert [(bar.width, bar.share) for bar in bars] == [(100.0, None), (25.0, 0.25), (0.0, 0.0)]
    assert [bar.share for bar in charts.funnel([("sent", 30), ("answered", 14), ("qualified", 13)])][2] == 13 / 30
    assert [bar.width for bar in charts.funnel([("sent", 0), ("won", 0)])] == [0.0, 0.0]


def test_days_without_anybody_are_drawn_and_two_months_become_weeks() -> None:
    day = 24
    columns, weekly = charts.columns(charts.in_zone({0: 1, 3 * day: 4}, UTC))
    assert ([each.people for each in columns], weekly) == ([1, 0, 0, 4, 0, 0, 0], False)
    columns, weekly = charts.columns(charts.in_zone({0: 1, 70 * day: 4}, UTC))
    assert (len(columns), sum(each.people for each in columns), weekly) == (11, 5, True)


def test_an_hour_is_the_readers_hour() -> None:
    """1970 began on a Thursday at midnight in London, and on Wednesday evening in Bogotá."""
    week = charts.week(charts.in_zone({0: 7}, ZoneInfo("America/Bogota")))
    assert [cell for row in week for cell in row if cell.people] == [charts.Cell(2, 19, 7, charts.LEVELS)]
