"""Answers from AMP mail."""

from __future__ import annotations

import json

import pytest

from tests.clients import amp
from tests.clients.amp import Form, Proxy, Version
from tests.server.channels.place import FIRST, SECOND, SENDER, Place


def proxy(place: Place, version: Version = 2) -> Proxy:
    return Proxy(place.world.visitor(), SENDER, version)


def form(place: Place, name: str, block: str) -> Form:
    """The form of a block, as the person's mail has it."""
    keyring = place.world.keyring
    forms = amp.forms(place.part(name, "text/x-amp-html"))
    return next(
        each
        for each in forms
        if keyring.read("amp", each.url.rpartition("/")[2], place.world.now // 1000).block == block
    )


def state(place: Place, name: str, block: str) -> str:
    return form(place, name, block).url.replace("/amp/", "/s/")


@pytest.mark.parametrize("version", [1, 2])
def test_an_answer_in_the_mail_counts_at_once(place: Place, version: Version) -> None:
    reply = proxy(place, version).submit(form(place, "ana", "stars"), "4")
    assert (reply["status"], reply["message"]) == (200, "Gracias, quedó guardado")
    answer = place.world.answer("ana", "stars")
    assert answer and (answer["values"], answer["grade"], answer["state"]) == (["4"], "gestured", "confirmed")
    (event,) = place.world.events("ana")
    assert (event["channel"], json.loads(event["reasons"])) == ("amp", ["gesture_amp"])


@pytest.mark.parametrize(
    ("block", "choice"),
    [
        ("topics", ("a", "b")),
        ("call", ("yes",)),
        ("slot", (FIRST,)),
        ("text", ("Más café ☕, gracias",)),
        ("parts", ("x",)),
    ],
)
def test_every_block_answers(place: Place, block: str, choice: tuple[str, ...]) -> None:
    assert proxy(place).submit(form(place, "ana", block), *choice)["status"] == 200
    answer = place.world.answer("ana", block)
    assert answer and answer["values"] == list(choice)


@pytest.mark.parametrize("version", [1, 2])
def test_a_list_reads_how_a_block_stands(place: Place, version: Version) -> None:
    client = proxy(place, version)
    assert client.list(state(place, "ana", "stars")) | {"options": []} == {
        "status": 200,
        "note": "",
        "open": True,
        "options": [],
    }
    client.submit(form(place, "ana", "stars"), "4")
    assert client.list(state(place, "ana", "stars"))["note"] == "Respondiste: 4 estrellas. Puedes cambiarla."
    assert [hit["purpose"] for hit in place.world.hits("ana")].count("state") == 2
    assert len(place.world.events("ana")) == 1


def test_a_time_that_somebody_else_took_is_gone_for_everybody_but_them(place: Place) -> None:
    client = proxy(place)
    client.submit(form(place, "ana", "slot"), FIRST)
    taken = {each["value"]: each["taken"] for each in client.list(state(place, "grace", "slot"))["options"]}
    assert taken == {FIRST: True, SECOND: False, "none": False}
    own = {each["value"]: each["taken"] for each in client.list(state(place, "ana", "slot"))["options"]}
    assert own == {FIRST: False, SECOND: False, "none": False}
    refused = client.submit(form(place, "grace", "slot"), FIRST)
    assert (refused["status"], refused["message"][:30]) == (409, "Esa hora ya no está libre: alg")
    assert place.world.answer("grace", "slot") is None


def test_a_mail_that_is_not_ours_is_refused(place: Place) -> None:
    target = form(place, "ana", "stars")
    with pytest.raises(amp.Refused):
        Proxy(place.world.visitor(), "evil@example.net").submit(target, "4")
    path = target.url.removeprefix("https://acto.example.com")
    assert place.world.visitor().post(path, data={"choice": "4"}).status_code == 403
    assert place.world.events("ana") == []


def test_version_two_wins_where_both_are_sent(place: Place) -> None:
    path = form(place, "ana", "stars").url.removeprefix("https://acto.example.com")
    headers = {"AMP-Email-Sender": SENDER, "Origin": amp.ORIGIN}
    reply = place.world.visitor().post(f"{path}?__amp_source_origin={SENDER}", data={"choice": "4"}, headers=headers)
    assert reply.headers["AMP-Email-Allow-Sender"] == SENDER
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_what_cannot_be_answered_is_said_in_the_mail(place: Place) -> None:
    client, stars = proxy(place), form(place, "ana", "stars")
    broken = Form(stars.url[:-3] + "xyz", stars.values, text=False)
    assert client.submit(broken, "4")["status"] == 404
    wrong = Form(stars.url, ("9",), text=False)
    assert client.submit(wrong, "9") == {"status": 422, "message": "Esa no es una de las respuestas de esta pregunta."}
    assert client.list(broken.url.replace("/amp/", "/s/"))["open"] is False
    assert place.world.events("ana") == []
