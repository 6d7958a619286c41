"""hit -> event -> evidence -> answer. Read `receive` first: who knows it knows the system."""

from server.capture.asked import Asked, Gone, find
from server.capture.disown import disown
from server.capture.hits import Hit
from server.capture.leave import leave
from server.capture.receive import Closed, NotAnAnswer, Receipt, Refusal, Taken, receive, received, story

__all__ = [
    "Asked",
    "Closed",
    "Gone",
    "Hit",
    "NotAnAnswer",
    "Receipt",
    "Refusal",
    "Taken",
    "disown",
    "find",
    "leave",
    "receive",
    "received",
    "story",
]
