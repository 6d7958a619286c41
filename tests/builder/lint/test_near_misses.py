"""Good emails get no warning: what comes near each rule of taste and must not be told, since a lint that cries wolf is switched off."""

import pytest

from builder import lint
from tests.builder.emails import TOML, files, whole

TWO = TOML.replace(
    '{{ es = "Hola', '{{ en = "Hello {{% if person.first_name %}}{{{{ person.first_name }}}}{{% endif %}}", es = "Hola'
)
TWO = TWO.replace('{{ es = "Un', '{{ en = "A minute of your time.", es = "Un')
NEWS = "<mj-text>Tu pedido {{ data.order.id }} ya salió de nuestro almacén y llega mañana por la tarde.</mj-text>"


def toml(subject: str, mail_class: str = "transactional", preheader: str = "Un minuto de tu tiempo.") -> str:
    given = TOML.format(mail_class=mail_class).replace(
        "Hola{% if person.first_name %} {{ person.first_name }}{% endif %}", subject
    )
    return given.replace("Un minuto de tu tiempo.", preheader)


SUBJECTS = (
    "Respuesta a tu solicitud {{ data.order.id }}",
    "Reunión del lunes: la agenda",
    "Renovación: tu póliza vence el 3 de mayo",
    "Fwiw: nada",
    "Tu pedido PED-2024-ABCDEFGH llega hoy",
    "¡Ya llegó!",
    "IVA y IRPF",
)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_good_subject_is_left_alone(subject: str) -> None:
    assert lint.check("try", files(NEWS, email_toml=toml(subject))) == []


LINKS = (
    '<mj-text><a href="{{ data.url }}">Ver mi pedido</a></mj-text>',
    '<mj-text><a href="{{ data.url }}">{{ data.order.id }}</a></mj-text>',
    '<mj-text><a href="https://example.com">example.com</a></mj-text>',
    '<mj-text><a href="{{ data.url }}" aria-label="Leer más sobre tu pedido">Leer más</a></mj-text>',
    '<mj-text><a name="here"></a>Más abajo tienes los detalles de tu pedido.</mj-text>',
    "<mj-text>Si el botón no funciona, copia esta dirección: https://example.com/a/b</mj-text>",
    '<mj-text><a href="https://e.com"><img src="https://e.com/a.png" alt="Ver mi pedido"></a></mj-text>',
    '<mj-button href="{{ data.url }}">Más información sobre tu envío</mj-button>',
)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_says_where_it_leads_is_left_alone(link: str) -> None:
    assert lint.check("try", files(NEWS + link)) == []


def test_the_look_of_buttons_is_no_button() -> None:
    head = '<mjml><mj-head><mj-attributes><mj-button color="#ffffff" /></mj-attributes></mj-head><mj-body>'
    assert lint.check("try", whole(f"{head}<mj-section></mj-section></mj-body></mjml>")) == []


READABLE = (
    '<mj-image src="https://e.com/logo.png" alt="Acme" width="120px" /><mj-text>Tu código es {{ data.order.id }}</mj-text>',
    f'<mj-image src="https://e.com/hero.png" alt="" />{NEWS}',
    '<mj-image src="https://example.com/a.png" alt="" width="600px" height="300px" />'
    '<ac-confirm name="ok" question="¿Llegó bien tu pedido de ayer, el de las seis tazas?" />',
)


@pytest.mark.parametrize("inside", READABLE)
def test_images_beside_words_are_left_alone(inside: str) -> None:
    assert lint.check("try", files(inside)) == []


BOTH = (
    "<mj-text>{{ sender.name }} · {{ sender.postal_address }} · Acme Consulting S.A.</mj-text>",
    "<mj-text>{% if acto.language == 'en' %}Your order is on its way.{% else %}Tu pedido está en camino.{% endif %}</mj-text>",
    "<mj-text>{{ data.order.id }}</mj-text>",
)


@pytest.mark.parametrize("inside", BOTH)
def test_a_body_for_both_languages_is_left_alone(inside: str) -> None:
    assert lint.check("try", files(inside, email_toml=TWO.format(mail_class="transactional"))) == []


CONDITIONS = (
    "known.asked_before == 'yes'",
    "'good' not in known and person.company",
    "data.order.id is defined and known.good",
    "known.good &lt;= 6 or known['good'] &gt; 8",
)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_on_what_may_be_known_is_left_alone(condition: str) -> None:
    asked = '<ac-rate name="good" question="¿Qué tal?" />'
    inside = f'{NEWS}{asked}<ac-answer name="why" question="¿Por qué?" when="{condition}" />'
    assert lint.check("try", files(inside)) == []


def test_a_closing_time_out_of_the_data_is_left_alone() -> None:
    sample = '{"person": {"first_name": "Ana"}, "data": {"closes": "2026-12-03T10:00Z"}}'
    inside = '<ac-confirm name="a" question="¿Vienes?" closes="{{ data.closes }}" />'
    assert lint.check("try", files(inside, sample_json=sample)) == []


def test_what_amp_lacks_is_nothing_to_an_email_without_amp() -> None:
    image = '<mj-image src="https://example.com/a.png" alt="Una taza" />'
    assert lint.check("try", files(NEWS + image)) == []
    asked = NEWS + image + '<ac-confirm name="a" question="¿Vienes?" />'
    assert [problem.rule for problem in lint.check("try", files(asked))] == ["not-in-amp"]
    off = TOML.format(mail_class="transactional") + "[formats]\namp = false\n"
    assert lint.check("try", files(asked, email_toml=off)) == []
