"""The words that a person wrote in a mail: of its parts, without what it quotes and what was put under it."""

from __future__ import annotations

from collections.abc import Collection

from server.inbound import quote_cutter
from server.inbound.inbound_mail import Mail


def of(mail: Mail, names: Collection[str] = (), *, above_line: bool = False) -> str:
    """`above_line` for a mail that our link began: the answer stands above its line. `names` are what the person may sign with."""
    stretches = []
    for text, marked in mail.texts:
        whole = quote_cutter.above_line(text) if above_line else text
        fresh = len(whole.splitlines()) < len(
            text.splitlines()
        )  # the line was there, and what is quoted stands below it
        stretches.append(quote_cutter.written(whole, names, marked, fresh=fresh))
        if fresh:
            break
    return "\n\n".join(filter(None, stretches))
