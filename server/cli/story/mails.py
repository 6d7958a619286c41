"""Writes the mail that the story's people send back: replies, reactions and calendar answers, signed as by their provider."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

SELECTOR = b"story"
SIGNED = [b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to", b"content-type", b"mime-version"]
PARTSTATS = {"yes": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED"}
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Acto//Story//EN
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{stamp}
ATTENDEE;PARTSTAT={said}:mailto:{address}
END:VEVENT
END:VCALENDAR
"""


@dataclass(frozen=True)
class Provider:
    """A mail provider that signs for every invented domain with one key, and publishes that key."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def lookup(self, name: str) -> bytes | None:
        """Return the domain's TXT record with the key."""
        kind, spki = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        return b"v=DKIM1; k=rsa; p=" + base64.b64encode(self.key.public_key().public_bytes(kind, spki))

    def sign(self, mail: EmailMessage) -> bytes:
        """Sign a mail with DKIM and return its bytes."""
        raw = mail.as_bytes(policy=SMTP)
        domain = str(mail["From"]).rpartition("@")[2].strip(">").encode()
        pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
        key = self.key.private_bytes(pem, form, serialization.NoEncryption())
        signature: bytes = dkim.sign(raw, SELECTOR, domain, key, include_headers=SIGNED)
        return signature + raw


def reply(contact: ContactsRow, to: str, words: str, now: int) -> EmailMessage:
    """Write a plain-text mail to a reply address of Acto."""
    mail = _mail(contact, to, now)
    mail.set_content(f"{words}\n")
    return mail


def reaction(contact: ContactsRow, to: str, message_id: str, emoji: str, now: int) -> EmailMessage:
    """Write an emoji reaction of Gmail. https://developers.google.com/workspace/gmail/reactions/format"""
    mail = _mail(contact, to, now)
    mail["In-Reply-To"] = message_id
    mail.set_content(emoji)
    data = f'{{"emoji": "{emoji}", "version": 1}}'.encode()
    mail.add_alternative(data, maintype="text", subtype="vnd.google.email-reaction+json")
    return mail


def calendar(contact: ContactsRow, to: str, uid: str, value: str, now: int) -> EmailMessage:
    """Write the mail that a calendar sends when one of its buttons is pressed (RFC 5546 3.2.3)."""
    mail = _mail(contact, to, now)
    stamp = datetime.fromtimestamp(now / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    text = CALENDAR.format(uid=uid, stamp=stamp, said=PARTSTATS[value], address=contact["email"])
    mail.set_content(text.replace("\n", "\r\n"), subtype="calendar", params={"method": "REPLY"})
    return mail


def _mail(contact: ContactsRow, to: str, now: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = contact["email"]
    mail["To"] = to
    mail["Subject"] = "Re:"
    mail["Date"] = format_datetime(datetime.fromtimestamp(now / 1000, UTC))
    mail["Message-ID"] = f"<{now}.{contact['id']}@{contact['email'].rpartition('@')[2]}>"
    return mail
