"""The crowd that figures are measured on is one that could be: whatever the check of a store asks of a real one holds for it."""

from __future__ import annotations

from server import integrity
from server.bench import populate
from server.reports import answers
from tests.server.world import World


def test_a_store_filled_for_measuring_is_as_it_should_be_and_has_as_many_answers_as_asked_for(world: World) -> None:
    populate.populate(world.store, world.settings, 40, 500, world.now)
    counts = integrity.counts(world.store)
    assert (counts["contacts"], counts["events"]) == (42, 500)
    assert [finding.sentence for finding in integrity.check(world.store, world.now)] == []
    with world.store.read() as tx:
        questions = [
            question
            for email in answers.emails(tx)
            for question in answers.by_question(tx, email, answers.totals(tx, email))
        ]
    assert {question.email for question in questions} == set(populate.EMAILS)
    assert all(sum(total.people for total in each.totals.values()) == each.people for each in questions)
    assert answers.machines(questions) and answers.count(questions) < counts["answers"]
