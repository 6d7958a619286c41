"""The brief argues with good reason or not at all: what comes near its rules and must not be told, and what must be."""

import pytest

from builder import lint
from tests.builder.emails import TOML, files

NEWS = "<mj-text>Tu pedido {{ data.order.id }} ya salió de nuestro almacén y llega mañana por la tarde.</mj-text>"


def brief(do: str, learn: str = "Whether, and why", then: str = "We call, or we write, or it ends there") -> str:
    given = TOML.format(mail_class="transactional")
    return given.split("[brief]")[0] + f'[brief]\ndo = "{do}"\nlearn = "{learn}"\nthen = "{then}"\n'


def confirm(name: str, more: str = "") -> str:
    return f'<ac-confirm name="{name}" question="¿{name.capitalize()}?"{more} />'


PURPOSEFUL = {
    "as many things as questions, in another language than theirs": (
        confirm("precio") + confirm("plazo"),
        brief("Decir si el precio encaja y si el plazo sirve", "Si seguimos"),
    ),
    "every question by name": (
        confirm("price") + confirm("term") + confirm("call"),
        brief("Say all of it {price}", "Whether {term} {call}", "We act {price} {term} {call}"),
    ),
    "braces that are Jinja to nobody and braces of Jinja": (confirm("price"), brief("Say {{ it }}")),
    "no question": (NEWS, brief("Read it", "Nothing", "Nothing")),
    "an answer that another question needs": (
        confirm("price") + "{% if 1 %}" + '<ac-choose name="next" question="¿Y ahora?"><ac-option value="a" need="5">A</ac-option>'
        '<ac-option value="b">B</ac-option></ac-choose>{% endif %}',
        brief("Say it, and what next", then="We call"),
    ),
    "one of two branches": (
        "{% if person.company %}" + confirm("a") + confirm("b") + "{% else %}" + confirm("c") + confirm("d") + "{% endif %}",
        brief("Say one, two, three and four", "Which", "One, two, three or four of us act"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("inside", "settings"), PURPOSEFUL.values(), ids=PURPOSEFUL)
def test_a_question_with_a_purpose_is_left_alone(inside: str, settings: str) -> None:
    assert lint.check("try", files(inside, email_toml=settings)) == []


def test_an_answer_that_a_flow_uses_is_left_alone() -> None:
    made = files(confirm("price") + confirm("term"), email_toml=brief("Say it, and when", then="We call"))
    assert [problem.rule for problem in lint.check("try", made)] == ["unused-answer"]
    assert lint.check("try", made, used={"term"}) == []


IMPERSONAL = (
    "¿Prefieres que te escribamos por correo o por teléfono?",
    "¿Te llegó bien el correo de confirmación?",
    "¿Qué tal te atendieron por teléfono?",
    "¿Qué te pareció nuestra dirección de arte?",
    "¿Cuántos años tienes de experiencia con Excel?",
    "¿Cuántas personas trabajan en tu empresa?",
    "¿Qué tal tu partido del domingo?",
    "¿De qué raza es tu perro?",
    "How was your race on Sunday?",
    "Do you need help with your email campaigns?",
    "What is your biggest problem today?",
    "How do you manage your customers' addresses?",
    "Which is the health of your pipeline?",
    "What stage is your project at?",
    "¿Cuál es tu principal canal: teléfono, web o tienda?",
    "¿Por qué canal te llegan tus clientes?",
    "What would you leave us as advice?",
    "¿Cómo pagas: con tarjeta o por transferencia?",
)


@pytest.mark.parametrize("question", IMPERSONAL)
def test_a_question_that_asks_for_no_personal_data_is_left_alone(question: str) -> None:
    options = '<ac-option value="a">Una cosa</ac-option><ac-option value="b">Otra</ac-option>'
    assert lint.check("try", files(f'<ac-choose name="a" question="{question}">{options}</ac-choose>')) == []


def test_a_yes_tells_nobody_s_telephone() -> None:
    inside = '<ac-confirm name="a" question="¿Sigue siendo este tu teléfono: {{ data.order.id }}?" />'
    assert lint.check("try", files(inside)) == []


MEANT = (
    '<ac-confirm name="a" question="¿Llegó tu paquete?"><ac-option value="yes">Recibido</ac-option></ac-confirm>',
    '<ac-confirm name="a" question="¿Quieres recibirla?"><ac-option value="yes">Sí, quiero</ac-option></ac-confirm>',
    '<ac-confirm name="a" question="¿Y bien?"><ac-option value="ok">OK</ac-option><ac-option value="no">No</ac-option></ac-confirm>',
)


@pytest.mark.parametrize("block", MEANT)
def test_a_block_that_asks_something_is_left_alone(block: str) -> None:
    assert lint.check("try", files(block)) == []


PERSONAL = (
    ("¿Cuál es tu correo electrónico?", "an email address"),
    ("Your email", "an email address"),
    ("Déjanos tu teléfono y te llamamos", "a telephone number"),
    ("¿A qué número te llamamos?", "a telephone number"),
    ("What's your phone number?", "a telephone number"),
    ("¿Cuántos años tienes?", "a date of birth or an age"),
    ("How old are you?", "a date of birth or an age"),
    ("Fecha de nacimiento", "a date of birth or an age"),
    ("¿Dónde vives?", "a home address"),
    ("Indica tu número de cédula", "an identity number"),
    ("¿Cuánto ganas al mes?", "income or bank details"),
    ("Do you have children?", "family status"),
    ("¿Tienes alguna alergia?", "health"),
    ("How is your health?", "health"),
    ("What is your religion?", "religion or belief"),
    ("¿Por quién votarías?", "politics or union membership"),
    ("¿Cuál es tu orientación sexual?", "sexual orientation or gender identity"),
)


@pytest.mark.parametrize(("question", "datum"), PERSONAL)
def test_a_question_that_asks_for_personal_data_is_told(question: str, datum: str) -> None:
    options = '<ac-option value="a">Una cosa</ac-option><ac-option value="b">Otra</ac-option>'
    settings = brief("Say it", "Whether", "We act")
    made = files(f'<ac-choose name="a" question="{question}">{options}</ac-choose>', email_toml=settings)
    told = [(problem.rule, datum in problem.message) for problem in lint.check("try", made)]
    assert told == [("needless-personal-data", True)]
