"""Lists phrases that sell, in both languages.

Phrases and not words, because “oferta” is also a quotation that a client asked for, and “discount” a line of a receipt.
"""

import re

SELLS = {
    "es": r"""
        \d+ ?% (?:de )?(?:descuento|dto|dcto|menos|off)
        ofertas(?! de (?:empleo|trabajo))
        (?:gran|super|súper) ?oferta
        oferta (?:especial|exclusiva|limitada|única|irrepetible|del día)
        en oferta
        rebajas
        promociones
        promoción (?:especial|exclusiva|válida)
        cup(?:ón|ones)
        código (?:promocional|de descuento)
        2x1
        3x2
        compra (?:ya|ahora|hoy)
        cómpral[oa]s?
        llévate
        llévatel[oa]s?
        aprovecha(?:l[oa]s?)?
        no te l[oa]s? pierdas
        últim[ao]s (?:unidades|plazas|horas|días)
        solo (?:por )?(?:hoy|esta semana|este mes)
        (?:por )?tiempo limitado
        (?:te|que) puede[n]? (?:gustar|interesar)
        te (?:gustará|encantará|interesará)n?
        (?:recomendad|seleccionad|elegid)[oa]s? para ti
        productos (?:relacionados|recomendados)
        completa tu look
        nueva colección
        descubre (?:nuestr[oa]s?|l[oa]s? nuev[oa]s?|lo nuevo|tod[oa]s? (?:l[oa]s?|nuestr[oa]s?)|más productos)
        buen fin
        pásate a (?:premium|pro|plus)
        mejora tu plan
        hazte (?:premium|pro|soci[oa])
        suscríbete
        invita a (?:un amigo|una amiga|tus amigos)
        en tu próxim[oa] (?:compra|pedido)
        (?:por|desde) solo [$€]? ?\d+
        """,
    "en": r"""
        \d+ ?% (?:off|discount)
        save (?:up to )?[$€£]?\d+ ?%?
        (?:special|exclusive|limited|introductory|unbeatable) offers?
        limited[- ]time
        (?:best|great|hot|today['’]s|our|daily) deals?
        deals? (?:of the day|for you)
        (?:on|summer|winter|spring|autumn|flash|hot|mid-season|big|annual) sale
        sale (?:ends|starts|now on)
        coupons?
        (?:promo|promotional|discount|coupon) codes?
        shop (?:now|the|our|all|new)
        buy (?:now|today|one)
        order yours
        don['’]t miss
        last chance
        hurry
        only (?:today|this week)
        while (?:stocks|supplies) last
        act now
        you (?:may|might|will|['’]ll) (?:also )?(?:like|love|be interested in)
        (?:recommended|picked|chosen) for you
        related products
        customers also
        complete (?:your|the) look
        new (?:arrivals|collection)
        discover (?:our|the new|what['’]s new|more products)
        upgrade (?:now|today|your plan)
        go premium
        free trial
        (?:refer|invite) (?:a friend|your friends)
        earn (?:points|rewards)
        on your next (?:order|purchase)
        black friday
        cyber monday
        """,
}
SETTLED = r"aplicad[oa]s?|incluid[oa]s?|descontad[oa]s?|canjead[oa]s?|usad[oa]s?|applied|included|redeemed|used|subtotal|total|iva"
MAX_READ = 2_000  # characters of one paragraph
_SELLS = re.compile(
    r"(?<!\w)(?:" + "|".join(row.strip() for rows in SELLS.values() for row in rows.strip().split("\n")) + r")(?!\w)"
)
_SETTLED = re.compile(rf"\b(?:{SETTLED})\b")


def sells(said: str) -> str:
    """Return the first phrase of a text that sells, in lower case, or an empty text; a discount already given does not count."""
    text = said[:MAX_READ].casefold()
    found = _SELLS.search(text)
    return found[0] if found and not _SETTLED.search(text) else ""
