"""The short form of `python -m tests.failover --rounds 20`."""

from __future__ import annotations

from tests.failover.run import run


def test_a_standby_that_takes_over_has_every_acknowledged_answer() -> None:
    count = run(1, synchronous=True)
    assert count.acknowledged > 20
    assert count.lost == 0
