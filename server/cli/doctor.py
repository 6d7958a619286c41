"""Defines `acto doctor`: checks how each stream signs its mail, what to change in the DNS, and the key of push notices."""

from __future__ import annotations

import sys

import click

from server.cli.language import current
from server.cli.shared import settings, talk

MARKS = {"right": "✓", "wrong": "×", "unchecked": "?"}


@click.command()
def doctor() -> None:
    """Check SPF, DKIM and DMARC of every stream, whether its links begin with https, and the key of push notices.

    The exit status is 1 if something is wrong. A name server that does not reply is not an error.
    """
    from server import texts
    from server.push import keys
    from server.sending import doctor as examiner

    chosen, wrong = settings(), False
    for name, stream in chosen.streams.items():
        talk.print(f"{name} · {stream.from_address}", markup=False)
        for finding in examiner.examine(chosen, stream):
            wrong = wrong or finding.says == "wrong"
            sentence = texts.text(examiner.SENTENCES[finding.name], current(), **finding.values)
            talk.print(f"  {MARKS[finding.says]} {sentence}", markup=False)
    missing, file = keys.is_missing(chosen), str(keys.path(chosen))
    sentence = texts.text(examiner.SENTENCES["no_push" if missing else "push"], current(), file=file)
    talk.print(f"{MARKS['wrong' if missing else 'right']} {sentence}", markup=False)
    sys.exit(int(wrong or missing))
