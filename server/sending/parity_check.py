"""Checks before sending that every format of an email's sample message asks the same questions (parity)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builder import emails, messages, parity
from builder.catalog import EmailSource
from builder.emails import CompiledEmail
from builder.messages import Filled, Recipient, Sender
from builder.mime import Address
from builder.tokens import Keyring
from server.errors import CannotDo

# Vendors register a sender who shows them sample mail, so formats that only wait for registration are checked too.
REGISTERED: dict[str, Any] = {"amp": True, "gmail": True}
ORIGINATOR = "00000000-0000-0000-0000-000000000000"


ANYBODY = Sender(
    Address("Proof", "proof@example.com"),
    "Proof",
    "https://proof.example.com",
    "example.com",
    Keyring(["proof"]),
    reply_domain="r.example.com",
)


def prove_sample(source: EmailSource) -> None:
    """Raise CannotDo if the formats of the sample's message differ in any language."""
    for language in source.languages:
        email, recipient = emails.compile(source, language), replace(messages.sample(source), recipients=1)
        sender = registered(ANYBODY)
        prove(email, sender, recipient, messages.fill(email, sender, recipient, 0), 0)


def registered(sender: Sender) -> Sender:
    """Return the sender as if every vendor had registered it."""
    return replace(sender, **REGISTERED, originator=sender.originator or ORIGINATOR)


def prove(email: CompiledEmail, sender: Sender, recipient: Recipient, filled: Filled, now: int) -> None:
    """Raise CannotDo with every difference between the formats of a message; `now` in ms UTC."""
    on = [name for name, verdict in messages.eligible(email, sender, recipient).items() if verdict.on]
    differences = parity.prove(email, sender, recipient, filled, on, now)
    if differences:
        told = "\n".join(f"  {difference}" for difference in differences)
        raise CannotDo(f"The formats of {email.source.name} do not ask the same:\n{told}")
