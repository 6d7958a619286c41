"""Defines a message on the wire and the four outcomes of an attempt to send it."""

from __future__ import annotations

from typing import NamedTuple

from server.sending.gate import NEVER


class Wire(NamedTuple):
    """A message as it goes over the wire: envelope sender and recipient, and bytes with CRLF line ends.

    It must not leave at `good_until_ms` (ms UTC) or later.
    """

    mail_from: str
    rcpt_to: str
    data: bytes
    good_until_ms: int = NEVER


class Delivered(NamedTuple):
    """The server took responsibility for the message; `reply` is its reply."""

    reply: str


class Deferred(NamedTuple):
    """The server certainly does not have the message, and a later attempt may succeed."""

    reason: str


class Rejected(NamedTuple):
    """The server refuses the message for good."""

    reason: str


class Unknown(NamedTuple):
    """The server may have the message, because the connection broke after its last byte."""

    reason: str


SendOutcome = Delivered | Deferred | Rejected | Unknown
