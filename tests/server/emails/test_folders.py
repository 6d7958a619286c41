"""Pull writes a folder, push saves it back: without a change the same bytes, and of a hundred drawn conflicts none loses a word."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from builder import catalog
from server.emails import drafts, folders
from server.emails.drafts import Conflict
from server.emails.refusals import Refused
from server.store import Store
from tests.server.emails.test_drafts import ANA, FILES, LUCIA, TITLES

BODY = "mine/body.mjml"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """A working folder with nothing else in it."""
    return tmp_path / "emails"


@pytest.fixture
def mine(store: Store, now: int) -> str:
    store.write(lambda tx: drafts.create(tx, "mine", TITLES, "", FILES, ANA, now))
    return "mine"


def pull(store: Store, into: Path) -> int:
    with store.read() as tx:
        return folders.pull(tx, "mine", into)


def push(store: Store, folder: Path, now: int, by: str = LUCIA) -> folders.Pushed:
    done = store.write(lambda tx: folders.push(tx, folder, by, now))
    folders.remember(folder, done.revision)
    return done


def save(store: Store, base: int, files: dict[str, str], now: int) -> None:
    store.write(lambda tx: drafts.save(tx, "mine", base, files, ANA, now))


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(into: Path, word: str) -> None:
    (into / BODY).write_text((into / BODY).read_text(encoding="utf-8") + f"<!-- {word} -->\n", encoding="utf-8")


def newest(store: Store) -> str:
    with store.read() as tx:
        row = tx.emails.by_name(name="mine")
        assert row
        return drafts.read(tx, "mine", row["revision"])[BODY]


def test_a_pull_and_a_push_without_a_change_give_the_same_bytes(store: Store, mine: str, into: Path, now: int) -> None:
    assert pull(store, into) == 1
    assert catalog.collect(into / mine) == FILES
    before = read(into)
    assert push(store, into / mine, now) == (1, False, False)
    assert pull(store, into) == 1 and read(into) == before
    assert {path: text.encode() for path, text in FILES.items()} == {
        path: data for path, data in before.items() if not path.endswith(folders.MARK)
    }


def test_a_folder_of_ones_own_becomes_an_email_and_is_pushed_again(store: Store, into: Path, now: int) -> None:
    for path, text in FILES.items():
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_text(text, encoding="utf-8")
    assert push(store, into / "mine", now) == (1, True, True)
    write(into, "a word")
    assert push(store, into / "mine", now) == (2, False, True)
    assert "a word" in newest(store)


def test_a_folder_from_elsewhere_does_not_replace_an_email_of_its_name(
    store: Store, mine: str, into: Path, now: int
) -> None:
    for path, text in FILES.items():
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_text(text, encoding="utf-8")
    write(into, "other")
    with pytest.raises(Refused, match="Pull it first"):
        push(store, into / mine, now)
    with pytest.raises(Refused, match="was not pulled"):
        pull(store, into)


def test_a_file_that_was_removed_in_the_browser_goes_from_the_folder(
    store: Store, mine: str, into: Path, now: int
) -> None:
    fewer = {path: text for path, text in FILES.items() if path != "mine/sample.json"}
    pull(store, into)
    assert (into / "mine/sample.json").exists()
    store.write(lambda tx: drafts.save(tx, mine, 1, fewer, ANA, now))
    assert pull(store, into) == 2 and not (into / "mine/sample.json").exists()


def test_a_mark_that_cannot_be_read_and_a_folder_without_its_email_are_refused(
    store: Store, mine: str, into: Path, now: int
) -> None:
    pull(store, into)
    (into / mine / folders.MARK).write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be read"):
        push(store, into / mine, now)
    pull_again = into.with_name("again")
    pull(store, pull_again)
    (pull_again / mine / "email.toml").unlink()
    with pytest.raises(Refused, match=r"email\.toml is missing"):
        push(store, pull_again / mine, now)


@pytest.mark.parametrize("seed", range(5))
def test_of_drawn_conflicts_none_loses_a_word(store: Store, mine: str, tmp_path: Path, now: int, seed: int) -> None:
    """Two folders and a browser write in any order, twenty times a seed. Whatever was written stands in a revision, or still
    in the folder of the one whose push was refused.
    """
    draw, places = random.Random(seed), (tmp_path / "a", tmp_path / "b")
    for into in places:
        pull(store, into)
    refused = 0
    for number in range(20):
        word, into = f"word-{seed}-{number}", draw.choice(places)
        if draw.random() < 0.4:
            with store.read() as tx:
                row = tx.emails.by_name(name=mine)
                assert row
                files = drafts.read(tx, mine, row["revision"])
            files[BODY] += f"<!-- {word} -->\n"
            save(store, row["revision"], files, now)
            continue
        write(into, word)
        if conflict := _pushed(store, into / mine, now):
            refused += 1
            assert word in (into / BODY).read_text(encoding="utf-8"), "the writer keeps theirs"
            assert conflict.newest[BODY] == newest(store)
            with pytest.raises(Refused, match="not pushed"):
                pull(store, into)
            _merge(store, into, conflict, now)
        assert word in newest(store)
    assert refused
    with store.read() as tx:
        rows = drafts.history(tx, mine, limit=200)
        everything = "".join(drafts.read(tx, mine, row["revision"])[BODY] for row in rows)
    assert all(f"word-{seed}-{number} " in everything for number in range(20))


def _pushed(store: Store, folder: Path, now: int) -> Conflict | None:
    try:
        push(store, folder, now)
    except Conflict as conflict:
        return conflict
    return None


def _merge(store: Store, into: Path, conflict: Conflict, now: int) -> None:
    """As a person would: the newest lines, and those of one's own that are missing there."""
    theirs = conflict.newest[BODY].splitlines(keepends=True)
    own = (into / BODY).read_text(encoding="utf-8").splitlines(keepends=True)
    merged = {**conflict.newest, BODY: "".join([*theirs, *(line for line in own if line not in theirs)])}
    base = conflict.row["revision"]
    revision = store.write(lambda tx: drafts.save(tx, "mine", base, merged, LUCIA, now))
    (into / BODY).write_text(merged[BODY], encoding="utf-8")
    folders.remember(into / "mine", revision)
