"""Answers typed into a mail that our link began, and free replies."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.clients import replies
from tests.clients.replies import PROGRAMS, Reply, answering, gmail, signed, typed
from tests.server.channels.place import FIRST, Place
from tests.server.inbound.desk import Counter

FACT = ("contact_id", "message_id", "block", "kind", "value")  # of an event; the rest is the channel and its evidence
Program = Callable[[Reply], bytes]
OFTEN = [
    ("stars", "4", ["4"]),
    ("stars", "Un 5, muchas gracias", ["5"]),
    ("stars", "⭐⭐⭐", ["3"]),
    ("stars", "cuatro estrellas", ["4"]),
    ("stars", "2 porque llegó tarde y roto", ["2"]),
    ("topics", "A B", ["a", "b"]),
    ("topics", "b y a", ["a", "b"]),
    ("topics", "(B)", ["b"]),
    ("topics", "Dos", ["b"]),
    ("call", "Sí", ["yes"]),
    ("call", "si, gracias", ["yes"]),
    ("call", "Ok", ["yes"]),
    ("call", "No, gracias", ["no"]),
    ("call", "la B", ["no"]),
    ("call", "👍", ["yes"]),
    ("slot", "a.", [FIRST]),
    ("slot", "C", ["none"]),
    ("slot", "ninguna", ["none"]),
    ("text", "Todo bien.\nGracias", ["Todo bien.\nGracias"]),
]
NEVER = [
    ("stars", "6"),
    ("stars", "-1"),
    ("stars", "4,5"),
    ("stars", "4 o 5"),
    ("stars", ""),
    ("topics", "C"),
    ("topics", "ninguna de las dos"),
    ("call", "Sí\nNo"),
    ("call", "A ver si me entero"),
    ("slot", "A o B"),
    ("text", "  "),
]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_every_mail_program_brings_the_same_answer(counter: Counter, program: Program) -> None:
    outcome = counter.take(signed(program(typed(counter.link("topics"), "a, b"))))
    assert (outcome.result, outcome.block, outcome.values) == ("answered", "topics", ("a", "b"))
    words = "Todo llegó bien, señora: ¡gracias! — y el café, que es lo que más me importaba de verdad, caliente"
    program_says = counter.take(signed(program(replace(typed(counter.link("text"), words), message_id="<2@x>"))))
    assert (program_says.result, program_says.values) == ("answered", (words,))


def test_what_people_type_is_understood(counter: Counter) -> None:
    for at, (block, text, values) in enumerate(OFTEN):
        raw = signed(gmail(replace(typed(counter.link(block), text), message_id=f"<{at}@example.com>")))
        assert (counter.take(raw).values, text) == (tuple(values), text)


def test_what_could_mean_several_things_means_nothing(counter: Counter) -> None:
    for at, (block, text) in enumerate(NEVER):
        raw = signed(gmail(replace(typed(counter.link(block), text), message_id=f"<{at}@example.com>")))
        assert (counter.take(raw).why, text) == ("unclear", text)
    assert counter.events() == []
    assert {(hit["channel"], hit["vouched"]) for hit in counter.place.world.hits("ana")} == {("reply", "")}
    assert counter.asked == [], "no DNS for what is no answer"


def test_an_answer_by_mail_is_the_event_of_an_answer_on_the_page(counter: Counter) -> None:
    counter.place.world.post("ana", "call", "yes", gesture="touch")
    counter.take(signed(gmail(typed(counter.link("call"), "Sí"))))
    page, mail = (dict[str, Any](**event) for event in counter.events())
    assert {name: page[name] for name in FACT} == {name: mail[name] for name in FACT}
    assert (mail["channel"], mail["grade"], json.loads(str(mail["reasons"]))) == (
        "reply",
        "authenticated",
        ["vouched_dkim"],
    )
    answer, lead = counter.place.world.answer("ana", "call"), counter.place.world.lead("ana")
    assert answer and lead and (answer["values"], answer["state"], answer["changes"]) == (["yes"], "confirmed", 0)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_a_free_reply_answers_the_open_question_for_words(counter: Counter, program: Program) -> None:
    """Thunderbird's person writes under the quote."""
    raw = signed(program(answering(counter.place.mail["ana"], "Faltaba una taza,\npero os quiero.")))
    outcome = counter.take(raw)
    assert (outcome.channel, outcome.block, outcome.values) == (
        "reply",
        "text",
        ("Faltaba una taza,\npero os quiero.",),
    )
    again = counter.take(raw)
    assert (again.result, again.block, again.replay) == ("answered", "text", True)
    assert len(counter.events()) == 1


def test_a_free_reply_of_few_words_answers_the_one_question_they_fit(counter: Counter) -> None:
    for block, value in (("text", "x"), ("stars", "4"), ("topics", "a")):
        counter.place.world.post("ana", block, value, gesture="touch")
    mail = counter.place.mail["ana"]
    unclear = counter.take(signed(gmail(replace(answering(mail, "A"), message_id="<1@x>"))))
    assert (unclear.result, unclear.why) == ("kept", "unclear")
    hedged = counter.take(signed(gmail(replace(answering(mail, "Sí, pero antes dime el precio"), message_id="<2@x>"))))
    assert (hedged.result, hedged.why) == ("kept", "unclear")
    outcome = counter.take(
        signed(gmail(replace(answering(mail, "Hola:\n\nSí, gracias.\n\nUn saludo,\nAna Díaz"), message_id="<3@x>")))
    )
    assert (outcome.block, outcome.values) == ("call", ("yes",))


def test_a_mail_to_no_message_of_ours_is_left_alone(counter: Counter) -> None:
    for raw in (
        gmail(Reply("Hola", "info@in.example.com")),
        gmail(Reply("Hola", "r+notatokenofours00000000.aaaaaaaaaaaaaaaa@in.example.com")),
        gmail(Reply("Hola", "info@in.example.com", in_reply_to="<0123456789abcdefghjk@acto.example.com>")),
    ):
        assert (counter.take(signed(raw)).result, counter.take(signed(raw)).why) == ("ignored", "not_ours")


def test_a_reply_address_of_another_domain_is_not_ours(counter: Counter) -> None:
    reply = typed(counter.link("call"), "Sí")
    assert (
        counter.take(
            signed(gmail(replace(reply, to=reply.to.replace("in.example.com", "in.example.com.evil.net"))))
        ).why
        == "not_ours"
    )


def test_a_reply_address_may_lose_its_case_and_stand_among_others(counter: Counter) -> None:
    reply = typed(counter.link("call"), "Sí")
    raw = signed(gmail(replace(reply, to=f'"Brújula" <otra@example.net>, {reply.to.upper()}')))
    assert counter.take(raw).values == ("yes",)


def test_words_longer_than_the_limit_are_cut_and_the_hit_keeps_them(counter: Counter) -> None:
    outcome = counter.take(signed(gmail(typed(counter.link("text"), "ñ" * 800))))
    assert (len(outcome.values[0]), outcome.values[0][-2:]) == (500, "ñ…")


def test_a_reply_after_ninety_days_is_kept_and_no_answer(counter: Counter) -> None:
    raw = signed(gmail(typed(counter.link("call"), "Sí")))
    day = 86_400_000
    assert (counter.take(raw, later_ms=91 * day).result, counter.take(raw, later_ms=91 * day).why) == (
        "kept",
        "too_old",
    )
    assert counter.take(raw, later_ms=89 * day).result == "answered"


def test_a_time_that_somebody_took_is_said_to_be_taken(counter: Counter) -> None:
    counter.place.world.post("grace", "slot", FIRST, gesture="touch")
    outcome = counter.take(signed(gmail(typed(counter.link("slot"), "A"))))
    assert (outcome.result, outcome.why) == ("kept", "taken")
    assert counter.events() == []


def test_microsoft_signs_no_to_and_is_believed(counter: Counter) -> None:
    raw = signed(replies.outlook(typed(counter.link("call"), "Sí")), headers=replies.LIKE_MICROSOFT)
    assert counter.take(raw).values == ("yes",)


def test_a_letter_means_the_time_it_stood_for_when_the_mail_was_written(
    open_place: Callable[..., Place], now: int
) -> None:
    """What was past by then got no letter; what became past since keeps its own."""
    slots = [slot(now, timedelta(hours=hours)) for hours in (-3, 2, 9)]
    counter = Counter(open_place({"slots": slots}))
    reply = typed(counter.link("slot"), "B")
    assert "C = Ninguna" in reply.text and "D = " not in reply.text
    third = counter.take(signed(gmail(reply)), later_ms=3 * 3_600_000)
    assert (third.result, third.values[0][:8]) == ("answered", slots[2]["start"][:10].replace("-", ""))


def test_a_letter_that_may_have_stood_for_another_time_means_nothing(
    open_place: Callable[..., Place], now: int
) -> None:
    """A time began while the mail was on its way out: nobody can tell whether it had a letter."""
    slots = [slot(now, timedelta(minutes=minutes)) for minutes in (-5, 90, 180)]
    counter = Counter(open_place({"slots": slots}))
    assert counter.take(signed(gmail(typed(counter.link("slot"), "A")))).why == "unclear"
    typed_out = replace(typed(counter.link("slot"), "Ninguna"), message_id="<2@x>")
    assert counter.take(signed(gmail(typed_out))).values == ("none",)


def slot(now: int, later: timedelta) -> dict[str, Any]:
    """Half an hour, as a send brings it."""
    return {"start": (datetime.fromtimestamp(now / 1000, UTC) + later).isoformat(), "minutes": 30}
