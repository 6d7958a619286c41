"""What a person wrote and what did not become an answer stands on their page, with the reason, and somebody is asked to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from server import tasks
from server.contacts import erase
from server.inbound import unanswered
from server.web.sales import reply_reasons
from tests.clients.replies import LIKE_MICROSOFT, answering, gmail, outlook, signed, typed
from tests.server.channels.place import Place
from tests.server.inbound.desk import Counter

if TYPE_CHECKING:
    from server.store.queries.replies import RepliesOfContactRow

LIKE_YAHOO = ("date", "from", "to", "in-reply-to", "references", "subject")
LIKE_OPENDKIM = ("From", "To", "Date", "Subject")
WORDS = "Sí, llámenme mañana después de las tres al 300 555 0100"


def texts(counter: Counter, name: str = "ana") -> list[RepliesOfContactRow]:
    with counter.place.world.store.read() as tx:
        return list(tx.replies.of_contact(contact_id=counter.place.world.people[name]["id"]))


def open_tasks(counter: Counter) -> list[str]:
    with counter.place.world.store.read() as tx:
        rows = tasks.of_contact(tx, counter.place.world.people["ana"]["id"])
    return [task["title"] for task in rows if not task["done_at"]]


def page(counter: Counter, path: str = "") -> str:
    person = counter.place.world.people["ana"]["id"]
    return unescape(counter.place.world.admin().get(path or f"/leads/{person}").get_data(as_text=True))


def test_an_unclear_reply_of_somebody_without_a_lead_stands_on_their_page(counter: Counter) -> None:
    outcome = counter.take(signed(gmail(typed(counter.link("call"), WORDS))))
    assert (outcome.result, outcome.why) == ("kept", "unclear")
    assert counter.place.world.lead("ana") is None
    shown = page(counter)
    assert WORDS in shown and "no queda claro qué respuesta es" in shown and "Escribió por correo" in shown
    assert open_tasks(counter) == [unanswered.TASK]
    assert "Escribió y no es una respuesta: léelo" in shown
    assert "Escribió y no es una respuesta: léelo" in page(counter, "/tasks")


def test_every_kind_of_text_that_is_no_answer_is_kept_with_its_reason(counter: Counter) -> None:
    yes = typed(counter.link("call"), "Sí, encantada")
    old = 91 * 86_400_000
    kinds: dict[str, tuple[bytes, int]] = {
        "unsigned": (gmail(replace(yes, message_id="<1@x>")), 0),
        "somebody_else": (signed(gmail(replace(yes, message_id="<2@x>", sender="Eva <eva@example.com>"))), 0),
        "too_old": (signed(gmail(replace(yes, message_id="<3@x>"))), old),
        "altered": (signed(gmail(replace(yes, message_id="<4@x>"))) + b"\r\nmore", 0),
        "too_little": (signed(gmail(replace(yes, message_id="<5@x>")), length=True), 0),
        "unclear": (signed(gmail(replace(yes, message_id="<6@x>", text="A ver\n-- -- --"))), 0),
    }
    for why, (raw, later) in kinds.items():
        assert (counter.take(raw, later_ms=later).result, why) == ("kept", why)
    assert sorted(str(row["why"]) for row in texts(counter)) == sorted(kinds)
    assert [row["sender"] for row in texts(counter) if row["why"] == "somebody_else"] == ["eva@example.com"]
    assert open_tasks(counter) == [unanswered.TASK], "one task for all of them"
    assert counter.events() == []


def test_a_mail_that_comes_twice_is_kept_once_and_a_new_one_asks_anew(counter: Counter) -> None:
    raw = signed(gmail(typed(counter.link("call"), WORDS)))
    counter.take(raw)
    counter.take(raw)
    assert len(texts(counter)) == 1
    person = counter.place.world.people["ana"]["id"]
    with counter.place.world.store.read() as tx:
        (task,) = tasks.of_contact(tx, person)
    counter.place.world.store.write(lambda tx: tasks.finish(tx, person, task["id"], "lucia@example.com", 1))
    counter.take(signed(gmail(replace(typed(counter.link("call"), "¿Cuánto cuesta?"), message_id="<2@x>"))))
    assert len(texts(counter)) == 2 and open_tasks(counter) == [unanswered.TASK]


def test_what_is_too_long_is_cut_and_what_is_too_much_is_left_to_the_hits(counter: Counter) -> None:
    counter.take(signed(gmail(typed(counter.link("call"), "a ver si me entero " * 1_000))))
    assert len(str(texts(counter)[0]["text"])) == unanswered.MOST_CHARACTERS
    world = counter.place.world
    person, message = world.people["ana"]["id"], world.sent["ana"]["id"]
    for at in range(unanswered.MOST_TEXTS + 5):
        world.store.write(lambda tx, at=at: unanswered.keep(tx, person, message, "", "unclear", "x", str(at), at))  # type: ignore[misc]
    assert len(texts(counter)) == unanswered.MOST_TEXTS


def test_an_out_of_office_reply_is_nobodys_words(counter: Counter) -> None:
    raw = gmail(answering(counter.place.mail["ana"], "Estoy fuera hasta el lunes."))
    assert counter.take(signed(b"Auto-Submitted: auto-replied\r\n" + raw)).why == "automatic"
    assert texts(counter) == [] and open_tasks(counter) == []


def test_an_answer_that_says_more_is_taken_and_shown(counter: Counter) -> None:
    outcome = counter.take(signed(gmail(typed(counter.link("stars"), "2 porque llegó tarde y roto"))))
    assert outcome.values == ("2",)
    assert [(row["why"], row["text"]) for row in texts(counter)] == [("more", "2 porque llegó tarde y roto")]
    assert open_tasks(counter) == []


def test_who_is_erased_takes_their_words_along(counter: Counter) -> None:
    counter.take(signed(gmail(typed(counter.link("call"), WORDS))))
    person = counter.place.world.people["ana"]["id"]
    gone = counter.place.world.store.write(lambda tx: erase.erase(tx, person))
    assert (gone["replies"], texts(counter)) == (1, [])


def test_every_reason_is_said_in_words(counter: Counter) -> None:
    from server.inbound import outcome

    never_kept = {"too_large", "too_deep", "unreadable", "report", "not_ours", "automatic", "gone"}
    assert set(outcome.WHY) - never_kept <= set(reply_reasons.WORDS)


def test_a_reply_unsubscribes(counter: Counter) -> None:
    world = counter.place.world
    outcome = counter.take(signed(gmail(answering(counter.place.mail["ana"], "Denme de baja, por favor"))))
    assert outcome.result == "unsubscribed"
    with world.store.read() as tx:
        rows = tx.suppressions.of_address(address_key="ana@example.com")
    assert [(row["scope"], row["reason"]) for row in rows] == [("marketing", "unsubscribed")]
    assert [event["kind"] for event in counter.events()] == ["unsubscribed"] and world.lead("ana") is None
    shown = page(counter)
    assert "Denme de baja, por favor" in shown and "se le dio de baja" in shown and open_tasks(counter) == []


def test_nobody_else_unsubscribes_a_person(counter: Counter) -> None:
    raw = gmail(replace(answering(counter.place.mail["ana"], "Denme de baja"), sender="Eva <eva@example.com>"))
    assert counter.take(signed(raw)).why == "somebody_else"
    assert counter.take(gmail(answering(counter.place.mail["ana"], "Denme de baja"))).why == "unsigned"
    with counter.place.world.store.read() as tx:
        assert tx.suppressions.of_address(address_key="ana@example.com") == []
    assert open_tasks(counter) == [unanswered.TASK]


def test_a_later_reply_changes_an_earlier_answer(counter: Counter) -> None:
    mail = counter.place.mail["ana"]
    for at, (text, block, values) in enumerate(
        (
            ("Sí, claro", "call", ["yes"]),
            ("No, gracias", "call", ["no"]),
            ("Faltaba una taza", "text", ["Faltaba una taza"]),
            ("Perdón: faltaban dos tazas", "text", ["Perdón: faltaban dos tazas"]),
        )
    ):
        outcome = counter.take(
            signed(gmail(replace(answering(mail, text), message_id=f"<{at}@x>"))), later_ms=at * 60_000
        )
        assert (outcome.result, outcome.block, text) == ("answered", block, text)
        answer = counter.place.world.answer("ana", block)
        assert answer and answer["values"] == values


def test_a_signature_that_leaves_out_message_id_is_trusted_once(counter: Counter) -> None:
    for headers in (LIKE_YAHOO, LIKE_OPENDKIM, (*LIKE_OPENDKIM, "MIME-Version", "Content-Type")):
        reply = typed(counter.link("call"), f"Sí{' ' * len(headers)}")
        raw = signed(gmail(reply), headers=headers)
        first, again = counter.take(raw), counter.take(raw.replace(b"<CAB+first@", b"<other@"))
        assert (first.result, first.values, again.result, again.replay) == ("answered", ("yes",), "answered", True)
    assert len(counter.events()) == 3


def test_a_signed_mail_sent_on_with_another_message_id_answers_no_other_question(counter: Counter) -> None:
    yes = typed(counter.link("call"), "B")
    raw = signed(outlook(yes), headers=("From", "Date", "Subject"))
    assert counter.take(raw).values == ("no",)
    other = raw.replace(yes.to.encode(), typed(counter.link("topics"), "").to.encode()).replace(b"<CAB+first@", b"<o@")
    assert counter.take(other).why == "used"
    assert LIKE_MICROSOFT


def test_a_reply_behind_amazon_ses_finds_its_message(counter: Counter) -> None:
    """SES puts its own id in the place of ours; References of what we sent keeps it, and the reply repeats that."""
    mail = counter.place.mail["ana"]
    assert str(mail["References"]) == str(mail["Message-ID"])
    reply = replace(answering(mail, "Sí, claro"), in_reply_to="<0101019c-aaaa@email.amazonses.com>")
    raw = gmail(reply).replace(b"References: ", f"References: {mail['References']} ".encode())
    assert counter.take(signed(raw)).values == ("yes",)


def test_a_person_answers_from_another_form_of_their_address(open_place: Callable[..., Place]) -> None:
    from server.inbound.own_address import is_theirs

    same = [
        ("sara@gmail.com", "sara+boletin@gmail.com"),
        ("s.a.r.a@gmail.com", "sara@gmail.com"),
        ("sara@googlemail.com", "Sara+x@Gmail.com"),
        ("sara+a@outlook.com", "sara+b@outlook.com"),
        ("sara@proton.me", "sara+tienda@proton.me"),
        ("sara@icloud.com", "sara+1@icloud.com"),
        ("SARA@EXAMPLE.COM", "sara@example.com"),
    ]
    other = [
        ("sara@gmail.com", "sarah@gmail.com"),
        ("sara+x@example.com", "sara@example.com"),
        ("s.ara@example.com", "sara@example.com"),
        ("sara@gmail.com", "sara@gmail.com.evil.example"),
        ("s.ara@outlook.com", "sara@outlook.com"),
        ("", "sara@gmail.com"),
        ("sara", "sara@gmail.com"),
    ]
    assert [pair for pair in same if not is_theirs(*pair)] == [] and [pair for pair in other if is_theirs(*pair)] == []
    counter = Counter(open_place())
    yes = typed(counter.link("call"), "Sí")
    assert counter.take(signed(gmail(replace(yes, sender="ana@example.com (Ana Díaz)")))).result == "answered"
    below = signed(gmail(replace(yes, message_id="<2@x>")), "mail.example.com")
    counter.records |= {"s1._domainkey.mail.example.com": counter.records["s1._domainkey.example.com"]}
    assert counter.take(below).result == "answered"
