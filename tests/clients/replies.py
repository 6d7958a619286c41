"""Answering by mail: what the mail programs of people send when they reply, react, or press a button of their calendar.

The bytes are of the shape these programs write: their parts, encodings, attributions and signatures. `signed` adds the signature
of the provider that carries the mail, by dkimpy.
"""

from __future__ import annotations

import base64
import quopri
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from textwrap import indent, wrap
from urllib.parse import parse_qs, urlsplit

import dkim

from tests.builder import keys

SELECTOR, KEY = "s1", keys.private(1024)
LIKE_GMAIL = ("to", "subject", "message-id", "date", "from", "in-reply-to", "references", "mime-version")
LIKE_MICROSOFT = ("From", "Date", "Subject", "Message-ID", "Content-Type", "MIME-Version")  # To is not among them
ANA = "Ana Díaz <ana@example.com>"


@dataclass(frozen=True)
class Reply:
    """What a person writes, to whom, and the mail they reply to, if there is one."""

    text: str
    to: str
    sender: str = ANA
    subject: str = "Re: Tu pedido"
    message_id: str = "<CAB+first@mail.example.com>"
    in_reply_to: str = ""
    quoted: str = ""

    @property
    def head(self) -> str:
        name, _, address = self.sender.rpartition("<")
        encoded = f"=?UTF-8?B?{base64.b64encode(name.strip().encode()).decode()}?= <{address}" if name else self.sender
        date = format_datetime(datetime.now(UTC))
        lines = [f"Message-ID: {self.message_id}", f"Date: {date}", f"Subject: {self.subject}", f"From: {encoded}"]
        thread = [f"In-Reply-To: {self.in_reply_to}", f"References: {self.in_reply_to}"] if self.in_reply_to else []
        return "".join(f"{line}\r\n" for line in [*lines, f"To: {self.to}", *thread, "MIME-Version: 1.0"])


def typed(link: str, text: str) -> Reply:
    """Pressing a mailto link and typing above its line."""
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    return Reply(text + query["body"][0].replace("\r\n", "\n"), parts.path, subject="mailto")


def answering(mail: EmailMessage, text: str) -> Reply:
    """Pressing "reply" under one of our mails."""
    quoted = "¿Qué tal llegó?\n\n1 estrella <https://acto.example/a/x/1>"
    return Reply(text, str(mail["From"]), in_reply_to=str(mail["Message-ID"]), quoted=quoted)


def gmail(reply: Reply, said: str = "El lun, 1 mar 2027 a las 10:00, Brújula (<news@acto.example>) escribió:") -> bytes:
    html = f'<div dir="ltr">{_html(reply.text)}</div><br><div class="gmail_quote">'
    html += f'<div dir="ltr" class="gmail_attr">{escape(said)}<br></div>'
    html += f'<blockquote class="gmail_quote" style="margin:0px">{_html(reply.quoted)}</blockquote></div>'
    text = f"{reply.text}\n\n{said}\n\n{indent(reply.quoted, '> ', lambda _: True)}\n" if reply.quoted else reply.text
    return _alternative(reply, _quoted_printable("text/plain", text), _base64("text/html", html))


def outlook(reply: Reply) -> bytes:
    """Outlook writes html first of all; its text says whom the quoted mail is from in a block of headers."""
    block = "De: Brújula <news@acto.example>\nEnviado: lunes, 1 de marzo de 2027 10:00\nPara: Ana\nAsunto: Tu pedido"
    text = f"{reply.text}\n\n{'_' * 32}\n{block}\n\n{reply.quoted}\n" if reply.quoted else reply.text
    html = f'<html><head><style>p {{margin:0}}</style></head><body><div>{_html(reply.text)}</div><div id="appendonsend"></div>'
    html += f'<hr><div id="divRplyFwdMsg"><b>De:</b> Brújula</div><div>{_html(reply.quoted)}</div></body></html>'
    plain = _quoted_printable("text/plain", text, "Windows-1252")
    return _alternative(reply, plain, _quoted_printable("text/html", html, "Windows-1252"))


def apple(reply: Reply) -> bytes:
    said = "El 1 mar 2027, a las 10:00, Brújula <news@acto.example>\nescribió:"
    text = (
        f"{reply.text}\n\n> {said.replace(chr(10), chr(10) + '> ')}\n> \n{indent(reply.quoted, '> ')}"
        if reply.quoted
        else reply.text
    )
    return _whole(reply, _quoted_printable("text/plain", f"{text}\n\nEnviado desde mi iPhone\n"))


def thunderbird(reply: Reply) -> bytes:
    """Lines that flow, and the answer under the quote, as some of its users like it."""
    flowed = "\n".join(" \n".join(wrap(line, 60)) for line in reply.text.split("\n"))
    said = "El 1/3/27 a las 10:00, Brújula escribió:"
    text = f"{said}\n{indent(reply.quoted, '> ')}\n\n{flowed}\n\n-- \nAna Díaz\n" if reply.quoted else flowed
    head = 'Content-Type: text/plain; charset="UTF-8"; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    return _whole(reply, head + _crlf(text))


def html_only(reply: Reply) -> bytes:
    """As Yahoo and the phones of some makers write."""
    quoted = (
        f'<div class="yahoo_quoted"><div>On Monday, Brújula wrote:</div>{_html(reply.quoted)}</div>'
        if reply.quoted
        else ""
    )
    return _whole(reply, _base64("text/html", f"<html><body><p>{_html(reply.text)}</p>{quoted}</body></html>"))


PROGRAMS = (gmail, outlook, apple, thunderbird, html_only)


def reaction(mail: EmailMessage, emoji: str) -> bytes:
    """Gmail's emoji under a mail. https://developers.google.com/workspace/gmail/reactions/format"""
    reply = replace(answering(mail, ""), message_id="<CAB+reaction@mail.example.com>")
    data = f'{{"emoji":"{emoji}","version":1}}'
    said = f"{emoji} Ana ha reaccionado mediante Gmail"
    parts = (
        _quoted_printable("text/plain", said),
        _base64("text/vnd.google.email-reaction+json", data),
        _quoted_printable("text/html", f"<div><p>{said}</p></div>"),
    )
    return _alternative(reply, *parts)


def calendar(
    invitation: str, said: str, method: str = "REPLY", sender: str = ANA, attendee: str = "ana@example.com"
) -> bytes:
    """A button of the calendar, as Google answers: the event comes back with one attendee and what they pressed."""
    kept = [
        line
        for line in invitation.replace("\r\n ", "").split("\r\n")
        if line.startswith(("UID", "DTSTART", "DTEND", "SEQ", "DTSTAMP"))
    ]
    person = f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={said};CN=Ana:mailto:{attendee}"
    lines = ["BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0", f"METHOD:{method}"]
    lines += ["BEGIN:VEVENT", *kept, person, "END:VEVENT", "END:VCALENDAR", ""]
    data = "\n".join(lines)
    reply = Reply("", "calendar@in.example.com", sender, "Aceptada: Vender en 2027", "<calendar-1@google.com>")
    head = "Auto-Submitted: auto-generated\r\nSender: Google Calendar <calendar-notification@google.com>\r\n"
    part = _base64("text/calendar", data).replace('"utf-8"', f'"utf-8"; method={method}', 1)
    return head.encode() + _alternative(
        reply, _quoted_printable("text/plain", "Ana ha aceptado esta invitación."), part
    )


def signed(
    raw: bytes, domain: str = "example.com", key: bytes = KEY, headers: tuple[str, ...] = LIKE_GMAIL, **more: object
) -> bytes:
    present = {line.split(b":", 1)[0].lower() for line in raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n")}
    covered = [name.lower().encode() for name in headers if name.lower().encode() in present]
    seal = dkim.sign(
        raw,
        SELECTOR.encode(),
        domain.encode(),
        key,
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=covered,
        **more,
    )
    return bytes(seal) + raw


def records(*domains: str) -> dict[str, bytes]:
    """What the DNS says of the providers of these domains."""
    return {f"{SELECTOR}._domainkey.{domain}": keys.record(KEY) for domain in domains}


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>\r\n")


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _quoted_printable(kind: str, text: str, charset: str = "UTF-8") -> str:
    data = quopri.encodestring(text.encode(charset)).decode("ascii")
    return f'Content-Type: {kind}; charset="{charset}"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{_crlf(data)}\r\n'


def _base64(kind: str, text: str) -> str:
    data = base64.encodebytes(text.encode()).decode("ascii")
    return f'Content-Type: {kind}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n{_crlf(data)}\r\n'


def _whole(reply: Reply, part: str) -> bytes:
    return (reply.head + part).encode()


def _alternative(reply: Reply, *parts: str) -> bytes:
    head = 'Content-Type: multipart/alternative; boundary="000000000000a1b2c3"\r\n\r\n'
    inner = "".join(f"--000000000000a1b2c3\r\n{part}" for part in parts)
    return (reply.head + head + inner + "--000000000000a1b2c3--\r\n").encode()
