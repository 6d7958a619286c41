"""Defines `acto users`: manages the team from a terminal, for scripts or when nobody can sign in."""

from __future__ import annotations

import click

from server import signing
from server.accounts import roles
from server.cli.language import Group
from server.cli.shared import errors_as_sentences, now_ms, opened, settings, talk
from server.errors import CannotDo
from server.store import Store

ROLE = click.Choice(list(roles.ROLES))


@click.group(cls=Group)
def users() -> None:
    """Manage the team: accounts and their roles."""


@users.command(name="list")
def list_() -> None:
    """Print everybody: address, name, role, state."""
    from server.accounts.team import standing

    with opened() as store, store.read() as tx:
        rows = tx.users.everybody()
    for row in rows:
        click.echo("\t".join((row["email"], row["name"], row["role"], standing(row))))


@users.command()
@click.argument("email")
@click.option("--role", type=ROLE, required=True, help="Their role.")
@click.option("--name", default="", help="Their name.")
@click.option(
    "--language", type=click.Choice(["es", "en"]), default="es", help="Language of the invitation and of their pages."
)
def invite(email: str, role: str, name: str, language: str) -> None:
    """Invite EMAIL to the team; a worker sends the invitation. The link works once, for seven days."""
    from builder.tokens import Keyring
    from server.accounts import audit, team
    from server.accounts.team import NotInvited, Post

    chosen = settings()
    with errors_as_sentences(NotInvited), opened() as store:
        post = Post(chosen, Keyring(signing.keys(store, chosen, now_ms())))
        team.invite(store, post, audit.COMMAND_LINE, email, name, role, language, now_ms())
    talk.print(f"The invitation to {email} is queued.", markup=False)


@users.command()
@click.argument("email")
@click.argument("role", type=ROLE)
def role(email: str, role: str) -> None:
    """Give EMAIL another role."""
    from server.accounts import audit, team

    with errors_as_sentences(team.LastAdmin), opened() as store:
        team.set_role(store, audit.COMMAND_LINE, _id(store, email), role, now_ms())
    talk.print(f"{email} is {role} now.", markup=False)


@users.command()
@click.argument("email")
def deactivate(email: str) -> None:
    """Stop EMAIL from signing in. All their sessions end at once."""
    from server.accounts import audit, team

    with errors_as_sentences(team.LastAdmin), opened() as store:
        team.set_active(store, audit.COMMAND_LINE, _id(store, email), False, now_ms())
    talk.print(f"{email} cannot sign in any more.", markup=False)


def _id(store: Store, email: str) -> str:
    from server.accounts.users import by_email

    with store.read() as tx:
        user = by_email(tx, email)
    if user is None:
        raise CannotDo(f"{email} is not in the team; `acto users list` shows who is.")
    return str(user["id"])
