"""Lists the questions of a message that are left to ask after an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from builder import offers
from builder.blocks import Block
from server.capture import block_state
from server.capture.asked import Asked
from server.contacts.known_answers import NOT_THEIRS, answers_by_name

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow


def open_questions(asked: Asked, rows: Sequence[AnswersRow], now: int) -> tuple[str, ...]:
    """List the questions of this message that are left; `rows` are all answers of the person.

    They come in reading order from this block on, then those skipped above it. Questions whose condition the answers make false
    are left out.
    """
    here = asked.message_id
    answered = {row["block"] for row in rows if row["message_id"] == here and row["state"] not in NOT_THEIRS}
    names = list(asked.email.blocks)
    place = names.index(asked.block.name)
    order = (*names[place + 1 :], *names[:place])
    left = [asked.email.blocks[name] for name in order if name not in answered]
    conditional = any(block.when for block in left)
    context = {**asked.about, "known": answers_by_name(rows)} if conditional else {}
    return tuple(block.name for block in left if _is_asked(asked, block, context, now))


def _is_asked(asked: Asked, block: Block, context: Mapping[str, Any], now: int) -> bool:
    if block.closes and block_state.closed_at(Asked(asked.message, asked.email, block), now):
        return False
    return offers.is_asked(block, context)
