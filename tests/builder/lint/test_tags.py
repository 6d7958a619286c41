"""The table of tags says what an email shows: each attribute is in the html, or stands among those that are not."""

import pytest

from builder.tags import TAGS, UNRENDERED
from tests.look.bodies import SHOWING, values, without
from tests.look.compare import ours

ALWAYS = {"href", "src", "alt", "name"}  # the bodies have them already
ROWS = [(tag, name, kind) for tag in SHOWING for name, kind in TAGS[tag].attributes.items() if name not in ALWAYS]
BACK = {"background-url": "u", "background-width": "90px"}
NEEDS: dict[
    str, dict[str, dict[str, str]]
] = {  # what must be there for an attribute to show, by the beginning of its name
    "mj-wrapper": {"background": BACK},
    "mj-section": {"background": BACK},
    "mj-hero": {"background-height": {**BACK, "mode": "fluid-height"}, "background": BACK},
    "mj-column": {"inner-b": {"padding": "9px"}},
    "mj-image": {"rel": {"href": "h"}, "target": {"href": "h"}},
    "mj-navbar": {"ico-": {"hamburger": "hamburger"}},
}


@pytest.mark.parametrize(("tag", "name", "kind"), ROWS, ids=lambda row: row)
def test_an_attribute_shows_or_is_said_not_to(tag: str, name: str, kind: str) -> None:
    needed = next((given for start, given in NEEDS.get(tag, {}).items() if name.startswith(start)), {})
    plain = _html(tag, {**needed, name: None})
    shows = any(_html(tag, {**needed, name: value}) != plain for value in values(name, kind))
    assert shows == (name not in UNRENDERED.get(tag, ()))


def _html(tag: str, given: dict[str, str | None]) -> str:
    body = SHOWING[tag]
    for name in given:
        body = without(body, name)
    written = "".join(f' {name}="{value}"' for name, value in given.items() if value is not None)
    return ours(f"<mjml>{body.replace('{}', written)}</mjml>")
