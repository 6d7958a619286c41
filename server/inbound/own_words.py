"""Extracts the text that a person wrote in a mail, without quotes and signatures."""

from __future__ import annotations

from collections.abc import Collection

from server.inbound import quote_cutter
from server.inbound.inbound_mail import Mail


def of(mail: Mail, names: Collection[str] = (), *, above_line: bool = False) -> str:
    """Return the person's text. `names` are those that they may sign with.

    With `above_line`, for a mail that a link of ours began, only the text above its line counts.
    """
    stretches = []
    for text, marked in mail.texts:
        whole = quote_cutter.above_line(text) if above_line else text
        fresh = len(whole.splitlines()) < len(text.splitlines())  # the line exists, and quotes are below it
        stretches.append(quote_cutter.written(whole, names, marked, fresh=fresh))
        if fresh:
            break
    return "\n\n".join(filter(None, stretches))
