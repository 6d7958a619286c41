"""Saved segments: one name each, and none is deleted while a campaign or a flow needs it; rules read as sentences in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from server import jsontext
from server.campaigns import plans
from server.campaigns.plans import Plan
from server.errors import CannotDo
from server.flows import flow_store, model
from server.segments import names, people, rules, saved, words
from server.segments.refusals import SAVING
from server.store import Session, Store
from tests.server.world import World

VIP: Any = {"all": [{"is": "tag", "tag": "vip"}]}
ME = "ana@example.com"


def add(tx: Session, name: str, now: int) -> str:
    return saved.add(tx, name, VIP, ME, now)["id"]


def test_a_name_belongs_to_one_segment_however_it_is_written(store: Store, now: int) -> None:
    first = store.write(lambda tx: add(tx, "  Clientes   de Bogotá ", now))
    with pytest.raises(CannotDo) as refusal:
        store.write(lambda tx: add(tx, "CLIENTES DE BOGOTA", now))
    assert refusal.value.english == SAVING["name_taken"]
    second = store.write(lambda tx: add(tx, "Otros", now))
    with pytest.raises(CannotDo):
        store.write(lambda tx: saved.change(tx, second, "clientes de bogotá", VIP, ME, now))
    store.write(lambda tx: saved.change(tx, first, "clientes de Bogotá", rules.EVERYBODY, ME, now))
    with store.read() as tx:
        assert saved.find(tx, first)["name"] == "clientes de Bogotá"
        assert saved.rule_of(saved.find(tx, first)) == rules.EVERYBODY
        assert [row["name"] for row in tx.segments.listed(archived=0, after="", limit=9)] == [
            "clientes de Bogotá",
            "Otros",
        ]


@pytest.mark.parametrize(("name", "problem"), [("  ", "no_name"), ("x" * 81, "long_name")])
def test_a_segment_needs_a_usable_name(store: Store, now: int, name: str, problem: str) -> None:
    with pytest.raises(CannotDo) as refusal:
        store.write(lambda tx: add(tx, name, now))
    assert refusal.value.english == SAVING[problem]


def test_a_segment_that_a_campaign_or_a_flow_uses_is_kept(store: Store, now: int) -> None:
    def write(tx: Session) -> str:
        segment_id = add(tx, 'VIP 100 % "a"', now)
        plans.add(tx, Plan("hello", {"segment": segment_id}, time_zone="UTC"), ME, now)
        rule = {"title": "", "when": {"happens": "answered"}, "if": {"segment": 'VIP 100 % "a"'}, "then": []}
        flow_store.save(tx, model.of_rule("call-them", rule), ME, now)
        return segment_id

    segment_id = store.write(write)
    with pytest.raises(CannotDo) as refusal:
        store.write(lambda tx: saved.delete(tx, segment_id))
    assert refusal.value.sentence("es") == (
        "El segmento se usa en el envío del correo «hello»; el flujo «call-them». "
        "Elige antes otras personas allí, o archiva el segmento."
    )
    store.write(lambda tx: saved.set_archived(tx, segment_id, True, ME, now))
    other = store.write(lambda tx: add(tx, "unused", now))
    store.write(lambda tx: saved.delete(tx, other))
    with store.read() as tx:
        assert [row["id"] for row in tx.segments.listed(archived=1, after="", limit=9)] == [segment_id]
        assert tx.segments.by_id(id=other) is None
        assert people.count(tx, saved.rule_of(saved.find(tx, segment_id)), now) == 0


def test_a_rule_reads_as_a_sentence(world: World) -> None:
    rule = rules.checked(
        {
            "all": [
                {"is": "answered", "email": "diagnosis", "question": "when", "options": ["this_month"], "days": 30},
                {"not": {"is": "booked"}},
                {"any": [{"is": "country", "country": "CO"}, {"not": {"any": [{"is": "tag", "tag": "vip"}]}}]},
            ]
        }
    )
    with world.store.read() as tx:
        spanish, english = (words.sentence(rule, names.Names(tx, each)) for each in ("es", "en"))
    assert spanish == (
        "Respondió «Este mes» a «¿Para cuándo lo querrías resuelto?» en «diagnosis» en los últimos 30 días y no ha reservado "
        "ninguna cita y (está en Colombia o no se cumple que (tiene la etiqueta «vip»))"
    )
    assert english.endswith("and has not booked an appointment and (is in Colombia or not (has the tag “vip”))")


@pytest.mark.parametrize(
    ("rule", "english"),
    [
        (rules.EVERYBODY, "Everybody"),
        ({"any": []}, "Nobody"),
        ({"is": "added", "days": 1}, "Was added in the last 24 hours"),
        ({"not": {"is": "name", "how": "empty"}}, "Has a name"),
        ({"is": "sent", "days": 7}, "Was sent an email in the last 7 days"),
        ({"is": "people", "ids": ["a", "b"]}, "Is one of 2 chosen people"),
        ({"is": "language"}, "Has no language of their own"),
        (
            {"is": "answered", "email": "gone", "question": "need", "options": ["a", "b"]},
            "Answered “a” or “b” to “need” in “gone”",
        ),
        ({"is": "refused", "scope": "all"}, "Gets no mail at all"),
    ],
)
def test_each_form_of_a_condition_has_its_sentence(store: Store, rule: Any, english: str) -> None:
    with store.read() as tx:
        assert words.sentence(rules.checked(rule), names.Names(tx, "en")) == english


def test_a_rule_is_stored_as_it_is_read(store: Store, now: int) -> None:
    given = {"is": "tag", "tag": " vip "}
    row = store.write(lambda tx: saved.add(tx, "x", given, ME, now))
    assert jsontext.loads(row["rule"]) == {"is": "tag", "tag": "vip"}
