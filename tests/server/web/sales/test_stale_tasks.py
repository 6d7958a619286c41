"""A task says, wherever it stands, that the answer which caused it has changed since."""

from __future__ import annotations

from tests.server.flows.acting import URGENT, keep, work
from tests.server.world import World

MINUTE = 60_000
WARNING = "La respuesta que la originó cambió después"
TASK = '\n[[then]]\ndo = "task"\ntitle = "Llamar a {person}"\ndue = "1 hours"\n'


def test_a_task_whose_answer_has_changed_says_so_wherever_it_stands(world: World) -> None:
    keep(world, URGENT + TASK)
    world.post("ana", "when", "this_month", gesture="pointer")
    work(world, world.now + MINUTE)
    admin = world.admin()
    assert WARNING not in admin.get("/tasks").text
    world.post("ana", "when", "someday", gesture="pointer")
    for page in ("/tasks", "/today"):
        assert WARNING in admin.get(page).text, page
