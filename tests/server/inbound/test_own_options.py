"""Options in a decision besides yes and no, and words that only seem to choose one."""

from __future__ import annotations

import pytest

from builder.blocks import Block, Option
from tests.server.inbound.test_understanding import NPS, said

ATTEND = Block(
    "confirm",
    "attend",
    "¿Vienes?",
    (Option("yes", "Sí, voy"), Option("reschedule", "Otra hora"), Option("cancel", "Anularla")),
    "es",
)
RSVP = Block(
    "confirm", "coming", "¿Vienes?", (Option("yes", "Sí"), Option("maybe", "Aún no sé"), Option("no", "No")), "es"
)
NEED = Block(
    "choose",
    "need",
    "¿Qué te gustaría resolver primero?",
    (Option("crm", "Tener a todos mis clientes en un solo lugar"), Option("nothing", "Nada por ahora, vamos bien")),
    "es",
)
WHEN = Block(
    "choose",
    "when",
    "¿Para cuándo?",
    (Option("month", "Este mes"), Option("quarter", "En tres meses"), Option("someday", "Más adelante, sin prisa")),
    "es",
)
SLOT = Block(
    "book",
    "slot",
    "¿Qué hora te viene bien?",
    (
        Option("t1", "jueves 3 de diciembre, 10:00"),
        Option("t2", "viernes 4 de diciembre, 15:30"),
        Option("none", "Ninguna"),
    ),
    "es",
)

CHOSEN = """
Otra hora | reschedule
Anularla, por favor | cancel
Toca cancelar, me dio covid | cancel
¿Podríamos cambiarla para otra hora? | reschedule
Could we move it to another time? | reschedule
Please cancel my appointment, I've gone elsewhere. | cancel
Könnten wir den Termin auf eine andere Zeit verschieben? | reschedule
Je dois annuler, désolée | cancel
"""
NOT_CHOSEN = """
Otra hora no | No quiero otra hora | ¿Cuál es la penalidad por cancelar? | La otra hora me cancelaron | Sí voy, tuve que cancelar otra cosa
Mi esposo también quiere cancelar la de él | I had to cancel my holidays because of this | How can we cancel? | Please don't cancel
Could you tell me another time for parking? | Either another time or cancel | yes, or another time | Ich muss nicht absagen
absagen kommt nicht in Frage | Non devo annullare nulla | Si può annullare gratis? | Peut-on reporter jusqu'à quand ?
I wanted to cancel but I changed my mind | Can I cancel up to the day before?
"""


@pytest.mark.parametrize("line", CHOSEN.strip().splitlines())
def test_a_decision_takes_its_own_options_by_their_words(line: str) -> None:
    text, wanted = line.split(" | ")
    assert said(ATTEND, text) == wanted


@pytest.mark.parametrize("text", [each.strip() for each in NOT_CHOSEN.replace("\n", "|").split("|") if each.strip()])
def test_a_word_of_an_option_within_other_words_decides_nothing(text: str) -> None:
    assert said(ATTEND, text) == "unclear"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Todavía no sé, les aviso el viernes", "maybe"),
        ("not sure yet, depends on the babysitter", "maybe"),
        ("No sé, pero creo que sí", "unclear"),
        ("No sé si hay parqueadero, ¿hay?", "unclear"),
        ("I don't know this place, see you there", "unclear"),
    ],
)
def test_a_doubt_may_come_with_its_reason(text: str, wanted: str) -> None:
    assert said(RSVP, text) == wanted


@pytest.mark.parametrize(
    ("asked", "text", "wanted"),
    [
        (NEED, "Nada por ahora, gracias", "nothing"),
        (NEED, "Nada, gracias", "nothing"),
        (NEED, "Nada me funciona", "unclear"),
        (NEED, "Nothing but problems", "unclear"),
        (NEED, "Nada que ver con lo que prometieron", "unclear"),
        (NEED, "Unsere Kunden sind zufrieden", "unclear"),
        (WHEN, "sin prisa", "someday"),
        (WHEN, "sin afán", "someday"),
        (WHEN, "No rush at all", "someday"),
        (WHEN, "Este mes ojalá", "month"),
        (WHEN, "Este mes no", "unclear"),
        (WHEN, "Más adelante no, ya mismo", "unclear"),
        (WHEN, "Este mes estoy de vacaciones", "unclear"),
        (WHEN, "Questo mese sono in ferie", "unclear"),
    ],
)
def test_a_negation_that_a_label_holds_refuses_nothing(asked: Block, text: str, wanted: str) -> None:
    assert said(asked, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ninguna de esas, ¿tienen el martes por la tarde?", "none"),
        ("Ninguna, prefiero el viernes", "unclear"),
        ("none of these, what about Friday at 3:30", "unclear"),
        ("El viernes estoy de viaje", "unclear"),
        ("Friday I'm travelling", "unclear"),
    ],
)
def test_a_refusal_of_all_times_may_ask_for_another_one(text: str, wanted: str) -> None:
    assert said(SLOT, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("De 0 a 10 les pongo un siete", "7"),
        ("On a scale of 0 to 10 I'd say 8", "8"),
        ("De 0 a 10", "unclear"),
        ("Un 2 y porque me siento generoso", "2"),
    ],
)
def test_the_range_of_a_scale_is_no_answer_on_it(text: str, wanted: str) -> None:
    assert said(NPS, text) == wanted


LEAVE = Block(
    "choose",
    "leave",
    "Where shall we leave it?",
    (Option("reception", "At the front desk"), Option("door", "At my door"), Option("neighbour", "With a neighbour")),
    "en",
)


@pytest.mark.parametrize(
    ("block", "text", "wanted"),
    [
        (NEED, "Mis clientes se me fueron", "unclear"),
        (LEAVE, "The front desk lost my last parcel", "unclear"),
        (LEAVE, "front desk please", "reception"),
    ],
)
def test_words_of_a_label_in_a_sentence_about_something_else_choose_nothing(
    block: Block, text: str, wanted: str
) -> None:
    assert said(block, text) == wanted
