"""One reply may answer several questions of its mail."""

from __future__ import annotations

from server.inbound.reply_reader import understand
from tests.server.inbound.test_understanding import BOOK, CALL, NPS, ONE, WRITE, said


def test_two_questions_of_one_mail_are_answered_by_one_reply() -> None:
    understood = understand([CALL["es"], BOOK], "Sí, claro. El martes a las 9.")
    assert understood.answers == {"confirm": ("yes",), "book": ("t3",)}
    assert understand([NPS, WRITE], "un 7\n\nLa app va lenta en mi móvil.").answers == {
        "rate": ("7",),
        "answer": ("La app va lenta en mi móvil.",),
    }


def test_a_letter_that_two_questions_have_answers_the_open_one_or_none() -> None:
    assert understand([ONE, BOOK], "A").reading == "unclear"
    assert understand([ONE, BOOK], "A", open_=["book"]).answers == {"book": ("t1",)}


def test_politeness_alone_is_no_text() -> None:
    assert [said(WRITE, text) for text in ("Gracias", "¡Muchas gracias!", "Thanks a lot", "Hola", ".", "👍")] == [
        "unclear"
    ] * 6
