"""Writes Outlook's signed card: a JWS over the card, its sender and its recipients, as microdata in the html part's body.

The signature lets Outlook trust the card if the mail's path (SPF, DKIM) does not prove its sender. RS256, RFC 7515.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache

from joserfc import jws
from joserfc.jwk import RSAKey
from markupsafe import Markup


@dataclass(frozen=True)
class CardKey:
    """A private RSA key in PEM form."""

    pem: bytes = field(repr=False)


def section(card: str, originator: str, key: CardKey, sender: str, recipients: tuple[str, ...], now: int) -> Markup:
    """Write the signed card (JSON) as hidden microdata; `now` in milliseconds UTC."""
    token = signed(card, originator, key, sender, recipients, now)
    return Markup(  # noqa: S704 - a JWS is letters, digits, dots, - and _
        '<section itemscope itemtype="http://schema.org/SignedAdaptiveCard">'
        '<meta itemprop="@context" content="http://schema.org/extensions" />'
        '<meta itemprop="@type" content="SignedAdaptiveCard" />'
        '<div itemprop="signedAdaptiveCard" style="mso-hide:all;display:none;max-height:0px;overflow:hidden;">'
        f"{token}</div></section>"
    )


def signed(card: str, originator: str, key: CardKey, sender: str, recipients: tuple[str, ...], now: int) -> str:
    """Sign the card and return the JWS in compact form."""
    claims = {
        "sender": sender,
        "originator": originator,
        "recipientsSerialized": json.dumps(recipients),
        "adaptiveCardSerialized": card,
        "iat": now // 1000,
    }
    return jws.serialize_compact({"alg": "RS256"}, json.dumps(claims, ensure_ascii=False), _key(key.pem))


@lru_cache(maxsize=16)
def _key(pem: bytes) -> RSAKey:
    return RSAKey.import_key(pem)
