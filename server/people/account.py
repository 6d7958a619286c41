"""What users change of their own account."""

from __future__ import annotations

from server.people import audit, passwords
from server.people.users import User, new_session_key
from server.store import Session, Store


def change_password(store: Store, user: User, password: str, now: int) -> str | None:
    """Gives the new session key, or None when somebody was faster. Raises WeakPassword."""
    passwords.check_new(password, [user["email"], user["name"]])
    row = {"password_hash": passwords.hashed(password), "session_key": new_session_key()}

    def write(tx: Session) -> str | None:
        if not tx.users.set_password(id=user["id"], old_key=user["session_key"], **row):
            return None
        audit.add(tx, user["email"], "user.password", user["email"], now)
        return row["session_key"]

    return store.write(write)
