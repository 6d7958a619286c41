"""Stores the users who may sign in and checks their passwords. Their permissions are in roles.py."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from server.accounts import audit, passwords, roles, sessions
from server.accounts.passwords import WeakPassword
from server.store import Session, Store, new_id, required

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

__all__ = [
    "WeakPassword",
    "active",
    "add_or_reset",
    "by_email",
    "called",
    "change_password",
    "check",
    "exist",
    "key",
    "new_session_key",
]


def add_or_reset(store: Store, email: str, password: str, now: int) -> None:
    """Add an admin, or reset one's password and activate them; all their sessions end. Raises WeakPassword."""
    passwords.check_new(password, [email])
    row = {"email": key(email), "password_hash": passwords.hashed(password), "session_key": new_session_key()}

    def write(tx: Session) -> None:
        tx.users.put(id=new_id(now), now=now, **row)
        sessions.end_all(tx, required(tx.users.by_email(email=row["email"]))["id"])
        audit.add(tx, audit.COMMAND_LINE, "user.password", row["email"], now, role=roles.ADMIN)

    store.write(write)


def check(user: UsersRow | None, password: str) -> bool:
    """Return whether the password is the user's. Takes the same time for an unknown or inactive user, so that timing reveals nothing."""
    return passwords.verify(user["password_hash"] if user and user["active"] else "", password)


def change_password(store: Store, user: UsersRow, session_id: str, password: str, now: int) -> bool:
    """Change the password and end every session but this one. False if it was changed meanwhile. Raises WeakPassword."""
    passwords.check_new(password, [user["email"], user["name"]])
    row = {"password_hash": passwords.hashed(password), "session_key": new_session_key()}

    def write(tx: Session) -> bool:
        if not tx.users.set_password(id=user["id"], old_key=user["session_key"], **row):
            return False
        sessions.end_others(tx, user["id"], session_id)
        audit.add(tx, user["email"], "user.password", user["email"], now)
        return True

    return store.write(write)


def by_email(tx: Session, email: str) -> UsersRow | None:
    """Return the user with this address; None without one."""
    return tx.users.by_email(email=key(email))


def exist(tx: Session) -> bool:
    """Return whether there is any user yet."""
    return tx.users.count() > 0


def active(tx: Session, permission: str = "leads.work") -> list[UsersRow]:
    """List the active users with the permission, by name: by default those who may own a lead."""
    able = roles.who_may(permission)
    return [user for user in tx.users.everybody() if user["active"] and user["password_hash"] and user["role"] in able]


def called(user: UsersRow) -> str:
    """Return the name of a user, or their address without one."""
    return user["name"] or user["email"]


def new_session_key() -> str:
    """Return a random key to which every link of a user is tied; renewing it invalidates them."""
    return secrets.token_urlsafe(24)


def key(email: str) -> str:
    """Return the form of an address for comparison."""
    return email.strip().lower()
