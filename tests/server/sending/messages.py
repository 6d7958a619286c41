"""Messages to queue, for tests."""

from typing import Any

from server.store import Store, new_id


def queue(store: Store, contact_id: str, now: int, **more: Any) -> str:
    """Queue a marketing message for the contact and give its id."""
    message = {
        "id": new_id(now),
        "contact_id": contact_id,
        "email": "diagnosis",
        "version_id": "v1",
        "language": "es",
        "mail_class": "marketing",
        "stream": "marketing",
        "topic": "consulting",
        "data": "{}",
        "recipients": 1,
        "purpose": "",
        "now": now,
        **more,
    }
    store.write(lambda tx: tx.messages.enqueue(**message))
    return str(message["id"])


def state(store: Store, contact_id: str, message_id: str) -> tuple[str, str]:
    """The state of a message and the reason of it."""
    with store.read() as tx:
        row = tx.messages.by_id(contact_id=contact_id, id=message_id)
    return row["state"], row["reason"]
