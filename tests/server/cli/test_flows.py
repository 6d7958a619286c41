"""`acto flows`, as an operator types it: files in, files out, and what a rule would have done."""

from __future__ import annotations

from pathlib import Path

from tests import terminal
from tests.server.flows.acting import TASK, URGENT
from tests.server.world import World
from tests.terminal import Done


def acto(world: World, folder: Path, *words: str) -> Done:
    environ = {"ACTO_DATABASE": world.settings.database, "ACTO_TEMPLATES_DIR": world.settings.templates_dir}
    return terminal.acto(folder, environ, "flows", *words)


def test_a_flow_goes_in_as_a_file_and_comes_out_as_the_same(world: World, tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/urgent.toml").write_text(URGENT + TASK, encoding="utf-8")
    assert "urgent: version 1, on" in acto(world, tmp_path, "import").stderr
    assert acto(world, tmp_path, "export", "--out", "out").returncode == 0
    assert "urgent: version 1, on" in acto(world, tmp_path, "import", "out").stderr


def test_files_with_a_mistake_are_told_by_line_and_nothing_is_taken_over(world: World, tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(URGENT + TASK, encoding="utf-8")
    (tmp_path / "wrong.toml").write_text(URGENT.replace('"when"', '"wen"') + TASK, encoding="utf-8")
    checked = acto(world, tmp_path, "check", "good.toml", "wrong.toml")
    assert checked.returncode == 1
    assert checked.stdout.startswith("wrong.toml:6: No email asks a question named “wen”. Did you mean “when”?")
    assert acto(world, tmp_path, "import", "good.toml", "wrong.toml").returncode == 1
    with world.store.read() as tx:
        assert tx.flows.all() == []


def test_a_dry_run_says_for_whom_it_would_have_fired_and_does_nothing(world: World, tmp_path: Path) -> None:
    world.post("ana", "when", "this_month", gesture="pointer")
    world.post("grace", "when", "someday", gesture="pointer")
    (tmp_path / "urgent.toml").write_text(URGENT + TASK, encoding="utf-8")
    done = acto(world, tmp_path, "dry-run", "urgent.toml")
    assert "Ana Díaz" in done.stdout and "Grace" not in done.stdout
    assert "It would have started 1 times in the last 30 days." in done.stderr
    for happens, value in (("changed", 0), ("unsubscribed", 0), ("stage", 1)):
        stage = '\nstage = "warm"' if happens == "stage" else ""
        (tmp_path / "other.toml").write_text(f'[when]\nhappens = "{happens}"{stage}\n{TASK}', encoding="utf-8")
        assert f"started {value} times" in acto(world, tmp_path, "dry-run", "other.toml").stderr
    with world.store.read() as tx:
        assert tx.effects.of_contact(contact_id=world.people["ana"]["id"]) == []
