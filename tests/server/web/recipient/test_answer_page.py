"""What stands on the page of an answer, in which order: the choice, the other answers, who asks and what is kept."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.server.world import World

STANDING = {  # in the order of the page
    "ana": (
        '<button class="button primary chosen" name="choice" value="crm" data-chosen>',
        "O elige otra respuesta",
        'name="choice" value="follow_up"',
        'name="choice" value="proposals"',
        "Respondes como a***@example.com.",
        "¿Qué se guarda?",
    ),
    "grace": (
        '<button class="button primary chosen" name="choice" value="crm" data-chosen>',
        "Or choose another answer",
        'name="choice" value="follow_up"',
        'name="choice" value="proposals"',
        "You answer as g***@",
        "What is kept?",
    ),
}


@pytest.mark.parametrize("name", STANDING)
def test_the_choice_comes_first_then_the_other_answers_then_who_asks_and_what_is_kept(world: World, name: str) -> None:
    page = unescape(world.visitor().get(f"/a/{world.token(name, 'need')}/crm").text)
    places = [page.find(words) for words in STANDING[name]]
    assert -1 not in places and places == sorted(places)


def test_a_question_with_a_condition_is_asked_once_the_condition_holds(world: World) -> None:
    """How well the process works is asked of those who said what they need."""
    assert _next(world, "when", "someday") == "¿Hablamos 20 minutos?"
    assert _next(world, "call", "no") == "¿Qué te gustaría resolver primero?", "what the condition is about comes first"
    assert _next(world, "need", "crm") == "¿Cómo funciona hoy tu proceso comercial?"
    assert _next(world, "process", "3") == "", "no time is offered to somebody who wants no call"


def _next(world: World, block: str, choice: str) -> str:
    """Answer, and return the question that the page asks next."""
    page = unescape(world.post("ana", block, choice, gesture="pointer").text)
    found = re.search(r'<section class="next">.*?<h2>(.*?)</h2>', page, re.DOTALL)
    return found[1] if found else ""
