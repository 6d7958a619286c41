"""Measures messages written per second on one core, beside a naive implementation that builds each message from its source."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from builder import catalog, context, emails, messages, mjml, personalise
from builder.eligibility import FORMATS
from builder.emails import CompiledEmail
from builder.formats import html
from builder.messages import Recipient, Sender
from builder.tokens import Keyring, Purpose
from server import settings as all_settings
from server.bench import place
from server.sending import compose, parity_check
from server.settings import Settings

EMAIL = "diagnosis"
ROUNDS = 5
OURS, NAIVE = 400, 20  # messages a round: about as long for each
EVERYWHERE: dict[str, Any] = {"base_url": "https://acto.example.com", "reply_domain": "in.example.com"}
NOW = 1_800_000_000_000
_OPTION_LINK = re.compile(r"\{\{ acto\.links\.(\w+) \}\}/([\w-]+)")


def run(settings: Settings) -> str:
    """Measure in alternating rounds and return the figures as text."""
    with place.folder(settings) as there:
        source = catalog.read(Path(there.templates_dir) / EMAIL)
        sender = compose.sender(there, source.stream, Keyring(all_settings.keys(there)))
    email, recipient = emails.compile(source, "es"), messages.sample(source)
    size = len(messages.write(email, sender, recipient, NOW))
    naive = Naive(email, sender, recipient)
    plain, every = _only_html_and_text(email), parity_check.registered(replace(sender, **EVERYWHERE))
    alone = replace(recipient, recipients=1)
    ours, theirs, two, all_ = [], [], [], []
    for _ in range(ROUNDS):
        ours.append(_per_second(OURS, lambda: messages.write(email, sender, recipient, NOW)))
        theirs.append(_per_second(NAIVE, naive.write))
        two.append(_per_second(OURS, lambda: messages.write(plain, sender, recipient, NOW)))
        all_.append(_per_second(OURS, lambda: messages.write(email, every, alone, NOW)))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    cost = statistics.median(a / b for a, b in zip(two, all_, strict=True))
    formats = [name for name, verdict in messages.eligible(email, every, alone).items() if verdict.on]
    return "\n".join(
        [
            f"render: {EMAIL}, {len(naive.options)} answer links, {size:,} bytes a message, {ROUNDS} rounds in turn, one core",
            f"  naive {statistics.median(theirs):8,.0f} messages/s  (Jinja, MJML, EmailMessage and a signature a link, each time)",
            f"  acto  {statistics.median(ours):8,.0f} messages/s  {ratio:.1f} times as fast",
            f"  {', '.join(formats)}: {statistics.median(all_):,.0f} messages/s, {cost:.1f} times the cost of html and text alone",
        ]
    )


def _only_html_and_text(email: CompiledEmail) -> CompiledEmail:
    off = frozenset(FORMATS) - {"html", "text"}
    return replace(email, facts=replace(email.facts, off=off))


class Naive:
    """The naive implementation: the same MJML as a Jinja template, rendered and compiled for each message, each link signed."""

    def __init__(self, email: CompiledEmail, sender: Sender, recipient: Recipient) -> None:
        self._email, self._sender, self._recipient = email, sender, recipient
        self._mjml = _OPTION_LINK.sub(r"{{ links['\1/\2'] }}", email.document.naive(html.block))
        self._text = _OPTION_LINK.sub(r"{{ links['\1/\2'] }}", email.text)
        self.options = [(name, option.value) for name, block in email.blocks.items() for option in block.options]

    def write(self) -> bytes:
        """Write one message."""
        filled = self._context()
        message = EmailMessage()
        message["From"] = formataddr((self._sender.address.name, self._sender.address.email))
        message["To"] = formataddr((self._recipient.address.name, self._recipient.address.email))
        message["Subject"] = personalise.line(self._email.subject, filled)
        message["Date"] = format_datetime(datetime.fromtimestamp(NOW / 1000, UTC))
        message["Message-ID"] = f"<{self._recipient.message_id}@{self._sender.domain}>"
        message["List-Unsubscribe"] = f"<{filled['acto']['unsubscribe_url']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(personalise.text(self._text, filled))
        message.add_alternative(mjml.html(personalise.html(self._mjml, filled)), subtype="html")
        return message.as_bytes()

    def _context(self) -> dict[str, Any]:
        links = {f"{name}/{value}": self._sign("answer", f"{name}/{value}") for name, value in self.options}
        sender = {"name": self._sender.address.name, "postal_address": self._sender.postal_address, "email": ""}
        shows = {name: not block.when for name, block in self._email.blocks.items()}
        acto = {
            "unsubscribe_url": self._sign("unsubscribe", ""),
            "language": self._email.language,
            "images": f"{self._sender.base_url}/{context.IMAGES_PATH}",
            "shows": shows,
            **EMPTY,
        }
        about = context.about(self._recipient.person, self._recipient.data)
        brand = self._email.source.brand(self._email.language)
        return {**about, "links": links, "sender": sender, "acto": acto, "brand": brand}

    def _sign(self, purpose: Purpose, block: str) -> str:
        to, now = self._recipient, NOW // 1000
        return (
            f"{self._sender.base_url}/a/{self._sender.keyring.sign(purpose, to.contact_id, to.message_id, block, now)}"
        )


EMPTY: dict[str, Any] = {"mailto": {}, "options": {}, "head": "", "body": ""}  # names that ours fills in


def _per_second(times: int, write: Callable[[], bytes]) -> float:
    started = time.perf_counter()
    for _ in range(times):
        write()
    return times / (time.perf_counter() - started)
