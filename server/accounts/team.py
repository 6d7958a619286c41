"""Manages the team: invitations, roles, deactivation and resets. Each action is recorded in its transaction; the last admin stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.tokens import USER_LINK_SECONDS, Keyring
from server import notices, texts
from server.accounts import account_links, audit, roles, sessions, users
from server.accounts.users import new_session_key
from server.branding import brand
from server.contacts import addresses
from server.notices import notice_templates
from server.settings import Settings
from server.store import Session, Store, new_id, required

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow


class NotInvited(Exception):
    """The invitation was refused; `why` is address, known or role."""

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why


class LastAdmin(Exception):
    """The change would leave the team without an admin."""

    def __init__(self) -> None:
        super().__init__("The team needs at least one administrator. Give somebody else that role first.")


@dataclass(frozen=True)
class Post:
    """The settings and keys that mail to users needs for its links."""

    settings: Settings
    keyring: Keyring


def invite(store: Store, post: Post, by: str, email: str, name: str, role: str, language: str, now: int) -> UsersRow:
    """Add a user and send an invitation. `by` is an address. Raises NotInvited."""
    if role not in roles.ROLES:
        raise NotInvited("role", f"There is no role {role!r}. Roles: {', '.join(roles.ROLES)}.")
    try:
        address = addresses.key(email)
    except addresses.BadAddress as error:
        raise NotInvited("address", str(error)) from error
    row = {"id": new_id(now), "email": address, "name": name, "role": role, "language": language}

    def write(tx: Session) -> UsersRow:
        if not tx.users.invite(**row, session_key=new_session_key(), now=now):
            raise NotInvited("known", f"{address} is in the team already.")
        audit.add(tx, by, "user.invited", address, now, role=role)
        return _write_to(tx, post, by, row["id"], now)

    return store.write(write)


def invite_again(store: Store, post: Post, by: str, user_id: str, now: int) -> UsersRow | None:
    """Send a new invitation to a user who has not accepted; the former link stops working. None for anybody else."""

    def write(tx: Session) -> UsersRow | None:
        user = tx.users.by_id(id=user_id)
        if user is None or user["password_hash"] or not user["active"]:
            return None
        tx.users.renew_key(id=user_id, session_key=new_session_key())
        audit.add(tx, by, "user.invited_again", user["email"], now)
        return _write_to(tx, post, by, user_id, now)

    return store.write(write)


def set_role(store: Store, by: str, user_id: str, role: str, now: int) -> UsersRow | None:
    """Change a user's role; None for an unknown user or role. Raises LastAdmin."""

    def write(tx: Session) -> UsersRow | None:
        user = tx.users.by_id(id=user_id)
        if user is None or role not in roles.ROLES:
            return None
        if role != user["role"]:
            _keep_an_admin(tx, user_id, role == roles.ADMIN)
            tx.users.set_role(id=user_id, role=role)
            audit.add(tx, by, "user.role", user["email"], now, before=user["role"], after=role)
        return user

    return store.write(write)


def set_active(store: Store, by: str, user_id: str, active: bool, now: int) -> UsersRow | None:
    """Activate or deactivate a user, which ends their sessions and links at once. Raises LastAdmin."""

    def write(tx: Session) -> UsersRow | None:
        user = tx.users.by_id(id=user_id)
        if user is None:
            return None
        _keep_an_admin(tx, user_id, active)
        tx.users.set_active(id=user_id, active=int(active), session_key=new_session_key())
        sessions.end_all(tx, user_id)
        audit.add(tx, by, "user.activated" if active else "user.deactivated", user["email"], now)
        return user

    return store.write(write)


def ask_reset(store: Store, post: Post, email: str, language: str, now: int) -> None:
    """Send a reset link to the active user with this address; do nothing for any other address."""

    def write(tx: Session) -> None:
        user = users.by_email(tx, email)
        if user is None or not user["active"] or not user["password_hash"]:
            return
        url = account_links.url(post.settings, post.keyring, "reset", user, now)
        said = notice_templates.render("reset", user["language"] or language, name=user["name"], url=url)
        notices.enqueue(tx, f"reset/{new_id(now)}", user["email"], *said, now)
        audit.add(tx, user["email"], "user.reset_asked", user["email"], now)

    store.write(write)


def standing(user: UsersRow) -> str:
    """Return invited, active or deactivated."""
    if not user["active"]:
        return "deactivated"
    return "active" if user["password_hash"] else "invited"


def _keep_an_admin(tx: Session, user_id: str, stays_one: bool) -> None:
    others = [row for row in tx.users.admins() if row["id"] != user_id]
    if not stays_one and not others:
        raise LastAdmin


def _write_to(tx: Session, post: Post, by: str, user_id: str, now: int) -> UsersRow:
    user = required(tx.users.by_id(id=user_id))
    host = users.by_email(tx, by)
    language, sender = user["language"] or texts.LANGUAGES[0], brand.current(tx, post.settings).name
    said = notice_templates.render(
        "invitation",
        language,
        name=user["name"],
        by=users.called(host) if host else sender,
        sender=sender,
        role=roles.role_name(user["role"], language),
        url=account_links.url(post.settings, post.keyring, "invitation", user, now),
        until=now + USER_LINK_SECONDS["invitation"] * 1000,
    )
    notices.enqueue(tx, f"invitation/{new_id(now)}", user["email"], *said, now)
    return user
