"""hit -> event -> evidence -> answer. Read `receive` first: who knows it knows the system."""

from server.capture.asked import Asked, Gone, find
from server.capture.hits import Hit
from server.capture.leave import leave
from server.capture.receive import NotAnAnswer, Receipt, receive

__all__ = ["Asked", "Gone", "Hit", "NotAnAnswer", "Receipt", "find", "leave", "receive"]
