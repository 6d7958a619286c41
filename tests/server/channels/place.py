"""A world whose sender every vendor has registered, and one email in it with a block of each kind."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from typing import Any

from builder.catalog import EmailSource
from server import settings as all_settings
from server.booking import availability
from server.sending import compose, send
from tests.server import world as worlds
from tests.server.world import World

SENDER = "notices@acto.localhost"
REGISTERED = {
    "ACTO_BASE_URL": "https://acto.example.com",
    "ACTO_REPLY_DOMAIN": "in.example.com",
    "ACTO_STREAMS_TRANSACTIONAL_AMP_REGISTERED": "yes",
    "ACTO_STREAMS_TRANSACTIONAL_GMAIL_REGISTERED": "yes",
    "ACTO_STREAMS_TRANSACTIONAL_OUTLOOK_ORIGINATOR": "11111111-2222-3333-4444-555555555555",
}
TOML = """class = "transactional"
subject = "Tu pedido"
preheader = "Cuéntanos cómo llegó todo."

[brief]
do = "Say {stars}, {topics}, {call}, {slot}, {text} and {parts}"
learn = "What went wrong: {why}"
then = "We mend it, and read each of them"
"""
BODY = """<mjml><mj-body><mj-section><mj-column>
<mj-text>Tu pedido llegó, {{ person.first_name }}.</mj-text>
<ac-rate name="stars" question="¿Qué tal llegó?" />
<ac-choose name="topics" question="¿Qué te interesa?" pick="many">
  <ac-option value="a" interest="10">Uno</ac-option><ac-option value="b" interest="20">Dos</ac-option>
</ac-choose>
<ac-confirm name="call" question="¿Te llamamos?" answers="{answers}" closes="{{ data.closes }}" />
<ac-book name="slot" question="¿Cuándo?" slots="data.slots"><ac-option value="none">Ninguna</ac-option></ac-book>
<ac-answer name="text" question="¿Algo más?" need="5" />
<ac-explore name="parts" question="¿Qué miras?">
  <ac-option value="x" title="La X" interest="5">Esto.</ac-option><ac-option value="y" title="La Y" interest="7">Lo otro.</ac-option>
</ac-explore>
<ac-answer name="why" question="¿Por qué?" when="known.stars &lt;= 2" />
</mj-column></mj-section></mj-body></mjml>
"""
SLOTS = [{"start": "2126-12-03T10:00-05:00", "minutes": 30}, {"start": "2126-12-04T10:00-05:00", "minutes": 30}]
FIRST, SECOND = "21261203t1500z", "21261204t1500z"


@dataclass
class Place:
    """The world with the email `all` sent to both people; `mail` is what each got."""

    world: World
    mail: dict[str, EmailMessage]

    def part(self, name: str, kind: str) -> str:
        """One rendering of a person's mail."""
        found = next(part for part in self.mail[name].walk() if part.get_content_type() == kind)
        content: str = found.get_content()
        return content


def make(
    database: str, folder: Path, now: int, data: dict[str, Any] | None = None, answers: str = "latest", **changes: str
) -> Place:
    world = worlds.make(database, folder, now, **{**REGISTERED, **changes})
    given = {"slots": SLOTS, "closes": "2126-12-31T18:00Z", **(data or {})}
    source = _source(json.dumps({"person": {}, "data": given}), answers)
    for name, person in world.people.items():
        send.queue(world.store, source, [person], now + 1, given)
        with world.store.read() as tx:
            rows = tx.messages.of_contact(contact_id=person["id"])
        world.sent[name] = next(row for row in rows if row["email"] == "all")
    return Place(world, {name: _mail(world, name) for name in world.people})


@lru_cache
def _source(sample: str, answers: str) -> EmailSource:
    """Checked once for each sample: lint and the proof of its formats take a fifth of a second."""
    with tempfile.TemporaryDirectory() as name:
        email = Path(name) / "all"
        email.mkdir()
        for file, text in (
            ("email.toml", TOML),
            ("body.mjml", BODY.replace("{answers}", answers)),
            ("sample.json", sample),
        ):
            (email / file).write_text(text, encoding="utf-8")
        return send.check(all_settings.load("none.toml", {}), email)


def _mail(world: World, name: str) -> EmailMessage:
    write = compose.composer(world.store, world.settings, world.keyring, availability.write_down)
    wire = write(world.sent[name], world.people[name], (), world.now)
    return message_from_bytes(wire.data, policy=policy.default)
