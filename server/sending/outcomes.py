"""A message on the wire, and the four things that can become of it."""

from __future__ import annotations

from typing import NamedTuple


class Wire(NamedTuple):
    """A message as it goes over the wire: envelope sender and recipient, and bytes with CRLF line ends."""

    mail_from: str
    rcpt_to: str
    data: bytes


class Delivered(NamedTuple):
    """The server has taken responsibility for it; `reply` is what it said."""

    reply: str


class Deferred(NamedTuple):
    """It certainly does not have it, and later may be better."""

    reason: str


class Refused(NamedTuple):
    """It does not want it, now or later."""

    reason: str


class Unknown(NamedTuple):
    """It may have it."""

    reason: str


Outcome = Delivered | Deferred | Refused | Unknown
