"""One answer through each channel is the same event; and what each shows when there is nothing more to answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from builder.tokens import DAY_SECONDS, MAX_AGE_DAYS
from server.booking import availability
from server.sending import compose
from server.store import StoreUnavailable
from server.web.recipient import cards
from tests.clients import amp, gmail, outlook
from tests.clients.amp import Proxy
from tests.clients.bearer import Provider
from tests.clients.outlook import Outlook
from tests.server.channels import test_amp as amps
from tests.server.channels.place import SENDER, Place
from tests.server.channels.test_buttons import GMAIL, ISSUER, OUTLOOK, US, html

Open = Callable[..., Place]
OWN = (
    "id",
    "at",
    "nonce",
    "channel",
    "grade",
    "reasons",
    "signs",
    "stands_at",
)  # what may differ: when, how, and how sure


def test_one_answer_through_each_channel_is_the_same_event(open_place: Open, provider: Provider) -> None:
    place = open_place(
        ACTO_GMAIL_AUDIENCE=US,
        ACTO_GMAIL_JWKS_URL=provider.jwks_url,
        ACTO_OUTLOOK_AUDIENCE=OUTLOOK["aud"],
        ACTO_OUTLOOK_ISSUER=ISSUER,
        ACTO_OUTLOOK_JWKS_URL=provider.jwks_url,
    )
    visitor = place.world.visitor()
    place.world.post("ana", "call", "yes", gesture="touch")
    Proxy(visitor, SENDER).submit(amps.form(place, "ana", "call"), "yes")
    gmail.press(visitor, html(place), provider.token(**GMAIL))
    Outlook(visitor, provider.token(**OUTLOOK)).send(outlook.card(html(place)), "call", "yes")
    events = place.world.events("ana")
    assert [event["channel"] for event in events] == ["page", "amp", "gmail", "card"]
    assert [event["grade"] for event in events] == ["gestured", "gestured", "authenticated", "authenticated"]
    same = [{name: value for name, value in event.items() if name not in OWN} for event in events]
    assert same[0]["value"] == '["yes"]'
    assert all(each == same[0] for each in same)
    answer = place.world.answer("ana", "call")
    assert answer and (answer["values"], answer["changes"], answer["state"]) == (["yes"], 0, "confirmed")


def test_a_closed_block_says_when_it_closed_and_takes_nothing(open_place: Open) -> None:
    place = open_place({"closes": "2020-05-03T10:00Z"})
    page = place.world.visitor().get(f"/a/{place.world.token('ana', 'call')}/yes")
    assert page.status_code == 200 and "se cerró el 3 de mayo de 2020" in page.text and "<form" not in page.text
    assert place.world.post("ana", "call", "yes", gesture="touch").status_code == 409
    client = amps.proxy(place)
    assert client.list(amps.state(place, "ana", "call"))["open"] is False
    assert client.submit(amps.form(place, "ana", "call"), "yes")["message"] == "Esta pregunta ya no admite respuestas."
    assert gmail.press(place.world.visitor(), html(place)).status_code == 409
    card = Outlook(place.world.visitor()).open(outlook.card(html(place)))
    call = next(part for part in card["body"] if part["id"] == "ask_call")
    assert [item["type"] for item in call["items"]] == ["TextBlock", "TextBlock"]
    assert place.world.events("ana") == []
    assert {hit["channel"] for hit in place.world.hits("ana")} == {"page", "amp", "gmail", "card"}


def test_an_answer_by_the_link_of_the_html_is_no_press_in_the_mail(place: Place) -> None:
    """Whoever has a link has no token of the AMP part: a header that anybody can write raises no grade."""
    where, headers = f"/amp/{place.world.token('ana', 'call')}", {"AMP-Email-Sender": SENDER}
    assert place.world.visitor().post(where, data={"choice": "yes"}, headers=headers).status_code == 200
    answer = place.world.answer("ana", "call")
    assert answer and (answer["grade"], answer["state"]) == ("posted", "provisional")
    late = place.world.token("ana", "call", signed_at=place.world.now - 32 * DAY_SECONDS * 1000)
    assert place.world.visitor().post(f"/amp/{late}", data={"choice": "yes"}, headers=headers).status_code == 404


def test_a_token_of_the_mail_opens_no_page(place: Place) -> None:
    token = amps.form(place, "ana", "call").url.rpartition("/")[2]
    assert place.world.visitor().get(f"/a/{token}/yes").status_code == 404


def test_a_program_that_posts_every_option_in_the_mail_is_a_machine(place: Place) -> None:
    client, form = amps.proxy(place), amps.form(place, "ana", "stars")
    for stars in "12345":
        client.submit(form, stars)
    answer = place.world.answer("ana", "stars")
    assert answer and answer["state"] == "machine"


@pytest.mark.parametrize("path", ["/a/{}/yes", "/amp/{}", "/s/{}", "/g/{}/yes", "/o/{}", "/o/{}/card"])
def test_a_token_past_its_age_answers_nowhere_and_every_channel_says_so(place: Place, path: str) -> None:
    old = place.world.now - (MAX_AGE_DAYS["answer"] + 1) * DAY_SECONDS * 1000
    where = path.format(place.world.token("ana", "call", signed_at=old))
    visitor, headers = place.world.visitor(), {"AMP-Email-Sender": SENDER}
    if path.startswith("/s/"):
        assert visitor.get(where, headers=headers).get_json()["open"] is False
    else:
        reply = visitor.post(where, data={"choice": "yes", "nonce": "n" * 20}, headers=headers)
        assert reply.status_code == 404
        assert reply.text or reply.headers["CARD-ACTION-STATUS"]
    assert place.world.events("ana") == []


@pytest.mark.parametrize("path", ["/amp/{}", "/g/{}/yes", "/o/{}", "/o/{}/card"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_fetching_an_endpoint_changes_nothing(place: Place, path: str, method: str) -> None:
    where = path.format(place.world.token("ana", "call"))
    assert place.world.visitor().open(where, method=method).status_code == 405
    assert place.world.events("ana") == []


def test_parts_opened_add_up_and_their_points_too(place: Place) -> None:
    client = amps.proxy(place)
    forms = {each.values: each for each in amp.forms(place.part("ana", "text/x-amp-html"))}
    for part in ("x", "y", "x"):
        assert client.submit(forms[(part,)], part)["status"] == 200
    answer, lead = place.world.answer("ana", "parts"), place.world.lead("ana")
    assert answer and lead and (answer["values"], answer["changes"], lead["interest"]) == (["x", "y"], 0, 12)


def test_two_people_cannot_have_the_same_time(place: Place) -> None:
    taken: list[Any] = [place.world.post(name, "slot", "21261203t1500z", gesture="touch") for name in ("ana", "grace")]
    assert [reply.status_code for reply in taken] == [200, 409]
    assert "alguien se adelantó" in taken[1].text and "disabled" in taken[1].text


def test_a_text_is_kept_as_written_and_not_longer_than_it_may_be(place: Place) -> None:
    assert place.world.post("ana", "text", "  Más\r\ncafé\x00 ☕ ", gesture="key").status_code == 200
    answer, lead = place.world.answer("ana", "text"), place.world.lead("ana")
    assert answer and lead and (answer["values"], lead["need"]) == (["Más\ncafé ☕"], 5)
    assert place.world.post("ana", "text", "x" * 501, gesture="key").status_code == 422
    assert place.world.post("ana", "text", "   ", gesture="key").status_code == 422


def test_the_page_says_what_was_answered_before(place: Place) -> None:
    place.world.post("ana", "stars", "4", gesture="touch")
    assert "Dijiste «4 estrellas»" in place.world.visitor().get(f"/a/{place.world.token('ana', 'stars')}/2").text
    place.world.post("ana", "text", "Más <b>café</b>", gesture="key")
    assert (
        "Más &lt;b&gt;café&lt;/b&gt;</textarea>"
        in place.world.visitor().get(f"/a/{place.world.token('ana', 'text')}").text
    )


def test_the_follow_up_is_asked_on_the_page_as_soon_as_it_is_due(place: Place) -> None:
    for block, value in (("topics", "a"), ("call", "no"), ("slot", "none"), ("text", "x"), ("parts", "x")):
        place.world.post("ana", block, value, gesture="touch")
    assert "¿Por qué?" not in place.world.post("ana", "stars", "5", gesture="touch").text
    assert "¿Por qué?" in place.world.post("ana", "stars", "1", gesture="touch").text


KEPT = "Mantuvimos tu respuesta anterior"


def test_a_question_that_takes_one_answer_says_in_every_channel_that_it_kept_the_first(open_place: Open) -> None:
    place = open_place(answers="once")
    visitor = place.world.visitor()
    assert amps.proxy(place).submit(amps.form(place, "ana", "call"), "no")["message"] == "Gracias, quedó guardado"
    assert KEPT in place.world.post("ana", "call", "yes", gesture="touch").text
    assert amps.proxy(place).submit(amps.form(place, "ana", "call"), "yes") == {"status": 200, "message": KEPT}
    assert amps.proxy(place).list(amps.state(place, "ana", "call"))["note"] == "Respondiste: No."
    assert gmail.press(visitor, html(place)).text == KEPT
    card = outlook.updated(Outlook(visitor).send(outlook.card(html(place)), "call", "yes"))
    assert "Respondiste: No." in str(card["body"]).replace("\\\\", "")
    answer = place.world.answer("ana", "call")
    assert answer and answer["values"] == ["no"]


def test_a_card_that_cannot_be_redrawn_does_not_say_that_the_answer_is_lost(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(action: object) -> None:
        raise StoreUnavailable("gone for a moment")

    monkeypatch.setattr(cards, "_document", away)
    reply = Outlook(place.world.visitor()).send(outlook.card(html(place)), "call", "yes")
    assert (reply.status_code, reply.headers["CARD-ACTION-STATUS"]) == (200, "Gracias, quedo guardado")
    assert place.world.answer("ana", "call")


def test_a_sender_that_sends_no_amp_takes_none(open_place: Open) -> None:
    """Nobody but a mail client that showed our AMP has a reason to post there."""
    place = open_place(ACTO_STREAMS_TRANSACTIONAL_AMP_REGISTERED="no")
    reply = place.world.visitor().post(
        f"/amp/{place.world.token('ana', 'call')}", data={"choice": "yes"}, headers={"AMP-Email-Sender": SENDER}
    )
    assert reply.status_code == 403
    assert place.world.events("ana") == []


def test_a_message_that_waited_for_weeks_leaves_without_what_answers_in_the_mail(place: Place) -> None:
    world, day = place.world, 86_400_000
    write = compose.composer(world.store, world.settings, world.keyring, availability.write_down)
    for days, there in ((30, True), (31, False)):
        wire = write(world.sent["ana"], world.people["ana"], (), world.now + days * day + 1_000)
        assert (b"text/x-amp-html" in wire.data, b"adaptivecard" in wire.data) == (there, there)


def test_the_page_of_a_question_that_takes_one_answer_shows_it_and_offers_no_other(open_place: Open) -> None:
    world = open_place(answers="once").world
    world.post("ana", "call", "yes", gesture="pointer")
    page = world.visitor().get(f"/a/{world.token('ana', 'call')}/no").text
    assert "admite una sola respuesta" in page
    assert "<form" not in page
