"""Transactional mail that mentions a price, a plan or a discount is no marketing; mail that sells is found out in both languages."""

import pytest

from builder import lint
from tests.builder.emails import TOML, files

NEWS = "<mj-text>Tu pedido {{ data.order.id }} ya salió de nuestro almacén y llega mañana por la tarde.</mj-text>"
OFFER = "<mj-text>Aprovecha nuestras rebajas: hasta un 40 % de descuento en tazas, platos y jarras.</mj-text>"
ROWS = "<tr><td>Taza</td><td>3,50 €</td></tr>" * 8
OF_ITS_OWN = (
    "<mj-text>El descuento del 20 % ya está aplicado a tu factura de este mes.</mj-text>",
    "<mj-text>Aquí tienes la oferta que nos pediste para la obra de la calle Mayor.</mj-text>",
    "<mj-text>Tu oferta de empleo recibió tres respuestas.</mj-text>",
    "<mj-text>Tu suscripción al plan Premium se renovó hoy por 12 €.</mj-text>",
    "<mj-text>Tu pedido sale hoy y lo recibes mañana.</mj-text>",
    "<mj-text>We sold your car: the sale closes on Monday.</mj-text>",
    "<mj-text>The deal you asked about is ready to sign.</mj-text>",
    f"{NEWS}<mj-text>¿Necesitas ayuda? Escríbenos cuando quieras y te respondemos en un día laborable.</mj-text>",
    f"<mj-table>{ROWS}<tr><td>Cupón aplicado</td><td>-2 €</td></tr></mj-table>",
    f"{NEWS}<mj-text>Subtotal 30 €, 20 % de descuento -6 €, total 24 €</mj-text>",
    f"{NEWS * 4}<mj-text>Aprovecha nuestras rebajas.</mj-text>",
    f"<mj-image src='https://e.com/hero.png' alt='' /><mj-text>Hola, {{{{ person.first_name or 'Ana' }}}}:</mj-text>{NEWS}",
    f"{NEWS}<ac-rate name='a' question='¿Qué tal?' />",
    '<mj-text>Hola, {{ person.first_name or "Ana" }}:</mj-text><ac-confirm name="a" question="¿Confirmas tu cita del lunes?" />',
)


@pytest.mark.parametrize("inside", OF_ITS_OWN)
def test_a_notice_is_no_promotion(inside: str) -> None:
    assert lint.check("try", files(inside)) == []


def test_marketing_may_sell() -> None:
    settings = TOML.format(mail_class="marketing").replace("Hola {{", "Rebajas para {{")
    leave = '<mj-text><a href="{{ acto.unsubscribe_url }}">Darme de baja</a> {{ sender.postal_address }}</mj-text>'
    assert lint.check("try", files(OFFER + leave, email_toml=settings)) == []


SELLING = {
    "a whole section": (
        f"{NEWS}</mj-column></mj-section><mj-section><mj-column><mj-text>También te puede gustar</mj-text>"
        "<mj-text>Tazas ligeras para el verano</mj-text><mj-text>Platos hondos para el invierno</mj-text>"
        "<mj-text>Jarras de cristal para la mesa de todos los días</mj-text>",
        "marketing-in-disguise",
    ),
    "a partial": (f'{NEWS}<mj-include path="more.mjml" />', "promotional-share"),
    "English": (
        "<mj-text>Your order has left our warehouse and will be with you tomorrow in the afternoon.</mj-text>"
        "<mj-text>Don’t miss our summer sale.</mj-text><mj-button href='https://e.com'>Shop now</mj-button>",
        "promotional-share",
    ),
    "images": (
        f"{NEWS}<mj-image src='https://e.com/a.png' alt='Rebajas de verano' href='https://example.com' />",
        "promotional-share",
    ),
    "an offer first": (f"{OFFER}{NEWS * 6}", "news-not-first"),
}


@pytest.mark.parametrize(("inside", "rule"), SELLING.values(), ids=SELLING)
def test_a_notice_that_sells_is_told(inside: str, rule: str) -> None:
    made = files(inside) | {"try/more.mjml": OFFER}
    assert [problem.rule for problem in lint.check("try", made)] == [rule]
