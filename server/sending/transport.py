"""Sends messages over one SMTP connection, phase by phase, so that the outcome of each is known exactly.

Until the final dot has left, the server cannot have the whole message (RFC 5321 4.1.1.4), and a retry is safe. From then until
its reply the outcome is Unknown. Therefore the transport checks for a moment, before it sends the dot, whether the server
closed the connection.
"""

from __future__ import annotations

import select
import smtplib

from server.reasons import reason
from server.sending.connecting import NO_CONNECTION, TROUBLE, UnexpectedReply, connect, description, expect, name
from server.sending.endpoint import MailServer
from server.sending.outcomes import Deferred, Delivered, Rejected, SendOutcome, Unknown, Wire

__all__ = ["Deferred", "Delivered", "Rejected", "SendOutcome", "Transport", "Unknown", "Wire"]
FINAL_DOT = b".\r\n"
DATA_GO_ON = 354
ENVELOPE_CODES = ((250,), (250, 251), (DATA_GO_ON,))  # the expected replies to MAIL, RCPT and DATA
BEFORE_DOT_MS = 1  # to notice a server that closes inside the data; other connections work meanwhile


class Transport:
    """Sends one message after another over one connection, opened when needed. Not thread-safe."""

    def __init__(self, endpoint: MailServer, helo: str, timeout_seconds: float = 30.0) -> None:
        self._endpoint = endpoint
        self._helo = helo
        self._timeout = timeout_seconds
        self._smtp: smtplib.SMTP | None = None

    def ready(self) -> Deferred | None:
        """Connect if there is no connection; return the reason when that fails. No message is at risk here."""
        if self._smtp is None:
            try:
                self._smtp = connect(self._endpoint, self._helo, self._timeout)
            except NO_CONNECTION as error:
                where = f"{self._endpoint.host}:{self._endpoint.port}"
                return Deferred(reason(name(error), f"{where}: {description(error)}"))
        return None

    def send(self, wire: Wire) -> SendOutcome:
        """Send one message. Never raises for failures of a network or a mail server."""
        reused = self._smtp is not None
        outcome = self.ready() or self._try(wire)
        if reused and self._smtp is None and isinstance(outcome, Deferred):
            # The server had closed the idle connection, or wanted a new one: it does not have this message.
            outcome = self.ready() or self._try(wire)
        return outcome

    def close(self) -> None:
        """End the session with QUIT, or close the socket if the server does not reply."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except TROUBLE:
                self._smtp.close()
            self._smtp = None

    def _try(self, wire: Wire) -> SendOutcome:
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

    def _cut_short(self, smtp: smtplib.SMTP) -> SendOutcome:
        """Read the reply of a server that refused or hung up before the dot, so it cannot have the message. Raises what TROUBLE
        holds.

        The session is out of step after it, so the connection is closed.
        """
        said = UnexpectedReply(*smtp.getreply())
        self._drop()
        if 500 <= said.code < 600:
            return Rejected(reason("refused", said.reply))
        return Deferred(reason("deferred", said.reply))

    def _end(self, smtp: smtplib.SMTP) -> SendOutcome:
        """Read the final reply. The dot has left, so a failure is Unknown."""
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

    def _answered(self, said: UnexpectedReply) -> SendOutcome:
        """Turn a negative reply into an outcome. The connection stays open unless the server is closing it (421)."""
        if said.code == 421 or not self._reset():
            self._drop()
        if 500 <= said.code < 600:
            return Rejected(reason("refused", said.reply))
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
    """Return whether the server sent something or closed before the dot."""
    if smtp.sock is None:
        return True
    heard = select.poll()
    heard.register(smtp.sock, select.POLLIN)
    return bool(heard.poll(BEFORE_DOT_MS))


def _envelope(smtp: smtplib.SMTP, wire: Wire) -> None:
    """Send MAIL, RCPT and DATA. Raises UnexpectedReply with the first negative reply.

    If the server offers pipelining (RFC 2920) they go in one packet, because each reply costs a round trip. smtplib's `mail`
    and `rcpt` are not used because they parse the address again, which was validated when it was stored.
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
    """Read the replies to commands sent together; fewer if the server refused and hung up."""
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
    """Return the ESMTP options that the message needs. Raises UnexpectedReply when the server lacks one."""
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
    """Double leading dots (RFC 5321 4.5.2) and end the data with a line end."""
    quoted = data.replace(b"\r\n.", b"\r\n..")
    quoted = b"." + quoted if quoted.startswith(b".") else quoted
    return quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n"
