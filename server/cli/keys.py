"""Defines `acto keys`: creates and rotates the keys that sign the links of emails."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from server import settings as all_settings
from server import signing
from server.cli.language import Group
from server.cli.shared import errors_as_sentences, now_ms, opened, settings, talk


@click.group(cls=Group)
def keys() -> None:
    """Manage the keys that sign the links in emails."""


@keys.command()
@click.option("--lose-links", is_flag=True, help="Confirm that the links in all mail sent so far stop working.")
def new(lose_links: bool) -> None:
    """Start over with a new key after the keys file was lost. All links sent so far stop working, and all sessions end."""
    if not lose_links:
        raise click.UsageError(
            "Confirm that the links in all mail sent so far may stop working: acto keys new --lose-links"
        )
    with errors_as_sentences(), opened() as store:
        signing.start_over(store, settings())
    talk.print("The new key signs after the next start. The links in all mail sent so far no longer work.")


@keys.command()
def rotate() -> None:
    """Create a new key, which signs after the next start. Old keys still verify the links they signed, until those links expire."""
    from builder.tokens import MAX_AGE_DAYS

    today = datetime.fromtimestamp(now_ms() / 1000, UTC).date()
    with errors_as_sentences():
        kept, dropped = all_settings.rotate(settings(), today, max(MAX_AGE_DAYS.values()))
    talk.print(f"The new key signs after the next start. {kept} keys are kept, {dropped} dropped.")
    talk.print("Restart every web server first, so that all of them load the key, and then the workers.")
