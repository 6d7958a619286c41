"""Maps each reason to refuse an answer to its HTTP status and its name; `answer_messages` has the sentence for each name."""

from __future__ import annotations

from http import HTTPStatus

from builder.tokens import TokenExpired, TokenInvalid
from server.capture import Closed, Gone, NotAnAnswer, TimeTaken
from server.store import StoreUnavailable

RETRY_SECONDS = 5
# Unknown, altered, expired and erased links share one row, so that a stranger cannot tell them apart.
REFUSED: dict[type[Exception], tuple[HTTPStatus, str]] = {
    TokenInvalid: (HTTPStatus.NOT_FOUND, "gone"),
    TokenExpired: (HTTPStatus.NOT_FOUND, "gone"),
    Gone: (HTTPStatus.NOT_FOUND, "gone"),
    NotAnAnswer: (HTTPStatus.UNPROCESSABLE_ENTITY, "not_an_answer"),
    Closed: (HTTPStatus.CONFLICT, "closed"),
    TimeTaken: (HTTPStatus.CONFLICT, "taken"),
    StoreUnavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "unavailable"),
}
REASONS = tuple(REFUSED)


def refusal(error: Exception) -> tuple[HTTPStatus, str]:
    """Return the status and the name for an exception of one of REASONS or of a subclass."""
    return next(row for kind, row in REFUSED.items() if isinstance(error, kind))
