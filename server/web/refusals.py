"""Why an answer is not taken, and how each way of answering says so: a status, and a name that `answer_messages` has words for."""

from __future__ import annotations

from http import HTTPStatus

from builder.tokens import TokenExpired, TokenInvalid
from server.capture import Closed, Gone, NotAnAnswer, TimeTaken
from server.store import StoreUnavailable

RETRY_SECONDS = 5
# Unknown, altered, expired and erased look alike: a stranger learns nothing.
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
    """The row of an error that is one of REASONS, or of a kind of one."""
    return next(row for kind, row in REFUSED.items() if isinstance(error, kind))
