"""`acto users`, as an operator types it."""

from __future__ import annotations

from pathlib import Path

from server.accounts import users
from server.store import Store
from tests import terminal
from tests.terminal import Done


def test_a_team_is_made_and_unmade_in_a_terminal(database: str, store: Store, tmp_path: Path, now: int) -> None:
    def acto(*words: str) -> Done:
        return terminal.acto(tmp_path, {"ACTO_DATABASE": database}, "users", *words)

    users.add_or_reset(store, "ana@lumbre.example", "tres barcos y un faro", now)
    assert "queued" in acto("invite", "lucia@clinica.example", "--role", "sales", "--name", "Lucía").stderr
    assert "in the team already" in acto("invite", "lucia@clinica.example", "--role", "sales").stderr
    assert acto("invite", "lucia", "--role", "sales").returncode == 1
    assert acto("role", "lucia@clinica.example", "viewer").returncode == 0
    assert "The team needs at least one administrator" in acto("role", "ana@lumbre.example", "viewer").stderr
    assert "not in the team" in acto("deactivate", "nobody@example.com").stderr
    assert acto("deactivate", "lucia@clinica.example").returncode == 0
    assert acto("list").stdout.splitlines() == [
        "ana@lumbre.example\t\tadmin\tactive",
        "lucia@clinica.example\tLucía\tviewer\tdeactivated",
    ]
    with store.read() as tx:
        assert tx.notices.newest(limit=9, offset=0)[0]["to_address"] == "lucia@clinica.example"
