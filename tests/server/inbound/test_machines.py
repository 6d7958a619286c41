"""Mail that a machine wrote is no answer."""

from __future__ import annotations

from dataclasses import replace

from tests.clients.replies import answering, gmail, signed, typed
from tests.server.inbound.desk import Counter

MACHINES = [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated",
    "Precedence: bulk",
    "Precedence: auto_reply",
    "X-Autoreply: yes",
    "X-Autorespond: Fuera de la oficina",
    "Return-Path: <>",
    "List-Id: <everybody.example.com>",
]


SUBJECTS = ["Respuesta automática: Tu pedido", "=?utf-8?Q?Fuera_de_la_oficina?=", "Automatic reply: x", "Out of office"]


def test_a_machine_answers_nothing(counter: Counter) -> None:
    raw = gmail(answering(counter.place.mail["ana"], "Estoy fuera hasta el lunes."))
    for header in MACHINES:
        outcome = counter.take(signed(f"{header}\r\n".encode() + raw))
        assert (outcome.result, outcome.why, header) == ("kept", "automatic", header)
    assert counter.events() == []


def test_a_subject_says_that_nobody_was_there(counter: Counter) -> None:
    reply = answering(counter.place.mail["ana"], "Vuelvo el lunes.")
    for subject in SUBJECTS:
        assert counter.take(signed(gmail(replace(reply, subject=subject)))).why == "automatic"


def test_a_person_may_say_that_no_machine_wrote_it(counter: Counter) -> None:
    yes = typed(counter.link("call"), "Sí")
    assert counter.take(signed(b"Auto-Submitted: no\r\n" + gmail(yes))).result == "answered"


def test_a_bounce_is_no_answer_and_leaves_no_trace(counter: Counter) -> None:
    mail = counter.place.mail["ana"]
    raw = gmail(answering(mail, "550 no such user")).replace(
        b"multipart/alternative;", b"multipart/report; report-type=x;"
    )
    assert (counter.take(signed(raw)).result, counter.take(signed(raw)).why) == ("ignored", "report")
    assert counter.place.world.hits("ana") == []
