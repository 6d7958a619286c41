"""What people type calls no channel and nobody in it, in any chat."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from server.flows import webhook_call, words
from server.webhooks import bodies, chat_text

MENTIONS = (
    *(
        "@channel @all <!channel> <users/all> hola",
        "@here",
        "<!here>",
        "<@U024BE7LH>",
        "<!subteam^S01|sales>",
        "_@channel_",
    ),
    *("ñ@all", "**@everyone**", "<users/all>", "<@&123>", ".@channel", "@ana", "\n@channel", "＠channel", "(@all)"),
)
CALLS = re.compile(r"(?<![A-Za-z0-9])[@＠][A-Za-z]|(?<!\\)<[!@#u&]", re.IGNORECASE)


def body(shape: str, typed: str, details: dict[str, str] | None = None) -> Any:
    contact: webhook_call.Person = {
        "id": "c1",
        "email": "ana@x.example",
        "first_name": typed,
        "last_name": "",
        "company": typed,
        "language": "es",
    }
    cause = {
        "email": "e",
        "block": "b",
        "question": "¿Qué?",
        "labels": [],
        "values": [typed],
        "stage": "",
        "message_id": "m",
        "at": 0,
    }
    effect: words.ReadEffect = {
        "flow": "f",
        "happened": "answered",
        "created_at": 1_803_913_200_000,
        "details": details or {},
        "cause": cause,
    }
    return json.loads(
        webhook_call.body(effect, {"shape": shape, "language": "es"}, contact, None, "https://acto.example/leads/c1")
    )


def texts(part: Any) -> list[str]:
    """Every text of a body but the links that are ours."""
    if isinstance(part, dict):
        return [each for value in part.values() for each in texts(value)]
    if isinstance(part, list):
        return [each for value in part for each in texts(value)]
    return [part.replace("<https://acto.example/leads/c1|Abrir en Acto>", "")] if isinstance(part, str) else []


@pytest.mark.parametrize("shape", sorted(bodies.CHATS))
@pytest.mark.parametrize("typed", MENTIONS)
def test_nobody_is_called_by_what_somebody_typed(shape: str, typed: str) -> None:
    said = body(shape, typed)
    assert not [text for text in texts(said) if CALLS.search(text)]
    words = re.sub(r"\W", "", typed)
    assert any(words[:4] in re.sub(r"\W", "", text) for text in texts(said)), "it is still read"


@pytest.mark.parametrize("typed", ["ana@x.example", "a + b", "5 @ 3", "100 %", "¿Cuándo?"])
def test_what_calls_nobody_stays_as_it_was_typed(typed: str) -> None:
    assert chat_text.plain(typed) == chat_text.slack(typed) == typed


def test_who_writes_a_flow_may_call_a_channel_and_who_answers_it_may_not() -> None:
    details = {"text": "@ventas: {person} dijo {answer}"}
    said = body("text", "@channel", details)["text"]
    assert said.startswith("@ventas: ") and "@channel" not in said


def test_a_crm_is_given_the_text_as_it_was_typed() -> None:
    assert "@channel" in json.dumps(body("hubspot", "@channel")) and body("flat", "<!here>")["company"] == "<!here>"
