"""The short form of the long test: `python -m tests.kills worker --times 100`."""

import pytest

from tests.conftest import SQLITE_FIRST
from tests.kills import worker


@pytest.mark.parametrize("engine", SQLITE_FIRST, indirect=True)
def test_a_worker_killed_while_sending_loses_nothing_and_doubles_nothing(database: str) -> None:
    count = worker.run(database, times=3)
    assert count.broken == []
    assert count.states["sent"] > 50
    assert set(count.states) <= {"sent", "unknown"}
