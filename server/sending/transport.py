"""One SMTP connection, phase by phase, so that what became of a message is known exactly.

Until the final dot has left, the server cannot have the whole message (RFC 5321 4.1.1.4), and trying again is
safe. From then until its reply nobody can say, and that is an outcome of its own: Unknown. A server that closes inside
the data is therefore listened for a moment before the dot leaves.
"""

from __future__ import annotations

import select
import smtplib

from server.reasons import reason
from server.sending.connecting import NO_CONNECTION, TROUBLE, UnexpectedReply, connect, description, expect, name
from server.sending.endpoint import Endpoint
from server.sending.outcomes import Deferred, Delivered, Outcome, Refused, Unknown, Wire

__all__ = ["Deferred", "Delivered", "Outcome", "Refused", "Transport", "Unknown", "Wire"]
FINAL_DOT = b".\r\n"
DATA_GO_ON = 354
ENVELOPE_CODES = ((250,), (250, 251), (DATA_GO_ON,))  # what MAIL, RCPT and DATA are to be answered with
BEFORE_DOT_MS = 1  # in which a server that closes inside the data is heard; other connections work meanwhile


class Transport:
    """Sends one message after another over one connection, opened when needed. Not for several threads."""

    def __init__(self, endpoint: Endpoint, helo: str, timeout_seconds: float = 30.0) -> None:
        self._endpoint = endpoint
        self._helo = helo
        self._timeout = timeout_seconds
        self._smtp: smtplib.SMTP | None = None

    def ready(self) -> Deferred | None:
        """Connect if there is no connection; the reason when that fails. No message is at risk here."""
        if self._smtp is None:
            try:
                self._smtp = connect(self._endpoint, self._helo, self._timeout)
            except NO_CONNECTION as error:
                where = f"{self._endpoint.host}:{self._endpoint.port}"
                return Deferred(reason(name(error), f"{where}: {description(error)}"))
        return None

    def send(self, wire: Wire) -> Outcome:
        """Send one message. Never raises for what a network or a mail server does."""
        reused = self._smtp is not None
        outcome = self.ready() or self._try(wire)
        if reused and self._smtp is None and isinstance(outcome, Deferred):
            # The server had closed the idle connection, or wanted a new one: it does not have this message.
            outcome = self.ready() or self._try(wire)
        return outcome

    def close(self) -> None:
        """Say goodbye if anyone listens."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except TROUBLE:
                self._smtp.close()
            self._smtp = None

    def _try(self, wire: Wire) -> Outcome:
        smtp = self._smtp
        assert smtp is not None  # noqa: S101 - ready() came first
        try:
            _envelope(smtp, wire)
            smtp.send(_dotted(wire.data))
            if _speaks(smtp):
                return self._cut_short(smtp)
            smtp.send(FINAL_DOT)
        except UnexpectedReply as said:
            return self._answered(said)
        except TROUBLE as error:
            self._drop()
            return Deferred(reason("interrupted", description(error)))
        return self._end(smtp)

    def _cut_short(self, smtp: smtplib.SMTP) -> Outcome:
        """The server hangs up or refuses before it has the dot, so it cannot have the message. Raises what TROUBLE holds.

        Its place in the conversation is lost, so the connection goes too.
        """
        said = UnexpectedReply(*smtp.getreply())
        self._drop()
        if 500 <= said.code < 600:
            return Refused(reason("refused", said.reply))
        return Deferred(reason("deferred", said.reply))

    def _end(self, smtp: smtplib.SMTP) -> Outcome:
        """The reply that decides. The dot has left, so a failure is Unknown."""
        try:
            said = UnexpectedReply(*smtp.getreply())
        except TROUBLE as error:
            self._drop()
            return Unknown(reason("no_reply", description(error)))
        if 200 <= said.code < 300:
            return Delivered(said.reply)
        if not 400 <= said.code < 600:
            self._drop()
            return Unknown(reason("no_reply", said.reply))
        return self._answered(said)

    def _answered(self, said: UnexpectedReply) -> Outcome:
        """A no. The connection stays for the next message unless the server is closing it (421)."""
        if said.code == 421 or not self._reset():
            self._drop()
        if 500 <= said.code < 600:
            return Refused(reason("refused", said.reply))
        return Deferred(reason("deferred", said.reply))

    def _reset(self) -> bool:
        try:
            return self._smtp is not None and self._smtp.rset()[0] == 250
        except TROUBLE:
            return False

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _speaks(smtp: smtplib.SMTP) -> bool:
    """Whether the server does anything before it has the dot."""
    if smtp.sock is None:
        return True
    heard = select.poll()
    heard.register(smtp.sock, select.POLLIN)
    return bool(heard.poll(BEFORE_DOT_MS))


def _envelope(smtp: smtplib.SMTP, wire: Wire) -> None:
    """MAIL, RCPT and DATA. Raises Said with the first reply that is a no.

    In one packet where the server offers that (RFC 2920), since each reply waited for costs a round trip. Not by smtplib's
    `mail` and `rcpt`, which parse an address anew that was checked when it came in.
    """
    options = "".join(f" {option}" for option in _options(smtp, wire))
    commands = (f"MAIL FROM:<{wire.mail_from}>{options}", f"RCPT TO:<{wire.rcpt_to}>", "DATA")
    if not smtp.has_extn("pipelining"):
        for command, codes in zip(commands, ENVELOPE_CODES, strict=True):
            expect(smtp.docmd(command), *codes)
        return
    if any(character in command for command in commands for character in "\r\n"):
        raise UnexpectedReply(
            553, b"a line break in an address"
        )  # smtplib refuses it too, but only one command at a time
    smtp.send("\r\n".join((*commands, "")))
    replies = _replies(smtp, len(commands))
    for reply, codes in zip(replies, ENVELOPE_CODES, strict=False):
        if reply[0] not in codes:
            if replies[-1][0] == DATA_GO_ON:  # a server may wait for data that go to nobody (RFC 2920 3.1)
                smtp.docmd(".")
            raise UnexpectedReply(*reply)


def _replies(smtp: smtplib.SMTP, count: int) -> list[tuple[int, bytes]]:
    """The replies to commands sent together; fewer when the server said no and hung up."""
    replies: list[tuple[int, bytes]] = []
    while len(replies) < count:
        try:
            replies.append(smtp.getreply())
        except TROUBLE:
            if not any(code >= 400 for code, _ in replies):
                raise
            break
    return replies


def _options(smtp: smtplib.SMTP, wire: Wire) -> list[str]:
    """ESMTP options the message needs; raises UnexpectedReply when it needs what the server lacks."""
    options = []
    if not wire.data.isascii() and smtp.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    if not (wire.mail_from + wire.rcpt_to).isascii():
        if not smtp.has_extn("smtputf8"):
            raise UnexpectedReply(553, b"the mail server cannot write to addresses with letters beyond ASCII")
        smtp.command_encoding = "utf-8"
        options.append("SMTPUTF8")
    return options


def _dotted(data: bytes) -> bytes:
    """The data with leading dots doubled (RFC 5321 4.5.2) and a line end at its end."""
    quoted = data.replace(b"\r\n.", b"\r\n..")
    quoted = b"." + quoted if quoted.startswith(b".") else quoted
    return quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n"
