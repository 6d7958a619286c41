"""The library: an image is named after its content, and stays while something that was sent shows it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from builder import catalog
from server import email_versions
from server.branding import brand_form, images
from server.branding.images import Added
from server.branding.refusals import Refused
from server.emails import drafts
from server.emails.drafts import Titles
from server.sending import outbox, send
from server.store import Store
from tests.server.branding import drawings
from tests.server.branding.fields import FIELDS
from tests.server.emails.test_drafts import FILES
from tests.server.world import ROOT, World

BY = "lucia@example.com"


def added(store: Store, color: str = "#7a1fa2", now: int = 1_000) -> Added:
    decoded = images.read(drawings.drawn("PNG", color=color), "logo.png")
    return store.write(lambda tx: images.add(tx, decoded, "logo.png", ("Un faro", ""), BY, now))


def test_an_image_has_its_content_as_its_name_and_is_added_once(store: Store) -> None:
    first, second, other = added(store), added(store, now=2_000), added(store, "#112233")
    assert (first.is_new, second.is_new, other.is_new) == (True, False, True)
    assert first.image == second.image != other.image
    assert (first.image.alt_es, first.image.alt_en) == ("Un faro", "Un faro")
    with store.read() as tx:
        content, kind = images.content(tx, first.image.file)
        assert (content, kind) == (images.read(drawings.drawn("PNG", color="#7a1fa2"), "x").content, "image/png")
        assert images.content(tx, first.image.file.replace(".png", ".jpg")) is None
        assert images.content(tx, first.image.file.replace("120x40", "40x120")) is None
        assert images.content(tx, "x") is images.content(tx, "") is None
        rows = tx.images.listed(before_at=2**62, before_id="", limit=9)
    assert {row["id"] for row in rows} == {first.image.id, other.image.id}


def test_one_that_nothing_shows_is_removed(store: Store) -> None:
    image = added(store).image
    assert store.write(lambda tx: images.remove(tx, image.id)) is True
    assert store.write(lambda tx: images.remove(tx, image.id)) is False


def test_one_that_a_draft_shows_stays_until_it_no_longer_does(store: Store) -> None:
    image = added(store).image
    files = {**FILES, "mine/body.mjml": f"<mjml><!-- {image.path} --></mjml>"}
    store.write(lambda tx: drafts.create(tx, "mine", Titles("Mío", "Mine"), "", files, BY, 1))
    with pytest.raises(Refused, match="stays"):
        store.write(lambda tx: images.remove(tx, image.id))
    with store.read() as tx:
        assert images.uses(tx)[image.id].drafts == ["mine"]
    store.write(lambda tx: drafts.save(tx, "mine", 1, FILES, BY, 2))
    assert store.write(lambda tx: images.remove(tx, image.id))


def test_one_that_a_sent_email_shows_stays_for_ever(world: World) -> None:
    image = added(world.store).image
    files = catalog.collect(ROOT / "templates/emails/diagnosis")
    shown = f'<mj-image src="https://acto.example{image.path}" alt="Un faro" width="120px" /><ac-choose name="need"'
    for path in ("diagnosis/body.mjml", "diagnosis/body.en.mjml"):
        files[path] = files[path].replace('<ac-choose name="need"', shown)
    source = send.check_files(world.settings, "diagnosis", files)
    world.store.write(lambda tx: email_versions.save(tx, source, 5_000))
    with world.store.read() as tx:
        assert images.uses(tx)[image.id].sent == ["diagnosis"]
        assert tx.images.by_id(id=image.id)["kept_since"] == 5_000
    with pytest.raises(Refused):
        world.store.write(lambda tx: images.remove(tx, image.id))


def test_one_that_the_data_of_a_message_shows_stays_too(world: World) -> None:
    image = added(world.store).image
    row = world.sent["ana"]
    same: dict[str, Any] = {
        key: value for key, value in row.items() if key in {each.name for each in fields(outbox.Intent)}
    }
    intent = outbox.Intent(**{**same, "id": "x" * 20, "data": f'{{"photo": "https://acto.example{image.path}"}}'})
    world.store.write(lambda tx: outbox.enqueue(tx, intent, 7_000))
    with pytest.raises(Refused):
        world.store.write(lambda tx: images.remove(tx, image.id))


def test_the_logo_of_any_brand_stays(store: Store) -> None:
    image = added(store).image
    store.write(lambda tx: brand_form.save(tx, {**FIELDS, "logo": image.id}, BY, 1))
    store.write(lambda tx: brand_form.save(tx, FIELDS, BY, 2))
    with pytest.raises(Refused):
        store.write(lambda tx: images.remove(tx, image.id))
    with store.read() as tx:
        assert images.uses(tx)[image.id].is_logo


def test_no_file_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="Choose an image"):
        images.read(b"", "")
