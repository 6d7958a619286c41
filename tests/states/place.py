"""One store and, for each set of keys that ever signed or read, an application over it; every sequence has a person of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from flask import Flask

from builder import catalog
from builder.catalog import EmailSource
from server import settings as all_settings
from server import store as stores
from server.contacts import contacts
from server.sending import send
from server.store import Store
from tests.range.clock import Clock, driven
from tests.server import apps

NOW = 1_803_913_200_000
KEYS = tuple(f"a key of forty characters, number {number:06d}" for number in range(4))
KEPT = ((0,), (0, 1), (1, 2), (2, 3))  # which keys are there after each rotation, oldest first
OPTIONS = ("a", "b", "c")
CHOICES = "".join(f'<ac-option value="{value}">Opción {value}</ac-option>' for value in OPTIONS)
PARTS = "".join(f'<ac-option value="{value}" title="Parte {value}">Texto</ac-option>' for value in OPTIONS)
FILES = {
    "states/email.toml": """class = "transactional"
subject = "Una pregunta"
preheader = "Un minuto."
[brief]
do = "Say what it is"
learn = "What it is"
then = "We read it"
""",
    "states/body.mjml": f"""<mjml><mj-body><mj-section><mj-column>
<ac-choose name="latest" question="¿Cuál?">{CHOICES}</ac-choose>
<ac-choose name="first" question="¿Cuál primero?" answers="first">{CHOICES}</ac-choose>
<ac-choose name="once" question="¿Cuál una vez?" answers="once">{CHOICES}</ac-choose>
<ac-explore name="parts" question="¿Qué miras?">{PARTS}</ac-explore>
</mj-column></mj-section></mj-body></mjml>
""",
    "states/sample.json": json.dumps({"person": {}, "data": {}}),
}


@dataclass
class Place:
    store: Store
    apps: list[Flask]  # after each rotation
    clock: Clock
    source: EmailSource
    numbers: Iterator[int]

    def person(self) -> dict[str, str]:
        """Somebody new who was sent the mail a day ago, so that scanners are long gone."""
        address = f"p{next(self.numbers)}@example.com"
        person = self.store.write(lambda tx: contacts.upsert(tx, address, self.clock.now - 86_400_000))
        send.queue(self.store, self.source, [person], self.clock.now - 86_400_000)
        with self.store.read() as tx:
            (message,) = tx.messages.of_contact(contact_id=person["id"])
        return {"contact_id": person["id"], "message_id": message["id"]}


@contextmanager
def place(address: str, folder: Path) -> Iterator[Place]:
    with driven(NOW) as clock, stores.open(address) as store:
        store.migrate()
        over = [_app(store, address, folder, number) for number in range(len(KEPT))]
        try:
            yield Place(store, over, clock, catalog.parse("states", FILES), count())
        finally:
            for app in over:
                apps.close(app)


def _app(store: Store, address: str, folder: Path, number: int) -> Flask:
    keys = folder / f"keys-{number}"
    keys.write_text("".join(f"{KEYS[key].replace(' ', '-')}\n" for key in KEPT[number]), encoding="utf-8")
    environ = {
        "ACTO_DATABASE": address,
        "ACTO_DATA_DIR": str(folder),
        "ACTO_KEYS_FILE": str(keys),
        "ACTO_PATIENCE_SECONDS": "0",
        "ACTO_MESSAGE_REQUESTS": "0",
    }
    return apps.over(all_settings.load(str(folder / "none.toml"), environ), store)
