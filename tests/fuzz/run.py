"""Throws noise for some seconds, then looks at what is stored; and every one-character change of a token."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from builder.tokens import MAX_AGE_DAYS, Keyring, TokenInvalid
from server import integrity
from tests.fuzz.doors import Doors
from tests.server.channels import place as places

BEYOND = "ЖÅK\u2009\u202e🦄"


def noise(address: str, folder: Path, seed: int, seconds: float = 0, throws: int = 0) -> Doors:
    """What came of it, after so many seconds and throws; `broken` says what should not have."""
    world = places.make(address, folder, time.time_ns() // 1_000_000, ACTO_MESSAGE_REQUESTS="0")
    doors, until = Doors(world, Random(seed)), time.monotonic() + seconds
    before = integrity.counts(world.world.store)
    while time.monotonic() < until or doors.thrown < throws:
        doors.throw()
    state = world.world.app.extensions["acto"]
    state.hit_buffer.close()
    doors.broken += [finding.sentence for finding in integrity.check(world.world.store, state_now())]
    after = integrity.counts(world.world.store)
    if any(after[table] != before[table] for table in ("contacts", "messages")):
        doors.broken.append(f"people or mails were made or lost: {before} -> {after}")
    world.world.store.close()
    return doors


def state_now() -> int:
    return time.time_ns() // 1_000_000 + 10_000


def changed_tokens(step: int = 1) -> Iterator[str]:
    """A sentence for each one-character change of a token that is read as something else; of every `step`th character."""
    keyring, now = Keyring(["a key of a test", "another one"]), 1_800_000_000
    characters = [chr(code) for code in range(0, 256, step)] + list(BEYOND)
    for purpose in MAX_AGE_DAYS:
        token = keyring.sign(purpose, "01hzzzzzzzzzzzzzzzzz", "01hyyyyyyyyyyyyyyyyy", "need", now)
        said = keyring.read(purpose, token, now)
        for changed in _changes(token, characters):
            try:
                if keyring.read(purpose, changed, now) != said:
                    yield f"{purpose}: {changed!r} is read as something else"
            except TokenInvalid:
                pass


def _changes(token: str, characters: list[str]) -> Iterator[str]:
    for at in range(len(token)):
        yield token[:at] + token[at + 1 :]
        for character in characters:
            yield token[:at] + character + token[at + 1 :]
            yield token[:at] + character + token[at:]
