"""Emails of the store, on both engines: each save is a revision, a second writer loses nothing, a name has one home."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builder import brand, catalog
from server import settings as all_settings
from server.emails import drafts, homes
from server.emails.drafts import Conflict, Titles
from server.emails.refusals import Refused
from server.settings import Settings
from server.store import Store
from tests.server.world import ROOT

TITLES = Titles("Diagnóstico comercial", "Sales diagnosis")
FILES = drafts.renamed(catalog.collect(ROOT / "templates/emails/diagnosis"), "diagnosis", "mine")
COPY = drafts.renamed(FILES, "mine", "copy")
ANA, LUCIA = "ana@example.com", "lucia@example.com"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(all_settings.load("none.toml", {}), templates_dir=str(tmp_path))


@pytest.fixture
def mine(store: Store, now: int) -> str:
    store.write(lambda tx: drafts.create(tx, "mine", TITLES, "Ventas", FILES, ANA, now))
    return "mine"


def changed(word: str) -> dict[str, str]:
    return {**FILES, "mine/body.mjml": FILES["mine/body.mjml"] + f"<!-- {word} -->"}


def without_brand(files: dict[str, str]) -> dict[str, str]:
    """The files as they were saved; test_branded.py has the one that is added."""
    return {path: text for path, text in files.items() if path != brand.FILE}


def save(store: Store, base: int, files: dict[str, str], by: str, now: int) -> int:
    return store.write(lambda tx: drafts.save(tx, "mine", base, files, by, now))


def test_each_save_is_a_revision_that_can_be_read_and_put_back(store: Store, mine: str, now: int) -> None:
    assert save(store, 1, changed("a"), ANA, now + 1) == 2
    assert save(store, 2, changed("a"), ANA, now + 2) == 2, "the same again is no revision"
    assert save(store, 2, changed("b"), LUCIA, now + 3) == 3
    assert store.write(lambda tx: drafts.restore(tx, mine, 1, ANA, now + 4)) == 4
    with store.read() as tx:
        assert [drafts.read(tx, mine, number) for number in (1, 2, 3, 4)] == [FILES, changed("a"), changed("b"), FILES]
        rows = drafts.history(tx, mine)
    assert [(row["revision"], row["note"], row["by_whom"], row["at"] - now) for row in rows] == [
        (4, "restored from 1", ANA, 4),
        (3, "saved", LUCIA, 3),
        (2, "saved", ANA, 1),
        (1, "created", ANA, 0),
    ]


def test_a_second_writer_gets_both_texts_and_overwrites_nothing(store: Store, mine: str, now: int) -> None:
    save(store, 1, changed("ana"), ANA, now)
    with pytest.raises(Conflict) as caught:
        save(store, 1, changed("lucía"), LUCIA, now)
    assert (caught.value.base, caught.value.newest) == (FILES, changed("ana"))
    assert caught.value.row["by_whom"] == ANA
    assert save(store, 1, changed("ana"), LUCIA, now) == 2, "who saves what stands has no conflict"
    with store.read() as tx:
        assert len(drafts.history(tx, mine)) == 2


def test_a_broken_template_is_a_draft_like_any_other(store: Store, mine: str, now: int) -> None:
    assert save(store, 1, {**FILES, "mine/body.mjml": "<mjml><{% if"}, ANA, now) == 2


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ({"mine/../etc/passwd": ""}, "files"),
        ({"/etc/passwd": ""}, "files"),
        ({"mine/.hidden": ""}, "files"),
        ({"mine/body.mjml": "x" * 200_001}, "files"),
        ({"mine/body.mjml": "a\x00b"}, "files"),
        ({f"mine/{n}.mjml": "" for n in range(61)}, "files"),
    ],
)
def test_what_no_email_has_is_refused(store: Store, mine: str, now: int, files: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as caught:
        save(store, 1, {**FILES, **files}, ANA, now)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("name", "titles", "folder", "field"),
    [
        ("Mine", TITLES, "", "name"),
        ("-mine", TITLES, "", "name"),
        ("m" * 65, TITLES, "", "name"),
        ("mine", TITLES, "", "name"),
        ("other", Titles("", " "), "", "title"),
        ("other", Titles("x" * 121, ""), "", "title"),
        ("other", TITLES, "x" * 61, "folder"),
    ],
)
def test_a_name_a_title_and_a_folder_have_their_bounds(
    store: Store, mine: str, now: int, name: str, titles: Titles, folder: str, field: str
) -> None:
    files = drafts.renamed(FILES, "mine", name)
    with pytest.raises(Refused) as caught:
        store.write(lambda tx: drafts.create(tx, name, titles, folder, files, ANA, now))
    assert caught.value.field == field


def test_a_list_is_searched_in_both_languages_and_by_folder(store: Store, mine: str, now: int) -> None:
    store.write(lambda tx: drafts.create(tx, "copy", Titles("Copia", "Copy 100%"), "Ventas", COPY, ANA, now))

    def found(typed: str = "", folder: str = "", state: str = drafts.ACTIVE) -> list[str]:
        with store.read() as tx:
            return [row["name"] for row in drafts.listed(tx, state, folder, typed)]

    assert found() == ["copy", "mine"]
    assert found("DIAGNOSTICO") == found("sales diag") == ["mine"]
    assert found("100%") == ["copy"] and found("%") == ["copy"] and found("_") == []
    assert found(folder="Ventas") == ["copy", "mine"] and found(folder="Otra") == []
    assert store.write(lambda tx: drafts.set_state(tx, mine, drafts.TRASHED, ANA, now))
    assert not store.write(lambda tx: drafts.set_state(tx, mine, drafts.TRASHED, ANA, now))
    assert found() == ["copy"] and found(state=drafts.TRASHED) == ["mine"]
    with store.read() as tx:
        assert drafts.totals(tx) == {drafts.ACTIVE: 1, drafts.ARCHIVED: 0, drafts.TRASHED: 1}


def test_a_copy_has_the_files_under_its_own_name() -> None:
    assert catalog.parse("copy", COPY).name == "copy"
    homes_of = [{path.partition("/")[0] for path in files} for files in (FILES, COPY)]
    assert homes_of[1] == homes_of[0] - {"mine"} | {"copy"}


def test_what_is_published_is_what_is_sent_whatever_is_saved_later(
    store: Store, settings: Settings, mine: str, now: int
) -> None:
    def sent() -> dict[str, str]:
        with store.read() as tx:
            return without_brand(homes.find(tx, settings, mine))

    with pytest.raises(Refused, match="never published"):
        sent()
    store.write(lambda tx: drafts.publish(tx, mine, 1, ANA, now))
    save(store, 1, changed("later"), ANA, now)
    assert sent() == FILES
    store.write(lambda tx: drafts.publish(tx, mine, 2, ANA, now))
    assert sent() == changed("later")
    store.write(lambda tx: drafts.set_state(tx, mine, drafts.ARCHIVED, ANA, now))
    with pytest.raises(Refused, match="archived"):
        sent()


def test_a_name_in_both_homes_is_refused_and_one_in_neither_names_those_there_are(
    store: Store, settings: Settings, mine: str, now: int
) -> None:
    store.write(lambda tx: drafts.publish(tx, mine, 1, ANA, now))
    folder = Path(settings.templates_dir)
    for name in ("mine", "other"):
        (folder / name).mkdir()
        for path, text in drafts.renamed(FILES, "mine", name).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    with store.read() as tx:
        assert without_brand(homes.find(tx, settings, "other")) == drafts.renamed(FILES, "mine", "other")
        assert homes.names(tx, settings) == ["mine", "other"]
        assert list(homes.every(tx, settings)) == ["other"]
        with pytest.raises(Refused, match="two emails “mine”"):
            homes.find(tx, settings, "mine")
        with pytest.raises(Refused, match="Available: mine, other"):
            homes.find(tx, settings, "nothing")
