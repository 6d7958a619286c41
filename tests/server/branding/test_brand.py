"""The brand: the settings until one is saved, then the newest row; a field that cannot be is refused by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server import settings as all_settings
from server.branding import brand, brand_form
from server.branding.brand import Brand, Link
from server.branding.kept import KeptBrand
from server.branding.refusals import Refused
from server.settings import Settings
from server.store import Store
from tests.server.branding.fields import FIELDS

BY = "lucia@example.com"


@pytest.fixture
def settings() -> Settings:
    loaded = all_settings.load("none.toml", {})
    return replace(loaded, sender_name="Brújula", postal_address="Calle 1", brand_color="#114477")


def current(store: Store, settings: Settings) -> Brand:
    with store.read() as tx:
        return brand.current(tx, settings)


def save(store: Store, at: int = 1, **changes: Any) -> bool:
    return store.write(lambda tx: brand_form.save(tx, {**FIELDS, **changes}, BY, at))


def test_the_settings_are_the_brand_until_one_is_saved(store: Store, settings: Settings) -> None:
    first = current(store, settings)
    assert (first.id, first.name, first.address, first.color) == ("", "Brújula", "Calle 1", "#114477")
    assert first.contact == "notices@acto.localhost"
    assert save(store, address="", contact="")
    held = current(store, settings)
    assert (held.name, held.address, held.color, held.by_whom) == ("Norte Consultores", "", "#7a1fa2", BY)
    assert held.contact == "notices@acto.localhost", "a mail that can be answered is named in any case"
    assert held.social == (
        Link("Instagram", "https://www.instagram.com/norte"),
        Link("norte.example", "https://norte.example"),
    )


def test_a_later_brand_is_a_new_row_and_the_same_again_is_none(store: Store, settings: Settings) -> None:
    assert [save(store, 1), save(store, 2), save(store, 3, name="Sur"), save(store, 3)] == [True, False, True, True]
    with store.read() as tx:
        assert len(brand.history(tx)) == 3


def test_the_form_of_a_brand_saves_the_same_brand(store: Store, settings: Settings) -> None:
    save(store)
    form = brand_form.form(current(store, settings), settings)
    assert form == FIELDS
    assert not store.write(lambda tx: brand_form.save(tx, form, BY, 2))


def test_one_language_of_the_closing_words_is_enough(store: Store, settings: Settings) -> None:
    save(store, footer_en=" ")
    assert current(store, settings).footer == {"es": FIELDS["footer_es"], "en": FIELDS["footer_es"]}


@pytest.mark.parametrize(("typed", "kept"), [("7A1FA2", "#7a1fa2"), (" #7a1fa2 ", "#7a1fa2"), ("", "")])
def test_a_colour_may_be_typed_without_its_sign(store: Store, settings: Settings, typed: str, kept: str) -> None:
    save(store, color=typed)
    assert current(store, settings).color == kept


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("name", "  ", "no_name"),
        ("name", "x" * 81, "long_text"),
        ("logo", "nothing", "no_logo"),
        ("color", "green", "bad_color"),
        ("color", "#12345", "bad_color"),
        ("color", "#7a1fa2;background:url(//x)", "bad_color"),
        ("color", "{{ x }}", "bad_color"),
        ("font", "Comic Sans", "bad_font"),
        ("contact", "nobody", "bad_contact"),
        ("contact", "a@b c", "bad_contact"),
        ("address", "x" * 301, "long_text"),
        ("social", "http://norte.example", "bad_link"),
        ("social", "javascript:alert(1)", "bad_link"),
        ("social", "https://", "bad_link"),
        ("social", "https://[x", "bad_link"),
        ("social", 'https://norte.example/"onload=', "bad_link"),
        ("social", "https://norte.example/{{ x }}", "bad_link"),
        ("social", "\n".join(f"https://a{n}.example" for n in range(9)), "many_links"),
        ("footer_es", "x" * 601, "long_text"),
    ],
)
def test_a_field_that_cannot_be_is_refused_and_nothing_is_saved(
    store: Store, settings: Settings, field: str, value: str, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        save(store, 1, **{field: value})
    assert (refused.value.rule, refused.value.field) == (rule, field)
    assert current(store, settings).id == ""


def test_a_process_sees_a_new_brand_within_a_second(store: Store, settings: Settings) -> None:
    kept = KeptBrand(store, settings)
    assert kept.at(10_000).name == "Brújula"
    save(store)
    assert kept.at(10_999).name == "Brújula"
    assert kept.at(11_000).name == "Norte Consultores"
    save(store, 2, name="Sur")
    kept.forget()
    assert kept.at(11_001).name == "Sur"
