"""Reads the questions of the emails that a generated crowd answers, as far as they are the same for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from builder import emails
from builder.blocks import Block
from builder.catalog import EmailSource
from server import jsontext
from server.capture.asked import Asked

if TYPE_CHECKING:
    from server.store.queries.asked import AskedByIdRow


class Question(NamedTuple):
    """A block of an email; `points` maps each value to its stored points as JSON, in the order of the options."""

    name: str
    kind: str
    text: str
    policy: str
    values: tuple[str, ...]
    points: dict[str, str]


class Mail(NamedTuple):
    """An email, its stored version and its questions."""

    source: EmailSource
    version_id: str
    questions: tuple[Question, ...]


def mail(source: EmailSource) -> Mail:
    """Read the questions of an email that are the same for everybody."""
    compiled = emails.compile(source, "es")
    message: AskedByIdRow = {
        "contact_id": "",
        "id": "",
        "email": source.name,
        "version_id": source.version,
        "language": "es",
        "mail_class": source.mail_class,
        "purpose": "",
        "data": "{}",
        "sent_at": 0,
        "created_at": 0,
        "address": "",
        "first_name": "",
        "last_name": "",
        "company": "",
        "phone": "",
        "country": "",
        "fields": "{}",
    }
    asked = (Asked(message, compiled, block) for block in compiled.blocks.values() if _is_plain(block))
    return Mail(source, source.version, tuple(_question(each) for each in asked))


def _question(asked: Asked) -> Question:
    block = asked.block
    points = {option.value: jsontext.dumps(asked.points((option.value,))) for option in block.options}
    return Question(block.name, block.answer_kind, block.question, block.answers, tuple(points), points)


def _is_plain(block: Block) -> bool:
    personal = "{" in block.question or any("{" in option.label for option in block.options)
    return not (block.slots or block.limit or block.many or block.closes or block.when or personal)
