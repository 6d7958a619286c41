"""`acto keys`: the keys that sign the links of emails."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from server import settings as all_settings
from server import signing
from server.cli.language import Group
from server.cli.shared import now_ms, opened, settings, talk, told


@click.group(cls=Group)
def keys() -> None:
    """The keys that sign the links of emails."""


@keys.command()
@click.option("--lose-links", is_flag=True, help="Yes: no link in any mail that has left works any more.")
def new(lose_links: bool) -> None:
    """Start over with a new key, for when the keys file is lost for good. Every link that ever left stops working, and sessions end."""
    if not lose_links:
        raise click.UsageError("Say that the links of all mail that has left may be lost: acto keys new --lose-links")
    with told(), opened() as store:
        signing.start_over(store, settings())
    talk.print("A new key signs from the next start on. No link in any mail that has left works any more.")


@keys.command()
def rotate() -> None:
    """Make a new key, which signs from the next start on. Old keys keep reading the links they signed, for as long as those live."""
    from builder.tokens import MAX_AGE_DAYS

    today = datetime.fromtimestamp(now_ms() / 1000, UTC).date()
    with told():
        kept, dropped = all_settings.rotate(settings(), today, max(MAX_AGE_DAYS.values()))
    talk.print(f"A new key signs from the next start on. {kept} keys are kept, {dropped} dropped.")
    talk.print("Restart every web server first, so that all of them know it, and then the workers.")
