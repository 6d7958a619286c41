"""Captures answers: hit -> event -> evidence -> answer. Begin with `receive`, which shows the whole path in one transaction."""

from server.capture.asked import Asked, Gone, find
from server.capture.hits import Hit
from server.capture.message_events import disown, leave
from server.capture.receive import (
    Closed,
    NotAnAnswer,
    Receipt,
    Refusal,
    TimeTaken,
    receive,
    receive_in_transaction,
    received,
)

__all__ = [
    "Asked",
    "Closed",
    "Gone",
    "Hit",
    "NotAnAnswer",
    "Receipt",
    "Refusal",
    "TimeTaken",
    "disown",
    "find",
    "leave",
    "receive",
    "receive_in_transaction",
    "received",
]
