"""One message: a compiled email, one person, and the links that are theirs alone.

Costs one Jinja render a part and one signature a block; the options of a block share its token.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder import mime, personalise, quoted
from builder.catalog import EmailSource
from builder.dkim import Signer
from builder.emails import CompiledEmail
from builder.formats.text import tidy
from builder.mime import Address, Envelope, Header
from builder.tokens import Keyring, Purpose


@dataclass(frozen=True)
class Sender:
    """Who the mail is from, on one stream. `base_url` has no slash at its end; `domain` ends the Message-ID."""

    address: Address
    postal_address: str
    base_url: str
    domain: str
    keyring: Keyring
    signer: Signer | None = None


@dataclass(frozen=True)
class Recipient:
    """Who gets it. `person` and `data` are what the template sees under those names: plain values only."""

    contact_id: str
    message_id: str
    address: Address
    person: Mapping[str, Any]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Filled:
    """A message's readable parts."""

    subject: str
    html: str
    text: str
    unsubscribe_url: str


def fill(email: CompiledEmail, sender: Sender, recipient: Recipient, now: int) -> Filled:
    """The message's parts; `now` in milliseconds UTC. Raises CannotPersonalise."""
    context = _context(email, sender, recipient, now)
    return Filled(
        subject=personalise.line(email.subject, context),
        html=personalise.html(email.html, context),
        text=tidy(personalise.text(email.text, context)),
        unsubscribe_url=context["acto"]["unsubscribe_url"],
    )


def write(email: CompiledEmail, sender: Sender, recipient: Recipient, now: int) -> bytes:
    """The message as wire bytes. Its Message-ID is stable: a retry is the same message. Raises CannotPersonalise."""
    context = _context(email, sender, recipient, now)
    envelope = Envelope(
        sender=sender.address,
        recipient=recipient.address,
        subject=personalise.line(email.subject, context),
        message_id=f"{recipient.message_id}@{sender.domain}",
        date=now,
        extra=_headers(email, sender, context["acto"]["unsubscribe_url"]),
    )
    text = quoted.piece(tidy(personalise.text(email.text, context)))
    return mime.assemble(envelope, text, personalise.wire(email.html, context), sender.signer)


def _context(email: CompiledEmail, sender: Sender, recipient: Recipient, now: int) -> dict[str, Any]:
    """Everything a template may name. One signature a block, and one to leave."""
    return {
        **context_of(recipient.person, recipient.data),
        "sender": {"name": sender.address.name, "email": sender.address.email, "postal_address": sender.postal_address},
        "acto": {
            "links": {name: _url(sender, recipient, "answer", name, now) for name in email.blocks},
            "unsubscribe_url": _url(sender, recipient, "unsubscribe", "", now),
            "language": email.language,
        },
    }


def context_of(person: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """What a question or subject may name of the person, outside a message too."""
    return {"person": person, "data": data}


def _headers(email: CompiledEmail, sender: Sender, unsubscribe_url: str) -> list[Header]:
    if email.source.mail_class == "transactional":
        return [("Auto-Submitted", "auto-generated")]  # RFC 3834: no out-of-office replies, please
    return [
        ("List-Unsubscribe", f"<{unsubscribe_url}>"),  # RFC 8058: one POST, no page between
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Id", f"<{email.source.topic}.{sender.domain}>"),
    ]


PATHS: dict[Purpose, str] = {"answer": "a", "unsubscribe": "u"}


def _url(sender: Sender, recipient: Recipient, purpose: Purpose, block: str, now: int) -> str:
    token = sender.keyring.sign(purpose, recipient.contact_id, recipient.message_id, block, now // 1000)
    return f"{sender.base_url}/{PATHS[purpose]}/{token}"


def sample(source: EmailSource) -> Recipient:
    """The person of the email's sample, with ids that belong to nobody."""
    person = {
        "first_name": "",
        "last_name": "",
        "company": "",
        "email": "ana@example.com",
        **source.sample.get("person", {}),
    }
    name = " ".join(part for part in (person["first_name"], person["last_name"]) if part)
    address = Address(name, str(person["email"]))
    return Recipient("0" * 20, "0" * 20, address, person, source.sample.get("data", {}))
