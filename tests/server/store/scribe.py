"""Writes contacts for ever and says the id of each on a line of its own once it is stored.

python -m tests.server.store.scribe DATABASE
"""

import os
import sys
import threading
from typing import Any

from server import store as stores
from server.store import Session, Store
from tests.server.store.contacts import person


def write_for_ever(store: Store, thread: int) -> None:
    number = 0
    while True:
        number += 1
        contact = person(f"{os.getpid()}-{thread}-{number}", 1)
        store.write(lambda tx, contact=contact: _add(tx, contact))  # type: ignore[misc]
        os.write(1, f"{contact['id']}\n".encode())


def _add(tx: Session, contact: dict[str, Any]) -> None:
    tx.contacts.upsert(**contact)


if __name__ == "__main__":
    opened = stores.open(sys.argv[1])
    for thread in range(8):
        threading.Thread(target=write_for_ever, args=(opened, thread)).start()
