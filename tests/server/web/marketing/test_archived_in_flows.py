"""An email is archived while flows send it: the page names them, their runs say why nothing was sent, and putting it back mends both."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.flows import flow_store, references, validation
from tests.server.flows.acting import TASK, URGENT, effects, flow, keep, states, work
from tests.server.web.marketing.desk import Desk, sit_down
from tests.server.world import World

MINUTE = 60_000
NAME = "te-echamos-de-menos"
SENDS = f'\n[[then]]\ndo = "email"\nemail = "{NAME}"\n'


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    made = sit_down(world, tmp_path / "emails")
    assert made.make("Te echamos de menos", starter="win-back") == NAME
    made.post(f"/emails/{NAME}/publish", revision="1")
    keep(world, URGENT + SENDS + TASK)
    return made


def archive(desk: Desk, state: str = "archived") -> str:
    return desk.post(f"/emails/{NAME}/state", state=state).text


def answer(world: World) -> None:
    assert world.post("ana", "when", "this_month", gesture="pointer").status_code == 200


def test_the_page_names_the_flows_that_send_it_before_and_after(desk: Desk) -> None:
    keep(desk.world, URGENT + TASK, "other")
    before = desk.browser.get(f"/emails/{NAME}").text
    assert "Este flujo lo envía:" in before and 'href="/flows/urgent"' in before and 'href="/flows/other"' not in before
    assert "hasta que lo recuperes: Wants it this month." in archive(desk)
    assert "hasta que lo recuperes" not in archive(desk, "active")


@pytest.mark.parametrize(("state", "said"), [("archived", "está archivado"), ("trashed", "está en la papelera")])
def test_its_step_is_stopped_with_the_reason_and_the_others_go_on(desk: Desk, state: str, said: str) -> None:
    world = desk.world
    archive(desk, state)
    answer(world)
    work(world, world.now + MINUTE)
    assert states(world) == [("email", "stopped", f"email_{state}"), ("task", "done", "")]
    assert f"No se envió nada, porque el correo «{NAME}» {said}." in desk.browser.get("/flows/-/runs").text
    archive(desk, "active")
    row = effects(world)[0]
    desk.post("/flows/-/runs/again", contact_id=row["contact_id"], id=row["id"])
    work(world, world.now + 2 * MINUTE)
    assert states(world)[0] == ("email", "done", "")


def test_the_flow_says_so_in_the_list_and_on_its_page_until_it_is_put_back(desk: Desk) -> None:
    archive(desk)
    for path in ("/flows", "/flows/urgent"):
        page = desk.browser.get(path).text
        assert "No envía nada, porque «Te echamos de menos» está en el archivo o en la papelera." in page
        assert f'href="/emails/{NAME}"' in page
    assert f"El correo «{NAME}» está archivado, así que no se envía nada." in desk.browser.get("/flows/urgent").text
    archive(desk, "active")
    assert "No envía nada" not in desk.browser.get("/flows").text


def test_a_flow_that_waits_for_answers_to_it_goes_on(desk: Desk) -> None:
    """Mails that were sent are still answered, so that a trigger may name an archived email."""
    archive(desk)
    waiting = flow(URGENT.replace('block = "when"', f'email = "{NAME}"\nblock = "why"') + TASK)
    with desk.world.store.read() as tx:
        known = references.of(desk.world.settings, tx)
        assert validation.check(waiting, known) == []
        assert [each.name for each in flow_store.sending(tx, NAME)] == ["urgent"]
