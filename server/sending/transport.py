"""One SMTP connection, phase by phase, so that what became of a message is known exactly.

Until the final dot has left, the server cannot have the whole message (RFC 5321 4.1.1.4), and trying again is
safe. From then until its reply nobody can say, and that is an outcome of its own: Unknown.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import NamedTuple

from server.sending.endpoint import Endpoint
from server.sending.reasons import reason

FINAL_DOT = b".\r\n"


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


class _Said(Exception):  # carries a reply up to `send`
    def __init__(self, code: int, text: bytes) -> None:
        self.code = code
        self.reply = f"{code} {text.decode('utf-8', 'replace')}".strip()


class Transport:
    """Sends one message after another over one connection, opened when needed. Not for several threads."""

    def __init__(self, endpoint: Endpoint, helo: str, timeout_seconds: float = 30.0) -> None:
        self._endpoint = endpoint
        self._helo = helo
        self._timeout = timeout_seconds
        self._smtp: smtplib.SMTP | None = None

    def ready(self) -> Deferred | None:
        """Connect if there is no connection; the reason when that fails. No message is at risk here."""
        if self._smtp is not None and self._smtp.sock is not None:
            return None
        try:
            self._smtp = self._connect()
        except (OSError, smtplib.SMTPException, _Said) as error:
            self._smtp = None
            return Deferred(reason("no_connection", f"{self._endpoint.host}:{self._endpoint.port}: {_told(error)}"))
        return None

    def send(self, wire: Wire) -> Outcome:
        """Send one message. Never raises for what a network or a mail server does."""
        reused = self._smtp is not None
        outcome = self.ready() or self._try(wire)
        if reused and self._smtp is None and isinstance(outcome, Deferred):
            # The server had closed the idle connection, or wanted a new one: it never saw this message's end.
            outcome = self.ready() or self._try(wire)
        return outcome

    def close(self) -> None:
        """Say goodbye if anyone listens."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()
            self._smtp = None

    def _try(self, wire: Wire) -> Outcome:
        smtp = self._smtp
        assert smtp is not None  # noqa: S101 - ready() came first
        try:
            self._envelope(smtp, wire)
            smtp.send(_dotted(wire.data))
        except _Said as said:
            return self._answered(said)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Deferred(reason("interrupted", _told(error)))
        return self._end(smtp)

    def _envelope(self, smtp: smtplib.SMTP, wire: Wire) -> None:
        options = _options(smtp, wire)
        _expect(250, smtp.mail(wire.mail_from, options))
        _expect(250, smtp.rcpt(wire.rcpt_to), 251)
        _expect(354, smtp.docmd("DATA"))

    def _end(self, smtp: smtplib.SMTP) -> Outcome:
        """The dot, and the reply that decides. From the first of its three bytes on, a failure is Unknown."""
        try:
            smtp.send(FINAL_DOT)
            code, text = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Unknown(reason("no_reply", _told(error)))
        said = _Said(code, text)
        if 200 <= code < 300:
            return Delivered(said.reply)
        if not 400 <= code < 600:
            self._drop()
            return Unknown(reason("no_reply", said.reply))
        return self._answered(said)

    def _answered(self, said: _Said) -> Outcome:
        """A 4xx or 5xx; the connection stays for the next message unless the server is closing it (421)."""
        if said.code == 421 or not self._reset():
            self._drop()
        if 500 <= said.code < 600:
            return Refused(reason("refused", said.reply))
        return Deferred(reason("deferred", said.reply))

    def _reset(self) -> bool:
        try:
            return self._smtp is not None and self._smtp.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connect(self) -> smtplib.SMTP:
        smtp = _greet(self._endpoint, self._helo, self._timeout)
        try:
            if self._endpoint.scheme == "smtp+starttls":
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            if self._endpoint.user:
                smtp.login(self._endpoint.user, self._endpoint.password)
            if smtp.sock is not None:  # the dot is a packet of its own: without this it would wait 40 ms
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _greet(endpoint: Endpoint, helo: str, timeout: float) -> smtplib.SMTP:
    if endpoint.scheme == "smtps":
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=helo, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(local_hostname=helo, timeout=timeout)
    try:
        smtp._host = endpoint.host  # type: ignore[attr-defined] # the name TLS checks; set by its constructor only
        _expect(220, smtp.connect(endpoint.host, endpoint.port))
        smtp.ehlo_or_helo_if_needed()
    except BaseException:
        smtp.close()
        raise
    return smtp


def _options(smtp: smtplib.SMTP, wire: Wire) -> list[str]:
    """ESMTP options the message needs; raises _Said when it needs what the server lacks."""
    options = []
    if not wire.data.isascii() and smtp.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    if not (wire.mail_from + wire.rcpt_to).isascii():
        if not smtp.has_extn("smtputf8"):
            raise _Said(553, b"the mail server cannot write to addresses with letters beyond ASCII")
        smtp.command_encoding = "utf-8"
        options.append("SMTPUTF8")
    return options


def _expect(code: int, answer: tuple[int, bytes], other: int = 0) -> None:
    if answer[0] not in (code, other):
        raise _Said(*answer)


def _dotted(data: bytes) -> bytes:
    """The data with leading dots doubled (RFC 5321 4.5.2) and a line end at its end."""
    quoted = data.replace(b"\r\n.", b"\r\n..")
    quoted = b"." + quoted if quoted.startswith(b".") else quoted
    return quoted if quoted.endswith(b"\r\n") else quoted + b"\r\n"


def _told(error: Exception) -> str:
    if isinstance(error, _Said):
        return error.reply
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return str(error) or type(error).__name__
