"""What was acknowledged is stored, and what is not stored is never acknowledged."""

from __future__ import annotations

from tests.kills import server


def test_a_web_server_killed_under_load_loses_no_acknowledged_answer_and_doubles_none(database: str) -> None:
    """The short form of `python -m tests.kills server --times 100`."""
    count = server.run(database, times=3)
    assert count.broken == []
    assert count.stored == count.acknowledged > 100


def test_a_server_that_acknowledges_before_it_commits_is_caught(database: str) -> None:
    """The negative control: without it, a check that looks away would be green as well."""
    count = server.run(database, times=2, serve=("tests.kills.careless",))
    assert any(breach.endswith("was acknowledged and is lost") for breach in count.broken)
