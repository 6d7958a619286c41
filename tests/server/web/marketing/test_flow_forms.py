"""The form of a flow: everything is chosen by its words, and a flow that is only looked at stays as its file has it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from server.flows import flow_store, reading
from tests.server.flows.acting import URGENT, keep
from tests.server.world import World

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
SPANISH = {"Accept-Language": "es"}
WAITS = st.one_of(
    st.builds("{} {}s".format, st.integers(2, 50), st.sampled_from(["second", "minute", "hour", "day", "week"])),
    st.sampled_from(["1 hour", "1 day", "2 horas", "10 minutos", "1 semana"]),
)
UNLESS = st.sampled_from(
    ["booked", "unsubscribed", "stage won", "tagged vip", "answered when", "answered when this_month"]
)
HOURS = st.sampled_from(["08:00-18:00", "00:00-24:00", "13:30-23:59"])
DAYS = st.sampled_from([["mon"], ["mon", "wed"], ["wed", "sun"]])  # in the order of the week, as boxes stand


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


WHEN = st.one_of(
    st.just({"happens": "answered", "block": "when"}),
    st.just({"happens": "changed", "email": "diagnosis", "block": "when"}),
    st.lists(st.sampled_from(["this_month", "someday"]), min_size=1, unique=True).map(
        lambda values: {"happens": "answered", "block": "when", "values": values}
    ),
    st.sampled_from([["0-6"], ["9", "10"], ["0", "1", "2"], ["0-6", "10"]]).map(
        lambda values: {"happens": "answered", "email": "nps-after-service", "block": "recommend", "values": values}
    ),
    st.sampled_from(["hot", "won"]).map(lambda stage: {"happens": "stage", "stage": stage}),
    st.just({"happens": "unsubscribed"}),
)
ONLY = _some(
    **{"class": st.sampled_from(["marketing", "transactional"])},
    stage=st.just("warm"),
    tag=st.just("vip"),
    without_tag=st.just("customer"),
    days=DAYS,
    hours=HOURS,
    zone=st.just("America/Bogota"),
)
ALWAYS = {"after": WAITS, "unless": UNLESS}
THEN = st.one_of(
    _some(**ALWAYS, due=WAITS, owner=st.sampled_from(["owner", "sales@example.com"])).map(
        lambda each: {"do": "task", "title": "Call {person}", **each}
    ),
    _some(**ALWAYS).map(lambda each: {"do": "alert", "to": ["owner"], **each}),
    _some(**ALWAYS).map(lambda each: {"do": "tag", "tag": "new-one", **each}),
    _some(**ALWAYS).map(lambda each: {"do": "stage", "stage": "hot", **each}),
)
RULES = st.fixed_dictionaries(
    {"title": st.just("Drawn"), "when": WHEN, "if": ONLY, "then": st.lists(THEN, min_size=1, max_size=3)}
)


def fields(page: str) -> dict[str, list[str]]:
    """Return what a browser sends for the form of a page, without its buttons."""
    (form,) = html.fromstring(page).xpath("//form[@data-flow]")
    found: dict[str, list[str]] = {}
    for each in form.iter("input", "select", "textarea"):
        kind, name = each.get("type", ""), each.get("name")
        if not name or (kind in ("checkbox", "radio") and "checked" not in each.attrib):
            continue
        found.setdefault(name, []).append(each.value or "")
    return found


@ONE_ENGINE
@given(rule=RULES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flow_that_is_saved_as_its_form_shows_it_is_the_same_flow(world: World, rule: dict[str, Any]) -> None:
    read = reading.of_data("drawn", rule)
    assert read.flow and not read.mistakes
    wanted = read.flow
    world.store.write(lambda tx: flow_store.save(tx, wanted, "test", world.now))
    browser = world.admin()
    sent = fields(browser.get("/flows/drawn").text)
    reply = browser.post("/flows", data=sent)
    assert reply.status_code in (302, 422)  # a flow may name what this small world has not
    with world.store.read() as tx:
        kept = flow_store.by_name(tx, "drawn")
    assert kept
    again = reading.of_data("drawn", {**kept.rule})
    assert again.flow and again.flow.rule == wanted.rule
    if reply.status_code == 422:
        shown = fields(reply.text)
        assert {name: value for name, value in shown.items() if name != "csrf_token"} == {
            name: value for name, value in sent.items() if name != "csrf_token"
        }


@ONE_ENGINE
def test_questions_and_answers_stand_there_by_their_words(world: World) -> None:
    keep(world, URGENT + '\n[[then]]\ndo = "task"\ntitle = "Call"\ndue = "4 hours"\n')
    browser = world.admin()
    page = html.fromstring(browser.get("/flows/urgent", headers=SPANISH).text)
    (question,) = page.xpath("//select[@name='when.block']/optgroup[contains(@label, 'Diagn')]/option[@value='when']")
    assert question.text == "¿Para cuándo lo querrías resuelto?"
    ticks = page.xpath("//input[@name='when.values'][@checked]/..")
    assert [tick.text_content().strip() for tick in ticks] == ["Este mes"]
    assert page.xpath("string(//select[@name='then.0.due.unit']/option[@selected])") == "horas"
    listed = html.fromstring(browser.get("/flows", headers=SPANISH).text).xpath("string(//div[@class='flow'])")
    assert "«Este mes» a ¿Para cuándo lo querrías resuelto?" in " ".join(listed.split())


@ONE_ENGINE
def test_choosing_another_question_takes_the_answers_of_the_former_one_away(world: World) -> None:
    keep(world, URGENT + '\n[[then]]\ndo = "task"\ntitle = "Call"\n')
    browser = world.admin()
    sent = fields(browser.get("/flows/urgent").text)
    reply = browser.post("/flows/-/try", data={**sent, "when.block": "call", "show": "1"})
    page = html.fromstring(reply.text)
    assert "yes" in [tick.get("value") for tick in page.xpath("//input[@name='when.values'][@type='checkbox']")]
    assert not page.xpath("//input[@name='when.values'][@checked]")
    other = browser.post("/flows/-/try", data={**sent, "when.email": "event-rsvp", "show": "1"})
    assert not html.fromstring(other.text).xpath("//select[@name='when.block']/option[@value='when']")


@ONE_ENGINE
def test_a_new_flow_needs_no_name_of_a_file(world: World) -> None:
    browser = world.admin()
    sent = fields(browser.get("/flows/-/new").text)
    filled = {**sent, "title": "Quiere hablar ya", "when.block": "when", "then.0.title": "Llamar"}
    for place in ("/flows/quiere-hablar-ya", "/flows/quiere-hablar-ya-2"):
        assert browser.post("/flows", data=filled).location.endswith(place)
