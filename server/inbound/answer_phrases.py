"""The words people answer with, folded: lower case, no accents, no punctuation. Tables; Spanish and English in one."""

from __future__ import annotations


def _phrases(text: str) -> frozenset[str]:
    return frozenset(text.split(", "))


AROUND = _phrases(  # single words that say nothing beside an answer
    "la, el, lo, un, opcion, option, letra, letter, respuesta, answer, mi, my, es, is, the, numero, number, nota, score, pongo, doy, le,"
    " por, favor, please, gracias, thanks, thank, you, muchas, estrellas, stars, puntos, points"
)
GREETINGS = _phrases(
    "hola, buenas, buenos dias, buenas tardes, un saludo, saludos, saludos cordiales, un abrazo, abrazos, cordialmente, atentamente,"
    " mil gracias, hi, hello, hey, regards, best, best regards, kind regards, cheers, many thanks, thanks a lot"
)
YES = _phrases("si, yes, ok, okay, vale, claro, por supuesto, de acuerdo, confirmo, sip, yep, sure, of course")
NO = _phrases("no, nope, para nada, de ninguna manera, not now, ahora no, no thank you")
MAYBE = _phrases("quizas, quiza, tal vez, a lo mejor, maybe, perhaps, no se, not sure")
AND = _phrases("y, and")
NUMBERS = {
    word: str(number)
    for words in (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
        "zero one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(words.split(" "))
}
