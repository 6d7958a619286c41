"""Opens an SMTP connection up to the first message: greeting, EHLO, TLS, login. The only module that opens connections with smtplib."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl

from server.sending.endpoint import MailServer


class UnexpectedReply(Exception):  # named after the reply that it carries
    """The server replied with another code than expected."""

    def __init__(self, code: int, text: bytes) -> None:
        self.code = code
        self.reply = f"{code} {text.decode('utf-8', 'replace')}".strip()
        super().__init__(self.reply)


class NoTls(Exception):  # named after its cause
    """A password would have to be sent without TLS, or the server offers no STARTTLS."""


class NoLogin(Exception):  # the same
    """The server does not accept the user and password."""


TROUBLE = (OSError, smtplib.SMTPException)  # raised by smtplib when a network or a server fails
NO_CONNECTION = (*TROUBLE, UnexpectedReply, NoTls, NoLogin)  # raised by `connect`
_NAMES: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "untrusted"),
    (ssl.SSLError, "no_tls"),
    (NoTls, "no_tls"),
    (smtplib.SMTPAuthenticationError, "no_login"),
    (smtplib.SMTPNotSupportedError, "no_login"),
    (NoLogin, "no_login"),
)


def connect(endpoint: MailServer, helo: str, timeout_seconds: float) -> smtplib.SMTP:
    """Open a connection ready for MAIL FROM. Raises one of NO_CONNECTION. A password is only sent over TLS."""
    if endpoint.user and endpoint.scheme == "smtp":
        raise NoTls("a password needs smtp+starttls:// or smtps://")
    smtp = _make(endpoint, helo, timeout_seconds)
    try:
        _greet(smtp, endpoint)
        if smtp.sock is not None:  # the final dot is a packet of its own: without this it would wait 40 ms
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _greet(smtp: smtplib.SMTP, endpoint: MailServer) -> None:
    expect(smtp.connect(endpoint.host, endpoint.port), 220)
    smtp.ehlo_or_helo_if_needed()
    if endpoint.scheme == "smtp+starttls":
        if not smtp.has_extn("starttls"):
            raise NoTls("it does not offer STARTTLS")
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
    if endpoint.user:
        _login(smtp, endpoint)


def _login(smtp: smtplib.SMTP, endpoint: MailServer) -> None:
    """Log in with AUTH PLAIN in UTF-8 (RFC 4616), written here because smtplib only accepts ASCII passwords."""
    if "PLAIN" in smtp.esmtp_features.get("auth", "").split():
        secret = base64.b64encode(f"\0{endpoint.user}\0{endpoint.password}".encode()).decode()
        code, text = smtp.docmd("AUTH", f"PLAIN {secret}")
        if code != 235:
            raise NoLogin(UnexpectedReply(code, text).reply)
        return
    try:
        smtp.login(endpoint.user, endpoint.password)
    except UnicodeEncodeError as error:
        raise NoLogin("it takes users and passwords in ASCII letters only") from error


def _make(endpoint: MailServer, helo: str, timeout: float) -> smtplib.SMTP:
    if endpoint.scheme == "smtps":
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(local_hostname=helo, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(local_hostname=helo, timeout=timeout)
    smtp._host = endpoint.host  # type: ignore[attr-defined] # the name TLS checks; only its constructor sets it
    return smtp


def expect(answer: tuple[int, bytes], *codes: int) -> None:
    """Raise UnexpectedReply if the code of a reply is not one of `codes`."""
    if answer[0] not in codes:
        raise UnexpectedReply(*answer)


def name(error: Exception) -> str:
    """Return the name of the reason (one of the REASONS) for a failure to connect."""
    return next((name for kind, name in _NAMES if isinstance(error, kind)), "no_connection")


def description(error: Exception) -> str:
    """Describe a failure in the words of the server or the network, without Python's type names."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, ssl.SSLError):
        return f"TLS failed: {error.reason or error}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
