"""Fills a compiled email with one person's data and writes the message in every format that it may use.

Costs one Jinja rendering for each part and one signature for each block; a block's options and formats share its token.
"""

import json
from dataclasses import dataclass, replace

from markupsafe import Markup

from builder import context as contexts
from builder import eligibility, invitations, mime, offers, personalise, quoted
from builder.catalog import EmailSource
from builder.context import PATHS, Context, Recipient, Sender
from builder.eligibility import Format, FormatVerdict
from builder.emails import CompiledEmail
from builder.formats import card, gmail, signed_card
from builder.formats.json_script import script
from builder.formats.personalised_block import personalised
from builder.formats.text import tidy
from builder.mime import Address, Envelope, Header, Part

__all__ = ["PATHS", "Filled", "Recipient", "Sender", "eligible", "fill", "sample", "write"]
PERSON = {
    "first_name": "",
    "last_name": "",
    "company": "",
    "email": "ana@example.com",
    "phone": "",
    "country": "",
    "fields": {},
}


@dataclass(frozen=True)
class Filled:
    """The readable parts of a message; a part that is not sent is empty. `card` and `gmail` are JSON, `invite` is iCalendar."""

    subject: str
    html: str
    text: str
    unsubscribe_url: str
    amp: str = ""
    card: str = ""
    gmail: str = ""
    invite: str = ""


@dataclass(frozen=True)
class _Data:
    """The formats that are data and not templates, made for one message."""

    card: str = ""
    gmail: str = ""
    invite: str = ""


def eligible(email: CompiledEmail, sender: Sender, recipient: Recipient) -> dict[Format, FormatVerdict]:
    """Decide which formats of this message are sent, with the reasons against the others."""
    about = contexts.about(recipient.person, recipient.data, recipient.known)
    facts = replace(
        email.facts,
        kinds=frozenset(block.kind for block in email.blocks.values() if offers.is_asked(block, about)),
        https=sender.base_url.startswith("https://"),
        amp_sender=sender.amp,
        gmail_sender=sender.gmail,
        card_originator=bool(sender.originator),
        reply_domain=bool(sender.reply_domain),
        recipients=recipient.recipients,
        age_days=recipient.age_days,
    )
    return eligibility.decide(facts)


def fill(email: CompiledEmail, sender: Sender, recipient: Recipient, now: int) -> Filled:
    """Fill in the message's parts, for previews and checks; `now` in milliseconds UTC. Raises CannotPersonalise."""
    on = eligible(email, sender, recipient)
    context, data = _prepared(email, sender, recipient, on, now)
    return Filled(
        subject=personalise.line(email.subject, context),
        html=personalise.html(email.html_with(on["kinetic"].on), context),
        text=tidy(personalise.text(email.text, context)),
        unsubscribe_url=context["acto"]["unsubscribe_url"],
        amp=personalise.html(email.amp, contexts.for_amp(context, sender, recipient, now)) if on["amp"].on else "",
        card=data.card,
        gmail=data.gmail,
        invite=data.invite,
    )


def write(email: CompiledEmail, sender: Sender, recipient: Recipient, now: int) -> bytes:
    """Write the message as wire bytes. Its Message-ID is stable, so that a retry is the same message. Raises CannotPersonalise."""
    on = eligible(email, sender, recipient)
    context, data = _prepared(email, sender, recipient, on, now)
    parts = [Part("text/plain; charset=utf-8", quoted.piece(tidy(personalise.text(email.text, context))))]
    if on[
        "amp"
    ].on:  # between text and html: a client shows the last it understands, and keeps the html when AMP expires
        parts.append(
            Part(
                "text/x-amp-html; charset=utf-8",
                personalise.wire(email.amp, contexts.for_amp(context, sender, recipient, now)),
            )
        )
    parts.append(Part("text/html; charset=utf-8", personalise.wire(email.html_with(on["kinetic"].on), context)))
    if data.invite:
        parts.append(Part("text/calendar; charset=utf-8; method=REQUEST", quoted.piece(data.invite)))
    return mime.assemble(_envelope(email, sender, recipient, context, now), parts, sender.signer)


def _envelope(email: CompiledEmail, sender: Sender, recipient: Recipient, context: Context, now: int) -> Envelope:
    return Envelope(
        sender=sender.address,
        recipient=recipient.address,
        subject=personalise.line(email.subject, context),
        message_id=f"{recipient.message_id}@{sender.domain}",
        date=now,
        extra=[
            # Amazon SES replaces the Message-ID but leaves References alone, and replies repeat them
            ("References", f"<{recipient.message_id}@{sender.domain}>"),
            ("X-Auto-Response-Suppress", "OOF, AutoReply"),  # Exchange: no out-of-office replies, please
            *_headers(email, sender, context["acto"]["unsubscribe_url"]),
        ],
    )


def _prepared(
    email: CompiledEmail, sender: Sender, recipient: Recipient, on: dict[Format, FormatVerdict], now: int
) -> tuple[Context, _Data]:
    """Build the templates' variables, and the formats that are data and stand in the html part's head."""
    context = contexts.of(email.blocks, email.language, sender, recipient, now, email.source.brand(email.language))
    acto = context["acto"]
    if on["mailto"].on:
        acto["mailto"] = contexts.reply_links(email.blocks, context, sender, recipient)
    data = _Data(
        card=_card(email, sender, context) if on["card"].on else "",
        gmail=_gmail(email, sender, context) if on["gmail"].on else "",
        invite=invitations.invite(email, sender, recipient, context, now) if on["calendar"].on else "",
    )
    acto["head"] = _head(data, sender)
    acto["body"] = _signed(data, sender, recipient, now)
    return context, data


def _card(email: CompiledEmail, sender: Sender, context: Context) -> str:
    acto = context["acto"]
    blocks = [personalised(block, context) for name, block in email.blocks.items() if acto["shows"][name]]
    urls = {name: f"{sender.base_url}/{card.PATH}/{token}" for name, token in acto["tokens"].items()}
    if not blocks:
        return ""
    return json.dumps(card.document(blocks, urls, sender.originator, {}), ensure_ascii=False)


def _gmail(email: CompiledEmail, sender: Sender, context: Context) -> str:
    acto = context["acto"]
    block = gmail.action(block for name, block in email.blocks.items() if acto["shows"][name])
    if block is None:
        return ""
    return gmail.document(personalised(block, context), sender.base_url, acto["tokens"][block.name])


def _head(data: _Data, sender: Sender) -> Markup:
    plain_card = script("application/adaptivecard+json", data.card) if data.card and not sender.card_key else Markup()
    return plain_card + (script("application/ld+json", data.gmail) if data.gmail else Markup())


def _signed(data: _Data, sender: Sender, recipient: Recipient, now: int) -> Markup:
    if not data.card or not sender.card_key:
        return Markup()
    to, from_ = (recipient.address.email,), sender.address.email
    return signed_card.section(data.card, sender.originator, sender.card_key, from_, to, now)


def _headers(email: CompiledEmail, sender: Sender, unsubscribe_url: str) -> list[Header]:
    if email.source.mail_class == "transactional":
        return [("Auto-Submitted", "auto-generated")]  # RFC 3834: no out-of-office replies, please
    return [
        ("List-Unsubscribe", f"<{unsubscribe_url}>"),  # RFC 8058: one POST, no page between
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Id", f"<{email.source.topic}.{sender.domain}>"),
    ]


def sample(source: EmailSource) -> Recipient:
    """Build the recipient of the email's sample, with ids that belong to nobody; a marketing email counts as sent to several people."""
    person = {**PERSON, **source.sample.get("person", {})}
    person["fields"] = contexts.OwnFields(person["fields"] if isinstance(person["fields"], dict) else {})
    name = " ".join(part for part in (person["first_name"], person["last_name"]) if part)
    address = Address(name, str(person["email"]))
    data, known = source.sample.get("data", {}), source.sample.get("known", {})
    many = 1 if source.mail_class == "transactional" else 2
    return Recipient("0" * 20, "0" * 20, address, person, data, known, many)
