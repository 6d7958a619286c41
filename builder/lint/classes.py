"""Checks that each mj-class is defined in <mj-attributes> and stands on a tag that uses it."""

from collections.abc import Iterator

from builder.lint.view import View, at, meant
from builder.problems import Problem


def check(view: View) -> Iterator[Problem]:
    """Check one body for unknown-class."""
    known = set(view.inheritance.classes)
    for place in view.places:
        given = place.element.attributes.get("mj-class")
        if given is None or given.spans:
            continue
        if place.parent in ("mj-attributes", "mj-class"):
            said = f"An mj-class on a row of <{place.parent}> does nothing."
            yield at(given, "unknown-class", said, "Write the attributes themselves on this row.")
            continue
        for name in (name for name in given.value.split() if name not in known):
            near = meant(name, known)
            fix = f"Did you mean {near}?" if near else f'Add <mj-class name="{name[:40]}" … /> to <mj-attributes>.'
            yield at(given, "unknown-class", f"There is no <mj-class> called {name[:40]}.", fix)
