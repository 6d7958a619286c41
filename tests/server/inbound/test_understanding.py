"""What people type is understood as a person would understand it, or not at all."""

from __future__ import annotations

import pytest

from builder.blocks import Block, Option
from builder.blocks.rate import SCALES, labels
from server.inbound.reply_reader import understand

OPTIONS = {"es": (("yes", "Sí"), ("no", "No")), "en": (("yes", "Yes"), ("no", "No"))}
TOPICS = (("a", "Facturas"), ("b", "Ventas"), ("c", "Soporte"), ("d", "Precios"))
TIMES = (
    ("t1", "lunes 7 de diciembre, 10:00"),
    ("t2", "lunes 7 de diciembre, 16:30"),
    ("t3", "martes 8 de diciembre, 9:00"),
    ("none", "Ninguna"),
)


def block(kind: str, options: tuple[tuple[str, str], ...] = (), language: str = "es", **more: object) -> Block:
    question = "¿Te llamamos esta semana?" if language == "es" else "Shall we call you this week?"
    return Block(kind, kind, question, tuple(Option(*each) for each in options), language, **more)  # type: ignore[arg-type]


def rate(scale: str) -> Block:
    return block("rate", tuple(zip(SCALES[scale], labels(scale, "es"), strict=True)), scale=scale)


CALL = {language: block("confirm", options, language) for language, options in OPTIONS.items()}
NPS, STARS = rate("nps"), rate("stars")
MANY, ONE = block("choose", TOPICS, many=True), block("choose", TOPICS)
BOOK = block("book", TIMES)
WRITE = block("answer", limit=500)


def said(asked: Block, text: str) -> str:
    """The values with a comma between them, else the reading."""
    understood = understand([asked], text)
    return ",".join(understood.answers.get(asked.name, ())) or understood.reading


REFUSALS = """
Ok, no me llamen | Vale, ya no me interesa | De acuerdo, pero no me llamen más | Claro que no | Bueno, mejor no | Vale, pero no ahora
Sí, ya les dije que no | Ok. Dejen de llamar | Claro, cuando las vacas vuelen | Sí, claro, y un jamón | Ni en sueños | Hoy no
Por supuesto que no | Sí, si es gratis | Si me pagan, sí | Sí. Bueno, no | Sí o no, no sé | Sí… es broma | Sí, cancelen mi cuenta
Vale, olvídenme | Acepto, menos las llamadas | Yes but no | Sure, never call me again | Okay, I'm not interested | Ok, lose my number
Yeah right | Of course not | Absolutely not | I'd rather you didn't | Yes, if it is free | Sure I don't want that
I would love for you to stop | Yes? No. | Yes, cancel my account | Fine, but don't call | Ja, aber bitte nicht anrufen
Oui, mais ne m'appelez pas | Sì, ma non chiamatemi | Sim, mas não me liguem | D'acord, però no em truqueu | Vale, pero non me chamedes
Ok, kein Interesse | D'accord, mais ça ne m'intéresse plus | Va bene, ma non mi interessa | Nein danke | Non merci | Não, obrigado
Sí, ¿quién les dio mi número? | Sí, pero primero explíquenme quién les dio mi número | Vale. Basta ya | Quisiera que no
Sí, la semana que viene no
"""
CONSENTS = """
Sí | sí, gracias | Si | si por favor | claro que sí | Vale | Ok | Dale | me encantaría | No hay problema | Por qué no | siii
Claro, llámenme cuando puedan 👍 | 👍 | Perfecto, gracias | Con mucho gusto | Yes please | Sure, go ahead | Of course! | I'd love to
Why not | Ja gerne | Oui, avec plaisir | Sì, volentieri | Sim, com certeza | I tant! | Por suposto
Hola Clara:⏎⏎Sí, gracias.⏎⏎Un saludo,⏎Ana
"""
STOPS = """
Denme de baja | denme de baja, por favor | Baja | Quiero darme de baja | No quiero recibir más correos | Dejen de escribirme
Déjenme en paz | Sí, pero denme de baja | No me escriban más | Bórrenme de su lista | Elimínenme | Unsubscribe | OK, unsubscribe me
Yes, please stop emailing me | Please remove me from your list | STOP | Take me off this list | No more emails please | Leave me alone
Désabonnez-moi | Ne m'écrivez plus | Laissez-moi tranquille | Bitte abmelden | Nehmen Sie mich aus dem Verteiler
Lassen Sie mich in Ruhe | Keine weiteren Mails bitte | Cancellatemi dalla lista | Non voglio più ricevere email | Lasciatemi in pace
Quero cancelar a minha inscrição | Parem de enviar emails | Deixem-me em paz | Doneu-me de baixa | Deixeu-me en pau
No vull rebre més correus | Dádeme de baixa | Deixade de escribirme | Non quero recibir máis correos
"""


def rows(table: str) -> list[str]:
    return [each.strip().replace("⏎", "\n") for line in table.strip().splitlines() for each in line.split(" | ")]


@pytest.mark.parametrize("language", OPTIONS)
def test_a_refusal_is_never_a_yes(language: str) -> None:
    assert [text for text in rows(REFUSALS) if said(CALL[language], text) == "yes"] == []


@pytest.mark.parametrize("text", rows(CONSENTS))
def test_a_consent_is_a_yes(text: str) -> None:
    assert said(CALL["es"], text) == "yes"


@pytest.mark.parametrize("text", rows(STOPS))
def test_a_wish_to_be_left_alone_unsubscribes_whatever_was_asked(text: str) -> None:
    assert [said(asked, text) for asked in (CALL["es"], NPS, MANY, WRITE)] == ["unsubscribe"] * 4


@pytest.mark.parametrize(
    "text",
    [
        "No quiero darme de baja",
        "¿Cómo me doy de baja?",
        "Que se pueda dar de baja desde la app",
        "Don't unsubscribe me!",
        "Estoy de baja hasta marzo",
        "Me costó mucho dar de baja a un empleado desde el móvil, y al final tuve que llamar a soporte",
        "The bus stop is far away",
        "A button to unsubscribe users from the list",
        "Das Abmelden von Kunden dauert zu lange, das könnte man mit einem Klick machen",
        "Poder dar de baixa un usuario sen chamar",
    ],
)
def test_speaking_of_leaving_is_no_wish_to_leave(text: str) -> None:
    assert said(WRITE, text) in ("unclear", text)


NUMBERS = {
    "9/10": "9",
    "9 / 10": "9",
    "les doy un 9": "9",
    "nueve sobre diez": "9",
    "9 de 10": "9",
    "5 pero tardó 3 días": "5",
    "9 porque me atendieron rápido": "9",
    "Mi nota es 9.": "9",
    "un 9, sin duda": "9",
    "10/10!!!": "10",
    "uno": "1",
    "I'd give it a 9": "9",
    "nine out of ten": "9",
    "Eine glatte Zehn": "10",
    "je mets 8": "8",
    "9 (nueve)": "9",
}
NO_NUMBERS = [
    *(
        "no es un 9",
        "9 no",
        "no les doy un 9",
        "8 o 9",
        "entre 8 y 9",
        "casi un 10",
        "9,5",
        "un 9 y medio",
        "9/5",
        "7-8",
        "-1",
        "11",
        "9%",
    ),
    *(
        "2 tazas rotas",
        "llegó en 2 días",
        "antes un 9, ahora un 4",
        "9, digo 8",
        "si mejora, un 9",
        "9 si mejora",
        "¿9?",
        "ningún 10",
        "menos de 5",
    ),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_a_number_on_a_scale_is_read_with_its_reason(text: str, value: str) -> None:
    assert said(NPS, text) == value


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_number_that_may_mean_something_else_is_none(text: str) -> None:
    assert said(NPS, text) == "unclear"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4/5", "4"),
        ("⭐⭐⭐⭐", "4"),
        ("★★★☆☆", "3"),
        ("una estrella", "1"),
        ("4 stars out of 5", "4"),
        ("9/10", "unclear"),
    ],
)
def test_stars_are_counted(text: str, value: str) -> None:
    assert said(STARS, text) == value


CHOICES = {
    "A\n\nSaludos,\nD. Pérez": "a",
    "A\nDra. C. Ruiz": "a",
    "B.\n\nUn abrazo,\nAna C.": "b",
    "A y C": "a,c",
    "a, c": "a,c",
    "AC": "a,c",
    "A+C": "a,c",
    "1 y 3": "a,c",
    "todas": "a,b,c,d",
    "Facturas y soporte": "a,c",
    "facturas, no ventas": "a",
    "la primera y la última": "a,d",
    "A o C": "unclear",
    "no A": "unclear",
    "todo menos precios": "unclear",
    "D. Pérez": "unclear",
    "A E": "unclear",
}


@pytest.mark.parametrize(("text", "values"), CHOICES.items())
def test_options_are_chosen_by_letter_number_and_label(text: str, values: str) -> None:
    assert said(MANY, text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", "t2"),
        ("la 2", "t2"),
        ("la segunda, por favor", "t2"),
        ("B", "t2"),
        ("el martes", "t3"),
        ("lunes a las 10", "t1"),
        ("4:30 pm", "t2"),
        ("lunes por la tarde", "t2"),
        ("a las 9", "t3"),
        ("Martes 8 a las 9:00, gracias", "t3"),
        ("ninguna me va bien", "none"),
        ("el 2", "unclear"),
        ("8", "unclear"),
        ("lunes", "unclear"),
        ("el martes a las 10", "unclear"),
        ("el lunes no", "unclear"),
        ("martes después de las 10", "unclear"),
        ("el lunes o el martes", "unclear"),
        ("mañana", "unclear"),
        ("¿el martes?", "unclear"),
    ],
)
def test_a_time_is_chosen_by_its_number_and_by_its_words(text: str, value: str) -> None:
    assert said(BOOK, text) == value
