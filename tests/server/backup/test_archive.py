"""A backup has everything, is whole or not there, and makes a store on either engine."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from server import integrity
from server.accounts import audit
from server.backup import archive, creation, restoration
from server.errors import CannotDo
from server.store import Store, StoreUnavailable
from tests import terminal
from tests.conftest import ENGINES
from tests.server.backup.copying import LATER, back_up, everything, restored
from tests.server.world import World, csrf

NEW = ("restores", "sessions", "audit")  # tables in which a restore itself writes


@pytest.fixture
def answered(world: World) -> World:
    world.add_admin()
    for block, choice in (("process", "4"), ("need", "crm"), ("when", "this_month"), ("call", "yes")):
        assert world.post("ana", block, choice, gesture="pointer").status_code == 200
    assert world.post("grace", "need", "crm").status_code == 200
    world.hits("ana")
    return world


@pytest.mark.parametrize("onto", ENGINES)
def test_a_restored_store_has_every_row_whichever_engine_it_came_from(
    answered: World, tmp_path: Path, new_database: Callable[[str], str], onto: str
) -> None:
    before = everything(answered.settings.database)
    source = back_up(answered, tmp_path / "acto.zip")
    database = new_database(onto)
    other = restored(answered, source, database, tmp_path / "other")
    after = everything(database)
    assert {name: rows for name, rows in after.items() if name not in NEW} == {
        name: rows for name, rows in before.items() if name not in NEW
    }
    assert sum(map(len, before.values())) > 20
    assert list(integrity.check(other.store, other.now)) == []
    assert (tmp_path / "other/keys").read_bytes() == Path(answered.settings.keys_file).read_bytes()
    assert other.post("grace", "when", "someday").status_code == 200, "links that left before still work"
    other.close()


def test_a_restored_store_knows_the_backup_that_it_came_from(
    answered: World, tmp_path: Path, new_database: Callable[[str], str], engine: str
) -> None:
    other = restored(answered, back_up(answered, tmp_path / "acto.zip"), new_database(engine), tmp_path / "other")
    with other.store.read() as tx:
        made, done = audit.last(tx, "backup.made"), audit.last(tx, "backup.restored")
    assert made and made["at"] == other.now + LATER and made["details"] == {"keys": True}
    assert done and done["details"] == {"made_at": made["at"]}
    other.close()


def test_sessions_end_with_a_restore_because_one_that_was_ended_since_would_come_back(
    answered: World, tmp_path: Path, new_database: Callable[[str], str], engine: str
) -> None:
    cookie = answered.admin().get_cookie("acto")
    other = restored(answered, back_up(answered, tmp_path / "acto.zip"), new_database(engine), tmp_path / "other")
    browser = other.visitor()
    assert cookie
    browser.set_cookie("acto", cookie.value)
    assert browser.get("/outbox").status_code == 302
    assert other.admin().get("/outbox").status_code == 200
    other.close()


def test_only_its_owner_reads_a_backup_and_nothing_else_is_left(answered: World, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    source = back_up(answered, folder / "acto.zip")
    assert source.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["acto.zip"]
    assert set(zipfile.ZipFile(source).namelist()) == {"acto.db", "keys", "manifest.json"}
    assert set(zipfile.ZipFile(back_up(answered, source, keys=False)).namelist()) == {"acto.db", "manifest.json"}


def test_what_a_killed_backup_left_behind_goes_with_the_next_one(answered: World, tmp_path: Path) -> None:
    left = tmp_path / "b/.acto.zip.part/files"
    left.mkdir(parents=True)
    (left / "acto.db").write_bytes(b"half of it")
    back_up(answered, tmp_path / "b/acto.zip")
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["acto.zip"]


def test_a_backup_replaces_an_older_one_and_no_other_file(answered: World, tmp_path: Path) -> None:
    source = back_up(answered, tmp_path / "acto.zip")
    answered.post("grace", "when", "someday")
    first = archive.check(source).rows
    assert archive.check(back_up(answered, source)).rows["events"] == first["events"] + 1
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    with pytest.raises(CannotDo, match="exists and is not a backup"):
        back_up(answered, notes)
    assert notes.read_text() == "mine"


def test_two_backups_into_one_file_do_not_get_in_each_others_way(answered: World, tmp_path: Path) -> None:
    from server.backup import staging

    with staging.beside(tmp_path / "acto.zip"), pytest.raises(CannotDo, match="Another process is at work"):
        back_up(answered, tmp_path / "acto.zip")


def test_a_damaged_backup_is_refused_before_anything_is_written(
    answered: World, tmp_path: Path, new_database: Callable[[str], str], engine: str
) -> None:
    whole = back_up(answered, tmp_path / "acto.zip").read_bytes()
    database = new_database(engine)
    for number, data in enumerate((whole[: len(whole) // 2], _spoilt(whole), b"", b"PK no zip at all")):
        broken = tmp_path / f"broken-{number}.zip"
        broken.write_bytes(data)
        with pytest.raises(CannotDo, match=r"is not a complete backup|is damaged"):
            restored(answered, broken, database, tmp_path / "other")
    assert list(tmp_path.glob("**/.*.part")) == [], "nothing of it is left"
    assert not (tmp_path / "other/keys").exists()
    other = restored(answered, tmp_path / "acto.zip", database, tmp_path / "other")  # the target is untouched
    other.close()


def _spoilt(whole: bytes) -> bytes:
    middle = len(whole) // 3
    return whole[:middle] + bytes(each ^ 255 for each in whole[middle : middle + 64]) + whole[middle + 64 :]


def test_a_manifest_that_says_other_rows_is_believed_less_than_the_tables(answered: World, tmp_path: Path) -> None:
    source = back_up(answered, tmp_path / "acto.zip")
    with zipfile.ZipFile(source) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["rows"]["contacts"] += 1
    with zipfile.ZipFile(source, "w") as new:
        for name, data in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            new.writestr(name, data)
    with pytest.raises(CannotDo, match="the number of rows differs"):
        restored(answered, source, str(tmp_path / "new.db"), tmp_path / "other")


def test_a_restore_never_writes_over_a_store_nor_beside_the_journal_of_one(answered: World, tmp_path: Path) -> None:
    source, before = back_up(answered, tmp_path / "acto.zip"), everything(answered.settings.database)
    with pytest.raises(CannotDo, match=r"never overwrites a database\. (Existing files|The database has tables)"):
        restoration.restore(answered.settings, source, None, answered.now)
    assert {name: rows for name, rows in everything(answered.settings.database).items() if name != "audit"} == {
        name: rows for name, rows in before.items() if name != "audit"
    }
    (tmp_path / "gone.db-wal").write_bytes(b"what a removed database left")
    with pytest.raises(CannotDo, match=r"gone\.db-wal"):
        restored(answered, source, str(tmp_path / "gone.db"), tmp_path / "other")


def test_keys_come_with_the_backup_or_apart_and_others_are_never_replaced(answered: World, tmp_path: Path) -> None:
    source, own = back_up(answered, tmp_path / "acto.zip", keys=False), Path(answered.settings.keys_file)
    with pytest.raises(CannotDo, match="contains no keys"):
        restored(answered, source, str(tmp_path / "new.db"), tmp_path / "other")
    assert not (tmp_path / "new.db").exists()
    (tmp_path / "other/keys").write_bytes(own.read_bytes())
    restored(answered, source, str(tmp_path / "new.db"), tmp_path / "other").close()
    foreign = tmp_path / "third/keys"
    foreign.parent.mkdir()
    foreign.write_text("k" * 64 + "\n")
    with pytest.raises(CannotDo, match="contains other keys than those that signed"):
        restored(answered, back_up(answered, source), str(tmp_path / "third.db"), tmp_path / "third")
    assert foreign.read_text() == "k" * 64 + "\n"
    assert not (tmp_path / "third.db").exists()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_copy_of_the_file_alone_loses_what_lies_in_its_journal_and_a_backup_does_not(
    answered: World, tmp_path: Path
) -> None:
    """What docs/durability.md says of a plain copy."""
    plain = tmp_path / "copy.db"
    plain.write_bytes(Path(answered.settings.database).read_bytes())
    source = back_up(answered, tmp_path / "acto.zip")
    other = restored(answered, source, str(tmp_path / "whole.db"), tmp_path / "other")
    other.close()
    assert len(everything(str(plain))["events"]) < len(everything(str(tmp_path / "whole.db"))["events"]) == 5


def test_a_folder_that_cannot_be_written_is_a_sentence(answered: World, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotDo, match="cannot be made"):
        creation.make(answered.store, tmp_path / "file/acto.zip", None, answered.now)


def test_a_backup_in_the_wrong_folder_is_refused_and_makes_nothing(tmp_path: Path) -> None:
    done = terminal.acto(tmp_path, {}, "backup", "acto.zip")
    assert done.returncode == 1 and "There is no database data/acto.db" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_store_is_no_backup(store: Store, tmp_path: Path, now: int) -> None:
    with pytest.raises(CannotDo, match="The database is empty"):
        creation.make(store, tmp_path / "acto.zip", None, now)
    assert not (tmp_path / "acto.zip").exists()


def test_the_commands_back_up_and_restore_from_a_terminal(
    answered: World, tmp_path: Path, new_database: Callable[[str], str], engine: str
) -> None:
    keys = {"ACTO_KEYS_FILE": answered.settings.keys_file}
    done = terminal.acto(tmp_path, {**keys, "ACTO_DATABASE": answered.settings.database}, "backup", "acto.zip")
    assert done.returncode == 0 and "rows and the keys" in done.stderr, done.stderr
    environ = {"ACTO_DATABASE": new_database(engine), "ACTO_KEYS_FILE": str(tmp_path / "other/keys")}
    done = terminal.acto(tmp_path, environ, "restore", "acto.zip")
    assert done.returncode == 0 and "Nothing is sent until you decide" in done.stderr, done.stderr
    done = terminal.acto(tmp_path, environ, "restore", "acto.zip")
    assert done.returncode == 1 and "never overwrites a database" in done.stderr
    assert terminal.acto(tmp_path, environ, "check").returncode == 0


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_pages_that_are_damaged_make_no_backup(answered: World, tmp_path: Path) -> None:
    path = Path(answered.settings.database)
    answered.store.close()
    data = bytearray(path.read_bytes())
    for start in range(8192, len(data) - 4096, 4096):
        data[start : start + 512] = b"\xff" * 512
    path.write_bytes(data)
    with pytest.raises(StoreUnavailable, match=r"damaged|malformed|not a SQLite"):
        back_up(answered, tmp_path / "acto.zip")
    assert not (tmp_path / "acto.zip").exists()


def test_the_page_of_backups_says_how_old_the_last_one_is(answered: World, tmp_path: Path) -> None:
    admin = answered.admin()
    assert "Todavía no hay ninguna copia" in admin.get("/backups").text
    back_up(answered, tmp_path / "acto.zip", keys=False)
    page = admin.get("/backups").text
    assert re.search(r"acto\.zip.*sin las claves", page, re.DOTALL)
    assert csrf(admin.get("/account"))
