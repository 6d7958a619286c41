"""What users change of their own account."""

from __future__ import annotations

from server.people import audit, passwords, sessions
from server.people.users import User, new_session_key
from server.store import Session, Store


def change_password(store: Store, user: User, session_id: str, password: str, now: int) -> bool:
    """Ends every session but this one. False when somebody was faster. Raises WeakPassword."""
    passwords.check_new(password, [user["email"], user["name"]])
    row = {"password_hash": passwords.hashed(password), "session_key": new_session_key()}

    def write(tx: Session) -> bool:
        if not tx.users.set_password(id=user["id"], old_key=user["session_key"], **row):
            return False
        sessions.end_others(tx, user["id"], session_id)
        audit.add(tx, user["email"], "user.password", user["email"], now)
        return True

    return store.write(write)
