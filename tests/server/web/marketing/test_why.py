"""“Why not me?”: every rule for one person and one email, with its facts; a rule without effect here is never said to pass."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from server.contacts import suppressions
from tests.server import apps
from tests.server.web.marketing.test_campaigns import send_all
from tests.server.world import World


def test_why_not_me_names_every_rule_with_its_facts(world: World, mara: Any) -> None:
    ana = world.people["ana"]
    world.store.write(lambda tx: suppressions.unsubscribe(tx, ana["id"], "", world.now))
    asked = mara.get("/why?address=ANA@example.com&email=diagnosis")
    assert asked.status_code == 302
    page = mara.get(asked.location).text
    assert "No lo recibe." in page
    assert "Se dio de baja" in page
    assert page.count('class="mark-word"') == 10
    assert "No hay un contacto" in mara.get("/why?address=nobody@example.com&email=diagnosis").text


def rules(page: str) -> dict[str, str]:
    """What each rule says, with the sentence under it."""
    found = re.findall(
        r'<span class="mark-word">([^<]+)</span>\s*<div>\s*<strong>([^<]+)</strong>(.*?)</div>', page, re.S
    )
    return {name: f"{says}: {' '.join(re.sub('<[^>]+>', ' ', rest).split())}" for says, name, rest in found}


def test_why_not_me_says_which_rules_have_no_effect_here(world: World) -> None:
    """A rule that the settings switch off, or that has nothing to compare with, is never said to pass."""
    off = replace(world.settings, marketing_hours="any", marketing_per_day=0, marketing_per_week=0)
    send_all(world, world.now)
    page = replace(world, settings=off, app=apps.over(off, world.store)).member("marketer")
    ana = world.people["ana"]["id"]
    found = rules(page.get(f"/why/{ana}?email=diagnosis").text)
    assert found["La ley permite publicidad a esta hora"].startswith("No aplica: Esta instalación no aplica")
    limit = found["La persona no ha recibido demasiado marketing últimamente"]
    assert limit.startswith("No aplica: No hay ningún límite puesto. 1 correo de marketing")


def test_from_why_one_comes_to_another_person_and_a_known_one_without_an_email(world: World, mara: Any) -> None:
    asked = mara.get("/why?address=ana@example.com")
    assert asked.status_code == 302
    assert 'href="/why' in mara.get(asked.location).text
