"""Some replies of the corpus through the whole of `acto inbound`: signed, threaded and stored. Altered ones never answer."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clients.replies import answering, gmail, outlook, signed, typed
from tests.server.channels.place import Place
from tests.server.inbound import reply_corpus, second_corpus
from tests.server.inbound.desk import Counter

ASKED = ("call", "guide", "renew", "publish", "rsvp", "appointment", "resolved")  # yes or no, as `call` of the place


def decisions() -> list[tuple[str, reply_corpus.Case]]:
    """The replies to a single decision, of each language."""
    found = [case for language in reply_corpus.LANGUAGES for case in reply_corpus.cases(language)]
    return [(case["id"], case) for case in found if len(case["blocks"]) == 1 and case["blocks"][0]["name"] in ASKED]


def test_decisions_of_the_corpus_are_taken_as_signed_mail(open_place: Callable[..., Place]) -> None:
    """The place's question has other words than the corpus', so that some are not clear here; none may be wrong."""
    counter = Counter(open_place())
    taken = wrong = 0
    for name, case in decisions():
        raw = reply_corpus.mail(case, to=typed(counter.link("call"), "").to)
        outcome = counter.take(signed(raw))
        wanted, answers = reply_corpus.expected(case)
        got = outcome.values if outcome.result == "answered" else ()
        wrong += bool(got) and (wanted != "answer" or got != next(iter(answers.values())))
        wrong += outcome.result == "unsubscribed" and wanted != "unsubscribe"
        taken += bool(got)
        assert not wrong, (name, outcome)
    assert len(decisions()) > 60 and taken > 30


def test_decisions_of_the_second_corpus_are_taken_as_signed_mail(open_place: Callable[..., Place]) -> None:
    counter = Counter(open_place())
    found = [case for language in reply_corpus.LANGUAGES for case in second_corpus.cases(language)]
    decisions = [case for case in found if case["blocks"][0]["name"] == "call"]
    taken = 0
    for case in decisions:
        raw = reply_corpus.mail(case, to=typed(counter.link("call"), "").to)
        outcome = counter.take(signed(raw))
        readings = {reading for reading, _ in second_corpus.accepted(case)}
        values = {value for _, answers in second_corpus.accepted(case) for each in answers.values() for value in each}
        assert outcome.result != "answered" or values.issuperset(outcome.values), (case["id"], outcome)
        assert (outcome.result == "unsubscribed") == ("unsubscribe" in readings), (case["id"], outcome)
        taken += outcome.result == "answered"
    assert len(decisions) > 60 and taken > 30


def glued(raw: bytes, other: bytes, at: int) -> bytes:
    return raw[: at % len(raw)] + other[at % len(other) :]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**31), st.sampled_from(["flip", "cut", "glue", "repeat", "swap"]))
def test_flipped_cut_and_glued_mails_never_answer(counter: Counter, seed: int, how: str) -> None:
    """What is altered in no signed place is the same mail: it may answer what it said, and nothing else."""
    chance = random.Random(seed)
    yes, no = (signed(gmail(typed(counter.link("call"), text))) for text in ("Sí", "No"))
    free = signed(outlook(answering(counter.place.mail["ana"], "Sí")))
    raw = chance.choice((yes, no, free))
    at = chance.randrange(len(raw))
    changed = {
        "flip": raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :],
        "cut": raw[:at],
        "glue": glued(raw, no if raw is not no else yes, at),
        "repeat": raw[:at] + raw[at : at + 200] * 2 + raw[at + 200 :],
        "swap": raw[: at // 2] + raw[at:] + raw[at // 2 : at],
    }[how]
    outcome = counter.take(changed)
    genuine = {yes: ("yes",), no: ("no",), free: ("yes",)}
    assert outcome.result != "answered" or any(
        outcome.values == values and body(changed) == body(mail) for mail, values in genuine.items()
    ), (how, seed)


def body(raw: bytes) -> list[bytes]:
    """What is signed of it: relaxed canonicalisation forgives spaces."""
    return raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[-1].split()


@pytest.mark.parametrize(
    "tail", ["", "Enviado desde mi iPhone", "-- \nAna Díaz\nFerretería", "Libre de virus.www.avast.com"]
)
def test_a_plain_yes_outlives_its_tail(counter: Counter, tail: str) -> None:
    for at, program in enumerate((gmail, outlook)):
        reply = answering(counter.place.mail["ana"], f"Sí, claro\n\n{tail}".strip())
        raw = program(reply).replace(b"<CAB+first@", f"<{at}@".encode())
        assert counter.take(signed(raw)).values == ("yes",)
