"""Opens an SMTP connection as far as the first message: greeting, EHLO, TLS, login. The door to smtplib."""

from __future__ import annotations

import smtplib
import socket
import ssl

from server.sending.endpoint import Endpoint


class Said(Exception):  # a reply on its way up to whoever asked
    """The server answered something else than hoped for."""

    def __init__(self, code: int, text: bytes) -> None:
        self.code = code
        self.reply = f"{code} {text.decode('utf-8', 'replace')}".strip()
        super().__init__(self.reply)


TROUBLE = (OSError, smtplib.SMTPException)  # what smtplib raises when a network or a server fails


def connect(endpoint: Endpoint, helo: str, timeout_seconds: float) -> smtplib.SMTP:
    """A connection ready for MAIL FROM. Raises one of TROUBLE, or Said."""
    smtp = _make(endpoint, helo, timeout_seconds)
    try:
        expect(smtp.connect(endpoint.host, endpoint.port), 220)
        smtp.ehlo_or_helo_if_needed()
        if endpoint.scheme == "smtp+starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if endpoint.user:
            smtp.login(endpoint.user, endpoint.password)
        if smtp.sock is not None:  # the final dot is a packet of its own: without this it would wait 40 ms
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _make(endpoint: Endpoint, helo: str, timeout: float) -> smtplib.SMTP:
    if endpoint.scheme == "smtps":
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=helo, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(local_hostname=helo, timeout=timeout)
    smtp._host = endpoint.host  # type: ignore[attr-defined] # the name TLS checks; only its constructor sets it
    return smtp


def expect(answer: tuple[int, bytes], *codes: int) -> None:
    """Raise Said for any other reply."""
    if answer[0] not in codes:
        raise Said(*answer)


def told(error: Exception) -> str:
    """What a failure says, without Python around it."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return str(error) or type(error).__name__
