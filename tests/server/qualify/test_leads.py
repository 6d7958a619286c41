"""Leads as they are stored, on each engine: as of a day, by a table, and equal to what their answers give."""

from __future__ import annotations

from typing import Any

from server.qualify import rescoring, scoring, scoring_models
from server.qualify.scoring import DAY_MS, ScoringModel, Stage
from tests.server.world import World

STRICT = ScoringModel(stages=(Stage("hot", 300, 30), Stage("warm", 299, 0), Stage("cold", 0, 0)))


def hot(world: World) -> str:
    for block, choice in (("need", "follow_up"), ("when", "this_month"), ("call", "yes")):
        world.post("ana", block, choice, gesture="pointer")
    return str(world.people["ana"]["id"])


def stages(world: World) -> list[tuple[str, str]]:
    with world.store.read() as tx:
        rows = tx.activities.of_contact(contact_id=world.people["ana"]["id"])
    return [(row["was"], row["text"]) for row in rows if row["kind"] == "stage"]


def wrong(world: World) -> list[str]:
    contact_id = world.people["ana"]["id"]
    with world.store.read() as tx:
        row, answers = tx.leads.by_contact(contact_id=contact_id), tx.answers.of_contact(contact_id=contact_id)
        return list(rescoring.wrong(tx, row, answers))


def test_points_fade_overnight_and_the_worker_sees_to_it_once(world: World) -> None:
    hot(world)
    before = world.lead("ana")
    later = world.now + 60 * DAY_MS
    assert (rescoring.due(world.store, later), rescoring.due(world.store, later)) == (1, 0)
    after = world.lead("ana")
    assert (before["stage"], after["stage"]) == ("hot", "warm")
    assert before["worth"] > after["worth"] > 0
    assert stages(world)[-1] == ("hot", "warm")
    assert wrong(world) == []


def test_another_table_holds_for_everybody_soon_and_says_before_who_would_move(world: World) -> None:
    contact_id = hot(world)
    with world.store.read() as tx:
        preview = rescoring.preview(tx, STRICT, world.now)
    assert (preview.leads, dict(preview.moves), preview.named[0].contact_id) == (1, {("hot", "cold"): 1}, contact_id)
    assert world.lead("ana")["stage"] == "hot", "looking changes nothing"
    world.store.write(lambda tx: scoring_models.save(tx, STRICT, "Laura", world.now))
    assert rescoring.due(world.store, world.now) == 1
    assert world.lead("ana")["stage"] == "cold"
    assert wrong(world) == []


def test_an_answer_after_the_change_is_scored_by_the_new_table_at_once(world: World) -> None:
    world.store.write(lambda tx: scoring_models.save(tx, STRICT, "Laura", world.now))
    hot(world)
    assert world.lead("ana")["stage"] == "cold"
    assert rescoring.due(world.store, world.now) == 0


def test_recomputing_everything_finds_what_was_changed_behind_our_back_and_mends_it(world: World) -> None:
    contact_id = hot(world)
    assert list(rescoring.recompute(world.store, world.now)) == []
    world.store.write(lambda tx: tx.leads.rescore(**_other(contact_id)))
    assert wrong(world)
    assert list(rescoring.recompute(world.store, world.now)) == [contact_id]
    assert wrong(world) == []


def test_a_table_with_a_typo_says_each_field_and_what_would_be_right() -> None:
    typed = {name: str(value) for name, value in scoring_models.fields(ScoringModel()).items()}
    assert scoring_models.read(typed) == ScoringModel()
    wrong = scoring_models.read({**typed, "hot_worth": "8o", "urgency_half_life": "0"})
    assert isinstance(wrong, list)
    assert [(each.field, each.least, each.most) for each in wrong] == [
        ("hot_worth", 0, 300),
        ("urgency_half_life", 1, 3650),
    ]
    above = scoring_models.read({**typed, "warm_worth": "90"})
    assert isinstance(above, list) and above[0].above == "hot_worth"


def test_a_table_survives_the_store(world: World) -> None:
    world.store.write(lambda tx: scoring_models.save(tx, STRICT, "Laura", world.now))
    with world.store.read() as tx:
        assert scoring_models.current(tx).table == STRICT


def _other(contact_id: str) -> dict[str, Any]:
    scores = dict.fromkeys((*scoring.DIMENSIONS, "worth"), 1)
    return {
        "contact_id": contact_id,
        "product": "x",
        "products": "[]",
        "product_names": ",",
        "stage": "cold",
        "reasons": "[]",
        "scored_on": 1,
        "scored_by": "",
        "now": 1,
        **scores,
    }
