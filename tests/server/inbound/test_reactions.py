"""An emoji under a mail, and the buttons of a calendar."""

from __future__ import annotations

import json
from email import message_from_bytes, policy

import pytest

from builder import catalog, emails
from builder.blocks import Block
from server.booking import availability
from server.inbound import calendar_reply, reactions
from server.inbound.mime_parts import Part
from server.sending import compose, send
from tests.clients import replies
from tests.clients.replies import calendar, reaction, signed
from tests.server.channels.place import Place
from tests.server.inbound.desk import Counter
from tests.server.world import ROOT

EVENT = {"start": "2126-12-10T17:00-05:00", "closes": "2126-12-07T18:00-05:00"}


@pytest.mark.parametrize(
    ("emoji", "value"), [("👍", "5"), ("👍🏽", "5"), ("❤️", "5"), ("😐", "3"), ("☹️", "2"), ("😡", "1")]
)
def test_a_reaction_answers_the_first_stars(counter: Counter, emoji: str, value: str) -> None:
    outcome = counter.take(signed(reaction(counter.place.mail["ana"], emoji)))
    assert (outcome.channel, outcome.block, outcome.values) == ("reaction", "stars", (value,))
    (event,) = counter.events()
    assert (event["channel"], event["grade"]) == ("reaction", "authenticated")


def test_an_emoji_that_is_not_clear_answers_nothing(counter: Counter) -> None:
    for emoji in ("😂", "😮", "🤔", "👍👎", "x", "", "\\ud800", '"},{', "\\u0000"):
        outcome = counter.take(signed(reaction(counter.place.mail["ana"], emoji)))
        assert (outcome.result, outcome.why, emoji) == ("kept", "unclear", emoji)
    assert counter.events() == []


def test_a_reaction_that_nobody_signed_answers_nothing(counter: Counter) -> None:
    assert counter.take(reaction(counter.place.mail["ana"], "👍")).why == "unsigned"
    assert counter.take(signed(reaction(counter.place.mail["grace"], "👍"))).why == "somebody_else"


@pytest.mark.parametrize(
    "text", ['{"emoji":"👍","version":2}', "[]", "{", '{"version":1}', "[" * 900, '{"emoji":7,"version":1}']
)
def test_json_of_another_kind_is_no_emoji(text: str) -> None:
    assert reactions.read(text) == ""


def test_a_decision_is_reacted_to_where_it_is_the_only_one() -> None:
    emailed = {
        name: blocks(name) for name in ("order-delivered", "product-explorer", "nps-after-service", "event-rsvp")
    }
    asked = {name: reactions.reacted_to(found) for name, found in emailed.items()}
    rsvp, explorer = asked["event-rsvp"], asked["product-explorer"]
    assert rsvp and [reactions.value(rsvp, emoji) for emoji in "👍👎🙂"] == ["yes", "no", None]
    assert explorer and [reactions.value(explorer, emoji) for emoji in "👍👎"] == [None, "no"], "a demo or a trial?"
    nps = next(block for block in emailed["nps-after-service"] if block.scale == "nps")
    assert reactions.value(nps, "👍") is None, "nobody means ten of ten by it"


def blocks(name: str) -> list[Block]:
    source = catalog.read(ROOT / "templates/emails" / name)
    return list(emails.compile(source, "es").blocks.values())


@pytest.fixture
def invited(place: Place) -> Counter:
    """Ana is invited to an event, by an email with an invitation."""
    world = place.world
    source = send.check(world.settings, ROOT / "templates/emails/event-rsvp")
    data = source.sample["data"]
    data = {"event": {**data["event"], **EVENT}}
    send.queue(world.store, source, [world.people["ana"]], world.now + 2, data)
    with world.store.read() as tx:
        rows = tx.messages.of_contact(contact_id=world.people["ana"]["id"])
    world.sent["ana"] = next(row for row in rows if row["email"] == "event-rsvp")
    wire = compose.composer(world.store, world.settings, world.keyring, availability.write_down)(
        world.sent["ana"], world.people["ana"], (), world.now
    )
    place.mail["ana"] = message_from_bytes(wire.data, policy=policy.default)
    return Counter(place)


@pytest.mark.parametrize(("pressed", "value"), [("ACCEPTED", "yes"), ("DECLINED", "no"), ("TENTATIVE", "maybe")])
def test_a_calendars_button_answers_the_invitation(invited: Counter, pressed: str, value: str) -> None:
    """Though the calendar says that it wrote the mail: its person pressed the button."""
    outcome = invited.take(signed(calendar(invite(invited), pressed)))
    assert (outcome.result, outcome.channel, outcome.block, outcome.values) == (
        "answered",
        "calendar",
        "coming",
        (value,),
    )
    (event,) = invited.events()
    assert (event["value"], event["channel"], event["grade"]) == (json.dumps([value]), "calendar", "authenticated")


def test_a_calendar_that_only_says_so_answers_nothing(invited: Counter) -> None:
    ics = invite(invited)
    cases = {
        "unsigned": calendar(ics, "ACCEPTED"),
        "another_attendee": signed(calendar(ics, "ACCEPTED", attendee="eve@example.com")),
        "somebody_else": signed(calendar(ics, "ACCEPTED", sender="Eve <eve@example.com>")),
        "no_such_option": signed(calendar(ics, "DELEGATED")),
        "counter": signed(calendar(ics, "NEEDS-ACTION", method="COUNTER")),
        "automatic": signed(calendar(ics, "ACCEPTED").replace(b"auto-generated", b"auto-replied")),
    }
    assert {why: invited.take(raw).why for why, raw in cases.items()} == {why: why for why in cases}
    assert invited.events() == []
    assert len([hit for hit in invited.place.world.hits("ana") if hit["channel"] == "calendar"]) == len(cases)


def test_an_invitation_is_no_reply_to_ours(invited: Counter) -> None:
    outcome = invited.take(signed(calendar(invite(invited), "ACCEPTED", method="REQUEST")))
    assert (outcome.result, outcome.why) == ("ignored", "not_ours")
    foreign = invite(invited).replace("UID:", "UID:x")
    assert invited.take(signed(calendar(foreign, "ACCEPTED"))).why == "not_ours"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEGIN:VCALENDAR",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\nMETHOD:REPLY\n" + "BEGIN:VEVENT\nUID:a@b\nEND:VEVENT\n" * 2 + "END:VCALENDAR",
        "BEGIN:VEVENT\n" * 3_000,
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:" + "x" * 60_000 + "\nEND:VEVENT\nEND:VCALENDAR",
        "\x00\ufffd" * 1_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_a_broken_calendar_is_none(text: str) -> None:
    assert calendar_reply.read(Part("text/calendar", text)) is None


def invite(counter: Counter) -> str:
    return counter.place.part("ana", "text/calendar")


def test_a_free_reply_speaks_of_the_invitation_too(invited: Counter) -> None:
    """The one open question is whether they come; the answer page asks for guests afterwards."""
    outcome = invited.take(signed(replies.apple(replies.answering(invited.place.mail["ana"], "Sí"))))
    assert (outcome.block, outcome.values) == ("coming", ("yes",))
