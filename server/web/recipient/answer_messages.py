"""Writes a block's state and the result of an answer as sentences, which the page, AMP mail and Outlook cards share."""

from __future__ import annotations

from server.capture import Asked, Receipt
from server.capture.block_state import BlockState
from server.web.language import day, text


def note(asked: Asked, standing: BlockState) -> str:
    """Return the sentence about an earlier answer or a closed block; '' for a block that is open and not answered."""
    said = labels(asked, standing.answer.values) if standing.answer else ""
    if not standing.open:
        return closed(asked, standing, said)
    if not said:
        return ""
    if asked.block.answers in ("once", "first"):
        return text("You answered: %(answer)s.") % {"answer": said}
    return text("You answered: %(answer)s. You can change it.") % {"answer": said}


def closed(asked: Asked, standing: BlockState, said: str) -> str:
    """Return the sentence about a closed block; `said` is the person's answer or ''."""
    at = {"day": day(standing.closed_at or 0), "answer": said}
    if said:
        return text("Closed on %(day)s. You answered: %(answer)s.") % at
    return text("Closed on %(day)s. No more answers are taken.") % at


def labels(asked: Asked, values: tuple[str, ...]) -> str:
    """Return the answer as the labels of its options, or a written answer as it is."""
    return ", ".join(asked.labels.get(value, value) for value in values)


def received(receipt: Receipt) -> str:
    """Return the sentence after an answer was taken: saved, or the earlier answer kept because the block takes only one."""
    return text("We kept your earlier answer") if receipt.kept else text("Thank you, it is saved")


def not_saved(reason: str) -> str:
    """Return the sentence for a `reason` of `refusals.refusal`: what went wrong and what to do."""
    return {
        "gone": text("This link no longer works. Please reply to the email instead."),
        "closed": text("This question takes no more answers."),
        "taken": text("Somebody was faster: that time is gone. Please choose another."),
        "not_an_answer": text("That is not one of the answers to this question."),
        "unavailable": text("Your answer could not be saved just now. Please try again in a moment."),
        "not_verified": text("Your mail client could not be recognised. Please use the links in the email."),
    }[reason]
