"""AMP documents for tests: from a template to what is sent to one person."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder import catalog, context, documents, emails, messages, mjml, personalise
from builder.catalog import EmailSource
from builder.context import Recipient, Sender
from builder.formats import amp
from builder.formats.amp import AmpDocument
from builder.mime import Address
from builder.tokens import Keyring

STARTERS = Path(__file__).parents[3] / "templates" / "emails"
NOW = 1_790_000_000_000
SENDER = Sender(
    Address("Lumbre Estudio", "hola@lumbre.example"),
    "Calle 1 # 2-3, Bogotá",
    "https://acto.example",
    "lumbre.example",
    Keyring(["a key"]),
)
SAMPLE: dict[str, Any] = {
    "person": {"first_name": "Ana", "company": "Café Ñandú"},
    "data": {
        "url": "https://example.com/?a=1&b=2",
        "color": "#0f6b5f",
        "items": [{"name": "Taza", "price": 3.5}, {"name": "Café", "price": 9}],
        "slots": [
            {"start": "2026-12-03T10:00-05:00", "minutes": 30},
            {"start": "2026-12-03T11:00-05:00", "minutes": 30},
        ],
    },
}


def column(inside: str, head: str = "") -> str:
    """A body whose one column holds this."""
    return whole(f"<mj-section><mj-column>{inside}</mj-column></mj-section>", head)


def whole(body: str, head: str = "") -> str:
    return f"<mjml><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>"


def compiled(source: str, language: str = "es") -> mjml.Document:
    tree = documents.read("body.mjml", language, {"body.mjml": source})
    assert tree.mjml, "a body begins with <mjml>"
    assert not tree.problems
    return mjml.compile(tree.mjml, language, "Hola", "Un minuto.")


def document(source: str, language: str = "es") -> AmpDocument:
    return amp.document(compiled(source, language))


def filled(source: str, language: str = "es", sample: Mapping[str, Any] = SAMPLE, **shows: bool) -> str:
    """What one person is sent; `shows` says which blocks are asked."""
    made = compiled(source, language)
    return fill(amp.document(made), made, language, sample, **shows)


def fill(
    made: AmpDocument, source: mjml.Document, language: str, sample: Mapping[str, Any] = SAMPLE, **shows: bool
) -> str:
    recipient = Recipient("0" * 20, "1" * 20, Address("Ana", "ana@example.com"), sample["person"], sample["data"])
    blocks = {block.name: block for block in source.blocks.values()}
    return personalise.html(made.template, _context(blocks, language, recipient, shows))


def of_email(email: EmailSource, language: str, **shows: bool) -> tuple[AmpDocument, str]:
    """The AMP part of an email, and what the person of its sample is sent."""
    made = emails.compile(email, language)
    part = amp.document(made.document)
    seen = _context(made.blocks, language, messages.sample(email), shows)
    return part, personalise.html(part.template, seen)


def starters() -> list[tuple[str, EmailSource, str]]:
    """Every starter email in each of its languages."""
    found = [catalog.read(STARTERS / name) for name in catalog.names(STARTERS)]
    return [(f"{email.name}-{language}", email, language) for email in found for language in email.languages]


def _context(
    blocks: Mapping[str, Any], language: str, recipient: Recipient, shows: Mapping[str, bool]
) -> dict[str, Any]:
    seen = context.for_amp(context.of(blocks, language, SENDER, recipient, NOW), SENDER, recipient, NOW)
    seen["acto"]["shows"] = {name: shows.get(name, shows.get("every", True)) for name in blocks}
    return seen
