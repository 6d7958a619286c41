"""The Spanish is that of Colombia: words of Spain do not come back, neither on pages nor in emails nor on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ("server/translations/es.po", "server/cli/translations/es.po")
WORDS = {  # a word of Spain, as a pattern, and the one that Colombia uses for it
    r"laborables?": "hábil",
    r"anul(?:ar|a|ada|ado|adas|ados|ó|amos|e)": "cancelar",
    r"enseñ\w+": "mostrar",
    r"importes?": "valor",
    r"papel(?:es)?": "rol",
    r"añad\w+": "agregar",
    r"puls(?:a|ar|as|e|ó|ado|ada|amos)": "oprimir",
    r"pinch\w+": "hacer clic",
    r"coge[rsn]?|cogid[oa]s?": "tomar",
    r"introduc\w+|introduz\w+": "escribir",
    r"ordenador(?:es)?": "computador",
    r"móvil(?:es)?": "celular",
    r"tel[ée]fono móvil": "celular",
    r"ratón": "mouse",
    r"vídeos?": "video",
    r"ficheros?": "archivo",
    r"costes?": "costo",
    r"zumos?": "jugo",
    r"aparcar?": "aplazar",
    r"enhorabuena": "felicitaciones",
    r"vale, |de acuerdo, vale": "listo",
    r"vosotr[oa]s|vuestr[oa]s?|os": "ustedes",
    r"\w+[áé]is": "ustedes",
    r"de alta": "activar",
    r"(?:va|van) de camino|de camino": "en camino",
    r"echar atrás": "deshacer",
    r"respondieron personas": "respondieron N personas",
}
FOUND = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
NAMES = re.compile(r'\b(?:value|name|path|href)="[^"]*"')  # of an email, which nobody reads
ALLOWED = {"seis"}  # ends like a verb of vosotros


def _texts() -> Iterator[tuple[str, str]]:
    for name in CATALOGUES:
        with (ROOT / name).open("rb") as file:
            for message in read_po(file, locale="es"):
                strings = [message.string] if isinstance(message.string, str) else message.string
                yield from ((name, str(each)) for each in strings if message.id)
    for path in (*(ROOT / "templates/notices").glob("*.es.*"), *(ROOT / "templates/emails").glob("*/body.mjml")):
        yield str(path.relative_to(ROOT)), NAMES.sub("", path.read_text(encoding="utf-8"))


def _words_of_spain(text: str) -> list[str]:
    return [found[0] for found in FOUND.finditer(text) if found[0].lower() not in ALLOWED]


def test_no_text_has_a_word_of_spain() -> None:
    wrong = [(place, word, text[:80]) for place, text in _texts() for word in _words_of_spain(text)]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["Añade una persona", "Un día laborable", "Se anuló la cita", "¿Os interesa?", "Ya podéis verlo", "va de camino"],
)
def test_a_word_of_spain_is_found(text: str) -> None:
    assert _words_of_spain(text)


@pytest.mark.parametrize("text", ["Tienes seis días", "En camino", "La papelera", "Los importados", "Es un anuncio"])
def test_a_word_of_colombia_passes(text: str) -> None:
    assert _words_of_spain(text) == []


def test_the_texts_are_there_to_be_read() -> None:
    places = {place for place, _ in _texts()}
    assert set(CATALOGUES) < places and len(places) > 10
