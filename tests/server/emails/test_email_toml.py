"""email.toml as a form: what is typed is what is read, and what nobody touched stays as it was."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import catalog
from server.emails import email_toml
from tests.server.world import ROOT

STARTERS = {
    name: (ROOT / f"templates/emails/{name}/email.toml").read_text(encoding="utf-8")
    for name in catalog.names(ROOT / "templates/emails")
}
NAMES = [email_toml.field(*each) for each in email_toml.FIELDS]
TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ODD = (
    "",
    'subject = "one language"\nclass="marketing" # why\n',
    "[brief]\ndo = '''\nof two\nlines'''\n",
    '[subject] # by language\n"es" = "hola"\n',
    'subject = { es = "a", en = "b" }\n[formats]\namp = false\n',
)


@given(st.sampled_from([*STARTERS.values(), *ODD]), st.dictionaries(st.sampled_from(NAMES), TYPED))
def test_what_is_typed_is_what_is_read(text: str, typed: dict[str, str]) -> None:
    before = email_toml.values(text)
    written = email_toml.write(text, typed)
    assert email_toml.values(written) == {**before, **typed}
    others = [
        {k: v for k, v in tomllib.loads(each).items() if k in ("invitation", "formats")} for each in (text, written)
    ]
    assert others[0] == others[1]


@pytest.mark.parametrize("name", STARTERS)
def test_a_changed_subject_changes_one_line(name: str) -> None:
    before, after = STARTERS[name], email_toml.write(STARTERS[name], {"subject.es": "¿Qué tal?"})
    changed = [pair for pair in zip(before.split("\n"), after.split("\n"), strict=True) if pair[0] != pair[1]]
    assert [new for _, new in changed] == ['es = "¿Qué tal?"']


@given(st.text(max_size=60))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    if email_toml.values(text) is None:
        assert email_toml.write(text, {"class": "marketing"}) == text


@pytest.mark.parametrize("text", ["class = ", "class = 3", "subject = 1979-05-27", "[[brief]]\n", "brief = 4"])
def test_what_no_form_can_show_is_not_one(text: str) -> None:
    assert email_toml.values(text) is None
