"""Reads a Hit from a request: the facts that the evidence uses, with the client's address shortened to its network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from builder.tokens import Action
from server.capture import Hit
from server.capture.hits import SIGNS
from server.capture.left_open import Report

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PATH = "/a/"  # the path of every answer page begins with it
NO_FORM: Mapping[str, list[str]] = {}
HEADERS = ("Sec-Purpose", "Purpose", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-User", "Sec-Fetch-Dest")
FACTS = {name: "HTTP_" + name.upper().replace("-", "_") for name in HEADERS}
PREFIX = {4: 24, 6: 48}
LONGEST = 300  # characters kept of a header that describes the client
OF_PAGE = re.compile(r"[0-9]{1,9}")
# facts that our page's script sends as numbers; `asked`: the page showed the answer that this one is to replace; `viewed`: it was in
# view for two seconds; `keep`: 0 after the person chose not to keep the choice that the mail had marked
PAGE_FACTS = ("dwell", "visible", "webdriver", "asked", "viewed", "keep")
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")  # the nonce in each page of ours
VISIT = re.compile(r"[A-Za-z0-9_-]{16,32}")


def read(
    environ: WSGIEnvironment, action: Action, choice: str, nonce: str = "", form: Mapping[str, list[str]] = NO_FORM
) -> Hit:
    """Read the hit of a request. `form` holds the fields that our page sent with an answer: the kind of input, and the state of the page
    then.
    """
    gesture = form.get("gesture", [""])[0]
    return Hit(
        contact_id=action.contact_id,
        message_id=action.message_id,
        block=action.block,
        purpose=action.purpose,
        method=environ["REQUEST_METHOD"],
        choice=_clean(choice),
        agent=_clean(environ.get("HTTP_USER_AGENT", "")),
        network=network(environ.get("REMOTE_ADDR", "")),
        nonce=nonce,
        gesture=gesture if gesture in SIGNS else "",
        facts={
            **{name: _clean(environ[key]) for name, key in FACTS.items() if key in environ},
            **{name: form[name][0] for name in PAGE_FACTS if name in form and OF_PAGE.fullmatch(form[name][0])},
            **({"visit": visited} if (visited := visit(environ, action.message_id)) else {}),
        },
    )


def report(hit: Hit, action: Action, form: Mapping[str, list[str]]) -> Report:
    """Read the report that a page's script sends about its visitor before any answer; `hit` is that of the same request."""
    sign = form.get("sign", [""])[0]
    sign = sign if sign in SIGNS else ""
    facts = {**(hit.facts or {}), **({"sign": sign} if sign else {})}
    own = hit._replace(purpose="sign", gesture="", facts=facts)
    declined = facts.get("keep") == "0" or facts.get("webdriver") == "1"  # nothing is kept for a program
    return Report(own, action.signed_at, sign, facts.get("viewed") == "1", declined)


def visit_cookie(message_id: str) -> str:
    """Return the name of the cookie with the random visit id. Each message has its own, so that a visit id never links two messages."""
    return f"v-{message_id[-12:]}"


def visit(environ: WSGIEnvironment, message_id: str) -> str:
    """Return the visit id that the browser's cookie holds for this message; '' for none."""
    name = visit_cookie(message_id)
    for pair in environ.get("HTTP_COOKIE", "").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name and VISIT.fullmatch(value):
            return str(value)
    return ""


@lru_cache(maxsize=4096)
def network(address: str) -> str:
    """Shorten an IP address to a network that does not identify one household: /24 for IPv4, /48 for IPv6; '' for an invalid address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{parsed}/{PREFIX[parsed.version]}", strict=False))


def _clean(value: str) -> str:
    return value[:LONGEST] if value.isprintable() else "".join(c for c in value if c.isprintable())[:LONGEST]
