"""Finds questions that ask for personal data without a purpose in the brief.

It matches the request (“your phone number”) and not the word, because “by phone or by mail?” asks for a preference. A brief that
mentions the data is accepted as their purpose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.lint import prose
from builder.lint.view import View, at
from builder.nodes import Element
from builder.problems import Problem

TYPED = frozenset({"ac-answer", "ac-choose"})  # other kinds cannot return such data
MAX_READ = 400  # characters of a question
_ASK = (
    r"(?:cuál(?:es)? (?:es|son)|dinos|dime|indica(?:nos)?|escrib(?:e|enos)|déjanos|deja|danos|comparte|facilítanos|confirma"
    r"|what(?:['’]s| is| are)|enter|tell us|leave(?: us)?|give us|share|type(?: in)?|confirm|add)"
)
_OWN = r"(?:tus?|sus?|your) (?:\w+ ){0,2}?"


@dataclass(frozen=True)
class Datum:
    """One kind of personal data. `asks` matches a request for it, `briefed` the brief's words for it. `special`: GDPR, art. 9."""

    name: str
    asks: re.Pattern[str]
    briefed: re.Pattern[str]
    special: bool = False


def _datum(name: str, words: str, phrases: str = "", briefed: str = "") -> Datum:
    """Match “your …” after a verb of asking, a question of little more than the word, or one of the phrases."""
    asks = rf"\b{_ASK} {_OWN}(?:{words})\b|^\W*(?:{_OWN})?(?:{words})\W*$" + (rf"|\b(?:{phrases})" if phrases else "")
    return Datum(name, re.compile(asks), re.compile(rf"\b(?:{words}{'|' + briefed if briefed else ''})"))


def _special(name: str, phrases: str, briefed: str) -> Datum:
    return Datum(name, re.compile(rf"\b(?:{phrases})"), re.compile(rf"\b(?:{briefed})"), special=True)


ORDINARY = (
    _datum(
        "an email address",
        "correo(?: electrónico)?|e-?mail(?: address)?|dirección de correo(?: electrónico)?",
        r"(?:a|en|con) qué (?:correo|e-?mail)\b|(?:which|what) e-?mail address\b",
    ),
    _datum(
        "a telephone number",
        r"teléfono|móvil|celular|whats?app|(?:phone|mobile|cell(?:phone)?|telephone)(?: number)?"
        r"|número de (?:teléfono|móvil|celular|whats?app)",
        r"(?:a|en) qué (?:número|teléfono|móvil|celular)\b|(?:which|what) (?:phone )?number (?:can|should|do) we\b",
        "call|llama|sms",
    ),
    _datum(
        "a date of birth or an age",
        r"fecha de nacimiento|cumpleaños|edad|date of birth|birth ?date|birthday|age",
        r"cuándo (?:naciste|cumples años|es tu cumpleaños)|qué edad tienes"
        r"|cuántos años tienes(?! (?:de|en|con|usando|trabajando|como|por)\b)"
        r"|how old are you|when were you born|when is your birthday",
        "años|nacimiento|birth|adult|mayor",
    ),
    _datum(
        "a home address",
        r"domicilio|dirección(?: postal| de casa)?|código postal|(?:home |postal |street )address|post ?code|zip code",
        r"dónde vives|where do you live",
        "address|envi|entreg|deliver|ship",
    ),
    _datum(
        "an identity number",
        r"dni|nif|nie|cédula(?: de (?:identidad|ciudadanía))?|pasaporte|curp|rfc|rut|cpf|documento de identidad"
        r"|número de (?:identidad|identificación|pasaporte|documento|cédula|dni)"
        r"|passport(?: number)?|social security number|ssn|(?:national )?id (?:number|card)|driver['’]?s licen[cs]e",
        briefed="identi|invoice|factura",
    ),
    _datum(
        "income or bank details",
        r"salario|sueldo|ingresos|nómina|número de (?:cuenta|tarjeta)|iban|salary|income|wages?|bank account"
        r"|(?:bank )?account number|(?:credit )?card number",
        r"cuánto (?:ganas|cobras)\b|how much do you earn",
        "pago|payment|refund|reembolso|devoluci",
    ),
    _datum(
        "family status",
        "estado civil|marital status",
        r"(?:tienes|cuántos) hijos|estás casad[oa]|are you married|do you have (?:children|kids)|how many (?:children|kids)",
        "famil|hijos|niñ|child|kids",
    ),
)
SPECIAL = (
    _special(
        "health",
        r"(?:tu|su|your) (?:estado de )?(?:salud|health)\b(?! (?:financ|econ|digital|comerc|insur|plan|score|check))"
        r"|(?:tienes|padeces|sufres) (?:de )?(?:alguna? )?(?:alergias?|enfermedad|discapacidad|diabetes|intolerancia)"
        r"|alguna? (?:alergia|enfermedad|discapacidad|intolerancia)\b|estás embarazada|tomas (?:alguna )?medica"
        r"|(?:do you have|any) (?:\w+ )?(?:allerg|food intoleranc|disabilit|illness|disease|medical condition|diabetes)"
        r"|are you pregnant|(?:what|which|any) medication",
        r"salud|alerg|enferm|discapac|dieta|comida|menú|embaraz|medic|intoler|health|allerg|illness|disab|diet|food|menu|pregnan",
    ),
    _special(
        "religion or belief",
        r"(?:tu|su|your) (?:religión|religion|fe religiosa|faith)\b|(?:qué|what|which) (?:religión|religion)\b"
        r"|eres (?:católic|cristian|musul|judí)|are you (?:a )?(?:catholic|christian|muslim|jewish)",
        r"relig|fe\b|faith",
    ),
    _special(
        "politics or union membership",
        r"(?:a quién|por quién|qué partido) (?:vas a votar|votas|votaste|votarás|votarías)|tu ideología|tus ideas políticas"
        r"|afiliad[oa] a (?:un|algún) (?:sindicato|partido)|who (?:did|do|will|would) you vote for|your political"
        r"|(?:a )?member of (?:a|any) (?:trade union|union|political party)",
        r"vot[aeo]|polít|polit|sindicat|union|elecci|elect",
    ),
    _special(
        "ethnic origin",
        r"(?:tu|su|your) (?:origen (?:étnico|racial)|etnia|ethnicity|ethnic (?:origin|group)|racial origin)",
        r"étnic|etnia|ethnic|racial|divers",
    ),
    _special(
        "sexual orientation or gender identity",
        r"(?:tu|su|your) (?:orientación sexual|identidad de género|sexual orientation|gender identity|sexuality)",
        r"sexual|género|gender|divers",
    ),
)


def check(view: View) -> Iterator[Problem]:
    """Check one body for needless-personal-data."""
    brief = view.email.brief
    purpose = f"{brief.do} {brief.learn} {brief.then}".casefold()
    for block in (place.element for place in view.blocks):
        for datum in _asked(block):
            if not datum.briefed.search(purpose):
                yield _told(block, datum)


def _asked(block: Element) -> Iterator[Datum]:
    question = block.attributes.get("question")
    said = prose.spaced(prose.reading_text(question)).casefold()[:MAX_READ] if question else ""
    rows = (*SPECIAL, *ORDINARY) if block.tag in TYPED else SPECIAL
    yield from (datum for datum in rows if datum.asks.search(said))


def _told(block: Element, datum: Datum) -> Problem:
    said = f"This asks for {datum.name}, and the brief does not say what for."
    fix = "Do not ask, or say in the brief what it is needed for (GDPR, art. 5(1)(c))."
    if datum.special:
        said = f"This asks about {datum.name}, which the law guards most, and the brief does not say what for."
        fix = "Do not ask; or say in the brief what it is needed for, and ask for explicit consent first (GDPR, art. 9(2)(a))."
    if datum.name == "an email address":
        fix = "You write to their address already: do not ask, or say in the brief what another is needed for."
    return at(block.attributes["question"], "needless-personal-data", said, fix)
