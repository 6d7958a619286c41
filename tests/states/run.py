"""Plays sequences against the application, and says where it differs from the model."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from server.capture import answers, evidence
from server.capture.answers import Answer
from tests.states.machine import machine
from tests.states.place import place

STEPS = 14
_step: Callable[..., Answer] = answers.step
_answer: Callable[..., Answer] = answers._answer
# What would be wrong without anybody noticing in a test of one thing alone: each must be found.
PLANTS: dict[str, tuple[object, str, Callable[..., object]]] = {
    "a weaker answer replaces a stronger one": (answers, "rank", lambda name, verdict="": 0),
    "the first answer does not stand": (
        answers,
        "step",
        lambda current, event, policy: _step(current, event, "latest"),
    ),
    "an answer without a touch is confirmed at once": (
        answers,
        "_answer",
        lambda event, changes: _answer(event._replace(stands_at=event.at), changes),
    ),
}


def play(address: str, sequences: int, number: int, *, shrink: bool = True) -> None:
    """Raises AssertionError with the shortest sequence in which the two differ."""
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    with tempfile.TemporaryDirectory() as folder, place(address, Path(folder)) as here:
        run_state_machine_as_test(seed(number)(machine(here)), settings=chosen)


@contextmanager
def planted(what: str) -> Iterator[None]:
    """While the block lasts the application has this fault."""
    where, name, wrong = PLANTS[what]
    right = getattr(where, name)
    setattr(where, name, wrong)
    try:
        yield
    finally:
        setattr(where, name, right)


assert evidence.rank is vars(answers)["rank"], "the plants are where settling looks"
