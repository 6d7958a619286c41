"""A whole message in every format: what a parser reads is what went in, whatever a person is called, and what a webmail leaves of it."""

import email
import json
import re
from collections.abc import Callable
from dataclasses import replace
from email import policy
from email.message import EmailMessage

import nh3
import pytest
from hypothesis import given, settings

from builder import catalog, emails, messages, parity
from builder.messages import Filled
from builder.mime import Address
from tests.builder.emails import files
from tests.builder.test_mime import TEXTS
from tests.builder.test_parity import EVERYWHERE, INSIDE, NOW, SAMPLE, STARTERS

LONGEST_LINE = 998  # RFC 5322 2.1.1
PARTS: dict[str, Callable[[Filled], str]] = {
    "text/plain": lambda filled: filled.text,
    "text/x-amp-html": lambda filled: filled.amp,
    "text/html": lambda filled: filled.html,
    "text/calendar": lambda filled: filled.invite,
}


def read(wire: bytes) -> EmailMessage:
    message = email.message_from_bytes(wire, policy=policy.default)
    assert not message.defects and not any(part.defects for part in message.walk())
    assert max(map(len, wire.split(b"\r\n"))) <= LONGEST_LINE
    assert b"\n" not in wire.replace(b"\r\n", b"")
    return message


def contents(message: EmailMessage) -> dict[str, str]:
    return {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}


def same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").rstrip("\n") == other.replace("\r\n", "\n").rstrip("\n")


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", catalog.names(STARTERS))
def test_a_starter_reads_back_as_it_was_filled_in(name: str, language: str) -> None:
    compiled = emails.compile(catalog.read(STARTERS / name), language)
    recipient = replace(messages.sample(compiled.source), recipients=1)
    filled = messages.fill(compiled, EVERYWHERE, recipient, NOW)
    message = read(messages.write(compiled, EVERYWHERE, recipient, NOW))
    found = contents(message)
    wanted = {kind: part(filled) for kind, part in PARTS.items() if part(filled)}
    assert list(found) == list(wanted)
    assert all(same(found[kind], content) for kind, content in wanted.items())


@given(first=TEXTS, last=TEXTS, company=TEXTS)
@settings(max_examples=60, deadline=None)
def test_nobody_is_called_so_that_a_format_breaks(first: str, last: str, company: str) -> None:
    inside = (
        f"{INSIDE}<mj-text>{{{{ person.first_name }}}} {{{{ person.last_name }}}}, {{{{ person.company }}}}</mj-text>"
    )
    compiled = emails.compile(catalog.parse("try", files(inside, sample_json=SAMPLE)), "es")
    person = {"first_name": first, "last_name": last, "company": company, "email": "ana@example.com"}
    address = Address(f"{first} {last}", "ana@xn--caf-dma.example")
    recipient = replace(messages.sample(compiled.source), person=person, address=address)
    filled = messages.fill(compiled, EVERYWHERE, recipient, NOW)
    message = read(messages.write(compiled, EVERYWHERE, recipient, NOW))
    assert list(contents(message)) == ["text/plain", "text/x-amp-html", "text/html"]
    assert len(message.keys()) == len(set(message.keys()))
    assert "Bcc" not in message and message["To"].addresses[0].addr_spec == address.email
    for kind in ("ld", "adaptivecard"):
        (script,) = re.findall(rf'<script type="application/{kind}\+json">(.*?)</script>', filled.html, re.DOTALL)
        assert json.loads(script)
    on = [each for each, verdict in messages.eligible(compiled, EVERYWHERE, recipient).items() if verdict.on]
    told = parity.prove(compiled, EVERYWHERE, recipient, filled, on, NOW)
    assert [each for each in told if "not to be read" not in each.message] == []


def webmail(html: str) -> str:
    """What a strict webmail leaves: no head, style, script, form or input; classes and ids gone, inline styles too."""
    body = html[html.index("<body") :]
    return nh3.clean(body, attributes={"a": {"href", "target"}, "img": {"src", "alt"}, "td": {"align"}}, link_rel=None)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", catalog.names(STARTERS))
def test_after_a_webmail_has_gone_over_it_each_question_can_still_be_answered(name: str, language: str) -> None:
    source = replace(catalog.read(STARTERS / name), formats_on=frozenset({"kinetic"}))
    compiled = emails.compile(replace(source, files={**source.files, "kinetic": ""}), language)
    recipient = messages.sample(source)
    filled = messages.fill(compiled, EVERYWHERE, recipient, NOW)
    left = webmail(filled.html)
    assert not re.search(r"<(?:form|input|style|script)|class=|style=", left)
    assert parity.prove(compiled, EVERYWHERE, recipient, replace(filled, html=left), ["html"], NOW) == []
