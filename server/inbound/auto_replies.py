"""Which mails a machine wrote: out-of-office replies, lists, delivery reports. They are never answers. RFC 3834, RFC 3464."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header, make_header

from server.inbound.inbound_mail import Mail

HEADERS = {  # a header and the values that say a machine wrote the mail
    "auto-submitted": r"(?!no\b).+",
    "precedence": r"(bulk|list|junk|auto_reply)\b.*",
    "x-autoreply": r"(?!no\b).+",
    "x-autorespond": r".+",
    "x-autoresponse": r".+",
    "x-auto-reply-from": r".+",
    "list-id": r".+",
    "return-path": r"<\s*>",
}
SUBJECTS = re.compile(
    r"(respuesta autom[aá]tica|autorespuesta|fuera de (la )?oficina|ausente|automatic reply|auto(matic)?[- ]?(reply|response)"
    r"|out of (the )?office)\b.*",
    re.IGNORECASE,
)
A_CALENDAR_WROTE_IT = r"auto-generated\b.*"  # for a person who pressed its button: Google marks those replies so


def is_report(mail: Mail) -> bool:
    """A bounce, a read receipt or a complaint: about a mail, not an answer to it."""
    return mail.content_type == "multipart/report"


def is_automatic(mail: Mail, *, calendar: bool = False) -> bool:
    """`calendar` for the reply of a calendar, which a program writes and a person has asked for."""
    for name, pattern in HEADERS.items():
        for value in mail.all(name):
            generated = calendar and name == "auto-submitted" and _says(A_CALENDAR_WROTE_IT, value)
            if _says(pattern, value) and not generated:
                return True
    return bool(SUBJECTS.match(_subject(mail)))


def _says(pattern: str, value: str) -> bool:
    return bool(re.fullmatch(pattern, value.strip(), re.IGNORECASE))


def _subject(mail: Mail) -> str:
    value = mail.first("subject")[:1_000]
    try:
        return str(make_header(decode_header(value))).strip()
    except (MessageError, LookupError, ValueError):
        return value
