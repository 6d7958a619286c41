"""Renders an email as it goes out now and as it would with every registration: for the preview, lint and `acto build`.

Vendors register a sender who shows them sample mail, so formats that only wait for registration are rendered too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from builder import context as contexts
from builder import eligibility, emails, messages, parity, personalise
from builder.blocks import Block
from builder.catalog import EmailSource
from builder.eligibility import Format, FormatVerdict
from builder.emails import CompiledEmail
from builder.formats.personalised_block import personalised
from builder.messages import Filled, Recipient, Sender
from builder.parity import Difference
from builder.tokens import Keyring
from server.sending import compose
from server.sending.parity_check import registered
from server.settings import Settings

State = Literal["on", "waits", "off"]
_NOT_OF_THE_EMAIL = {rule.name for rule in eligibility.RULES if rule.of == "sender"}


@dataclass(frozen=True)
class Preview:
    """One message in every format that its email can have.

    `verdicts` tell which formats go out now, `possible` which the email could have with any sender. `sent` is the message as it
    goes out, `full` the message of a sender registered everywhere to one person; `differences` are those between the formats of
    `full`.
    """

    email: CompiledEmail
    sender: Sender
    recipient: Recipient
    verdicts: Mapping[Format, FormatVerdict]
    possible: frozenset[Format]
    sent: Filled
    full: Filled
    differences: list[Difference]


def make(email: CompiledEmail, sender: Sender, recipient: Recipient, now: int) -> Preview:
    """Render a preview; `now` in milliseconds UTC. Raises CannotPersonalise."""
    known, alone = everywhere(sender), replace(recipient, recipients=1)
    full = messages.fill(email, known, alone, now)
    on = _on(messages.eligible(email, known, alone))
    return Preview(
        email=email,
        sender=sender,
        recipient=recipient,
        verdicts=messages.eligible(email, sender, recipient),
        possible=eligibility.possible(email.facts),
        sent=messages.fill(email, sender, recipient, now),
        full=full,
        differences=parity.prove(email, known, alone, full, on, now),
    )


def plain(email: CompiledEmail, sender: Sender, recipient: Recipient, now: int) -> Filled:
    """Render the message without its kinetic parts, for mail clients that cannot reveal content. Raises CannotPersonalise."""
    facts = replace(email.facts, off=email.facts.off | {"kinetic"})
    return messages.fill(replace(email, facts=facts), sender, recipient, now)


def questions(shown: Preview) -> list[Block]:
    """Personalise every block, also those whose condition does not hold. Raises CannotPersonalise."""
    blocks, recipient = shown.email.blocks, shown.recipient
    brand = shown.email.source.brand(shown.email.language)
    context = contexts.of(blocks, shown.email.language, shown.sender, recipient, 0, brand)  # at 0 no time is past
    return [personalised(block, context) for block in blocks.values()]


def everywhere(sender: Sender) -> Sender:
    """Return the sender as registered with every vendor, reached over https and taking answers by mail."""
    host = urlsplit(sender.base_url).netloc or "localhost"
    return replace(
        registered(sender), base_url=f"https://{host}", reply_domain=sender.reply_domain or "answers.example"
    )


def verdicts(settings: Settings, source: EmailSource) -> dict[Format, FormatVerdict]:
    """Return for each format whether it goes out to the sample's person in every language, and why not. Raises CannotDo,
    BrokenTemplate.
    """
    nobodys = Keyring(["preview"])  # no signature is needed here
    sender, recipient = compose.sender(settings, source.stream, nobodys, signed=False), messages.sample(source)
    each = [messages.eligible(emails.compile(source, language), sender, recipient) for language in source.languages]
    return {format_: _together(found[format_] for found in each) for format_ in eligibility.FORMATS}


def subject(settings: Settings, source: EmailSource, language: str, now: int) -> str:
    """Return the subject personalised for the sample's person. Raises CannotDo, CannotPersonalise."""
    sender = compose.sender(settings, source.stream, Keyring(["preview"]), signed=False)
    context = contexts.of({}, language, sender, messages.sample(source), now, source.brand(language))
    return personalise.line(source.subject[language], context)


def state(verdict: FormatVerdict) -> State:
    """Name the state of a format: `waits` if only registrations of the sender are missing."""
    if verdict.on:
        return "on"
    return "waits" if set(verdict.why) <= _NOT_OF_THE_EMAIL else "off"


def _together(found: Iterable[FormatVerdict]) -> FormatVerdict:
    """Merge the verdicts on one format in several languages: on only if it is on in all."""
    why = dict.fromkeys(name for verdict in found for name in verdict.why)
    return FormatVerdict(not why, tuple(why))


def _on(found: Mapping[Format, FormatVerdict]) -> list[Format]:
    return [format_ for format_, verdict in found.items() if verdict.on]
