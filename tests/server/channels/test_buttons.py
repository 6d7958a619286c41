"""Answers from Gmail's button and Outlook's card, their callers verified and not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from tests.clients import bearer, gmail, outlook
from tests.clients.bearer import Provider
from tests.clients.outlook import Outlook
from tests.server.channels.place import FIRST, SENDER, Place

Open = Callable[..., Place]
US, ISSUER = "https://example.com", "https://sts.windows.net/"
GMAIL: dict[str, Any] = {"azp": "gmail@system.gserviceaccount.com", "aud": US, "iss": "https://accounts.google.com"}
OUTLOOK: dict[str, Any] = {"aud": "https://acto.example.com", "iss": ISSUER}


def html(place: Place, name: str = "ana") -> str:
    return place.part(name, "text/html")


def test_gmails_button_answers_once_however_often_gmail_tries(place: Place) -> None:
    for _ in range(3):
        assert gmail.press(place.world.visitor(), html(place)).status_code == 200
    (event,) = place.world.events("ana")
    assert (event["channel"], event["grade"]) == ("gmail", "posted")
    answer = place.world.answer("ana", "call")
    assert answer and (answer["values"], answer["state"]) == (["yes"], "provisional")


def test_gmails_token_vouches_for_the_person(open_place: Open, provider: Provider) -> None:
    place = open_place(ACTO_GMAIL_AUDIENCE=US, ACTO_GMAIL_JWKS_URL=provider.jwks_url)
    assert gmail.press(place.world.visitor(), html(place), provider.token(**GMAIL)).status_code == 200
    answer = place.world.answer("ana", "call")
    assert answer and (answer["grade"], answer["state"]) == ("authenticated", "confirmed")


@pytest.mark.parametrize("wrong", ["", "key", "azp", "aud", "iss", "exp"])
def test_a_gmail_token_that_is_not_right_is_refused(open_place: Open, provider: Provider, wrong: str) -> None:
    place = open_place(ACTO_GMAIL_AUDIENCE=US, ACTO_GMAIL_JWKS_URL=provider.jwks_url)
    claims = {**GMAIL, **({wrong: 1 if wrong == "exp" else "other"} if wrong not in ("", "key") else {})}
    token = provider.token(bearer.OTHER if wrong == "key" else bearer.KEY, **claims) if wrong else ""
    assert gmail.press(place.world.visitor(), html(place), token).status_code == 401
    assert place.world.events("ana") == []


def test_the_card_answers_every_block_and_comes_back_as_it_stands(place: Place) -> None:
    client, card = Outlook(place.world.visitor()), outlook.card(html(place))
    answers = {
        "stars": ("4",),
        "topics": ("a", "b"),
        "call": ("yes",),
        "slot": (FIRST,),
        "text": ("Más, y mejor",),
        "parts": ("x",),
    }
    for block, chosen in answers.items():
        card = outlook.updated(client.send(card, block, *chosen))
        answer = place.world.answer("ana", block)
        assert answer and answer["values"] == list(chosen)
    said = [each["text"] for part in card["body"] for each in part["items"] if each["type"] == "TextBlock"]
    assert "Respondiste: 4 estrellas. Puedes cambiarla." in [text.replace("\\", "") for text in said]
    assert {event["channel"] for event in place.world.events("ana")} == {"card"}


def test_a_card_asks_the_follow_up_as_soon_as_it_is_due(place: Place) -> None:
    client, card = Outlook(place.world.visitor()), outlook.card(html(place))
    assert "ask_why" not in {part["id"] for part in card["body"]}
    card = outlook.updated(client.send(card, "stars", "1"))
    assert "ask_why" in {part["id"] for part in card["body"]}
    outlook.updated(client.send(card, "why", "Llegó frío"))
    answer = place.world.answer("ana", "why")
    assert answer and answer["values"] == ["Llegó frío"]


def test_a_refreshed_card_offers_only_the_times_still_free(place: Place) -> None:
    grace, ana = outlook.card(html(place, "grace")), Outlook(place.world.visitor())
    ana.send(outlook.card(html(place)), "slot", FIRST)
    card = ana.open(grace)
    slot = next(part for part in card["body"] if part["id"] == "ask_slot")
    offered = [
        choice["value"] for item in slot["items"] if item["type"] == "Input.ChoiceSet" for choice in item["choices"]
    ]
    assert FIRST not in offered and "none" in offered
    refused = ana.send(grace, "slot", FIRST)
    assert refused.status_code == 409
    assert refused.headers["CARD-ACTION-STATUS"].startswith("Esa hora ya no esta libre")
    assert place.world.events("grace") == []


def test_outlooks_token_vouches_and_another_is_refused(open_place: Open, provider: Provider) -> None:
    place = open_place(
        ACTO_OUTLOOK_AUDIENCE=OUTLOOK["aud"], ACTO_OUTLOOK_ISSUER=ISSUER, ACTO_OUTLOOK_JWKS_URL=provider.jwks_url
    )
    card, visitor = outlook.card(html(place)), place.world.visitor()
    for token in ("", provider.token(bearer.OTHER, **OUTLOOK), provider.token(**{**OUTLOOK, "aud": "other"})):
        assert Outlook(visitor, token).send(card, "call", "yes").status_code == 401
    assert place.world.events("ana") == []
    outlook.updated(Outlook(visitor, provider.token(**OUTLOOK)).send(card, "call", "yes"))
    answer = place.world.answer("ana", "call")
    assert answer and answer["grade"] == "authenticated"


def test_a_card_can_be_signed(open_place: Open, tmp_path: Path) -> None:
    key = RSAKey.generate_key(2048)
    (tmp_path / "card.pem").write_bytes(key.as_pem(private=True))
    place = open_place(ACTO_STREAMS_TRANSACTIONAL_OUTLOOK_KEY_FILE=str(tmp_path / "card.pem"))
    card = outlook.signed_card(html(place), key, SENDER, "ana@example.com")
    outlook.updated(Outlook(place.world.visitor()).send(card, "call", "yes"))
    assert "application/adaptivecard+json" not in html(place)


def test_providers_that_do_not_answer_lock_the_door_and_break_nothing(open_place: Open, provider: Provider) -> None:
    place = open_place(ACTO_GMAIL_AUDIENCE=US, ACTO_GMAIL_JWKS_URL="http://127.0.0.1:9/none")
    assert gmail.press(place.world.visitor(), html(place), provider.token(**GMAIL)).status_code == 401


@pytest.mark.parametrize("status", [302, 404, 500])
def test_keys_are_read_from_a_reply_that_is_200_alone(open_place: Open, status: int) -> None:
    """Whatever else answers at that address, such as a proxy's own page, is not the provider."""
    with bearer.provider(status) as other:
        place = open_place(ACTO_GMAIL_AUDIENCE=US, ACTO_GMAIL_JWKS_URL=other.jwks_url)
        assert gmail.press(place.world.visitor(), html(place), other.token(**GMAIL)).status_code == 401
