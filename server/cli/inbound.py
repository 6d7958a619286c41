"""Defines `acto inbound`, which a mail server pipes each mail into. Its exit codes are those of sysexits, which mail servers know."""

from __future__ import annotations

import dataclasses
import json
import sys
import traceback
from typing import BinaryIO

import click

from builder.tokens import Keyring
from server import settings as all_settings
from server import signing
from server import store as stores
from server.cli.language import translated
from server.cli.shared import MENDABLE, now_ms, talk
from server.cli.shared import sentence as sentence_of
from server.inbound.outcome import MAX_MEGABYTES, InboundOutcome, sentence

USAGE, NO_DATA, TRY_AGAIN = 64, 65, 75
MAX_BYTES = MAX_MEGABYTES * 1_000_000


class _Wrong(click.UsageError):
    def __init__(self, sentence: str, code: int, ctx: click.Context | None = None) -> None:
        super().__init__(sentence, ctx)
        self.exit_code = code  # type: ignore[misc]


class _Command(click.Command):
    """Exits with 64 for wrong usage, as sysexits says."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _Wrong(error.message, USAGE, error.ctx) from error


@click.command(cls=_Command)
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")
def inbound(as_json: bool) -> None:
    """Read one mail from standard input, as a mail server pipes it, and record the answer in it. Prints the result in one line.

    Exit 0: processed, with or without an answer. Exit 75: the database or DNS could not be reached, or another error
    happened; the mail server tries again. Exit 64: wrong usage. Exit 65: standard input was empty.
    """
    if sys.stdin.isatty():
        raise _Wrong("Pass the mail on standard input: acto inbound < message.eml", USAGE)
    raw = _read(sys.stdin.buffer)
    if not raw:
        raise _Wrong("Standard input was empty.", NO_DATA)
    try:
        outcome = _receive(raw)
    except Exception as error:  # for any error the mail server must keep the mail and try again
        _tell(error)
        sys.exit(TRY_AGAIN)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(outcome), ensure_ascii=False))
    else:
        click.echo(sentence(outcome), err=outcome.result == "ignored")


def _receive(raw: bytes) -> InboundOutcome:
    from server.capture import rules
    from server.inbound import dkim_verification, receive  # imported late, because it is slow
    from server.inbound.reply_context import Desk

    settings = all_settings.load()
    with stores.open(settings.database, settings.group_commit_max) as store:
        store.migrate()
        keyring = Keyring(signing.keys(store, settings, now_ms()))
        desk = Desk(keyring, settings.reply_domain, rules.of(settings), dkim_verification.lookup)
        return receive.receive(store, desk, raw, now_ms())


def _read(stdin: BinaryIO) -> bytes:
    """Read all up to just over the limit and drop the rest, because a closed pipe would be an error for the mail server."""
    raw = stdin.read(MAX_BYTES + 1)
    while len(raw) > MAX_BYTES and stdin.read(1_000_000):
        pass
    return raw


def _tell(error: Exception) -> None:
    """Print errors that a person can correct as a sentence, and others, which are bugs, with their traceback."""
    from server.dns_records import DnsUnavailable

    if not isinstance(error, (DnsUnavailable, *MENDABLE)):
        traceback.print_exception(error)
    talk.print(f"{translated('try again later')}: {translated(sentence_of(error))}", markup=False)
