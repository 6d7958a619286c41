"""Checks blocks: names and values fit for links and data, enough options, and the same questions in each language."""

import re
from collections.abc import Iterator, Sequence

from builder.blocks import DECLARATIONS
from builder.blocks.model import NAME, POINTS, POINTS_SHAPE, VALUE
from builder.lint.view import Place, View, at
from builder.nodes import Attribute, Element
from builder.problems import Problem


def check(view: View) -> Iterator[Problem]:
    """Check the blocks of one body, each alone and all together."""
    seen: dict[str, Element] = {}
    for place in view.blocks:
        block = place.element
        if block.tag not in DECLARATIONS:
            continue
        name = block.attributes.get("name")
        if name and name.value:
            yield from _name(name, NAME, "a-z, 0-9 and _, beginning with a letter, 31 characters at most")
            yield from _twice(name, seen, block, "duplicate-name", "block is called")
        yield from _options(block)
    yield from _brief(view)


def differences(views: Sequence[View]) -> Iterator[Problem]:
    """Report languages-differ: blocks that one language lacks or asks with other options than the first language."""
    first, *others = views
    asked = _asked(first)
    for view in others:
        for name, (element, shape) in _asked(view).items():
            if name not in asked:
                said = f"The block {name} is asked in “{view.language}” only."
                yield at(element, "languages-differ", said, f"Ask it in “{first.language}” too, or not at all.")
            elif shape != asked[name][1]:
                said = f"The block {name} has other options in “{view.language}” than in “{first.language}”."
                fix = f"Use the same kind and values: {', '.join(asked[name][1][2]) or 'none'}."
                yield at(element, "languages-differ", said, fix)
        for name in asked.keys() - _asked(view).keys():
            said = f"The block {name} is asked in “{first.language}” and not in “{view.language}”."
            yield at(asked[name][0], "languages-differ", said, f"Ask it in “{view.language}” too, or not at all.")


def _asked(view: View) -> dict[str, tuple[Element, tuple[str, str, tuple[str, ...]]]]:
    """Map each block's name to its element and the shape of its answers: tag, scale or pick, values in order."""
    return {
        place.element.get("name"): (
            place.element,
            (
                place.element.tag,
                place.element.get("scale") + place.element.get("pick"),
                tuple(option.get("value") for option in _own(place.element) if place.element.tag != "ac-rate"),
            ),
        )
        for place in view.blocks
    }


def _own(block: Element) -> list[Element]:
    return [child for child in block.elements if child.tag == "ac-option"]


def _name(attribute: Attribute, shape: str, wanted: str) -> Iterator[Problem]:
    if not attribute.spans and not re.fullmatch(shape, attribute.value):
        said = f"{attribute.value[:40]!r} cannot be a {attribute.name}: it stands in links and data."
        yield at(attribute, "bad-name", said, f"Use {wanted}.")


def _twice(attribute: Attribute, seen: dict[str, Element], node: Element, rule: str, what: str) -> Iterator[Problem]:
    if attribute.value in seen:
        other = seen[attribute.value]
        line, _ = other.source.position(other.start)
        said = f"Another {what} {attribute.value[:40]!r}, on line {line} of {other.source.path}."
        yield at(attribute, rule, said, "Give one of them another.")
    seen.setdefault(attribute.value, node)


def _options(block: Element) -> Iterator[Problem]:
    options = _own(block)
    if block.tag == "ac-choose" and len(options) < 2:
        said = f"<ac-choose> has {len(options)} option{'s' * (len(options) != 1)}; a choice has two or more."
        yield at(block, "too-few-options", said, "Add <ac-option>s, or use <ac-confirm>.")
    if block.tag == "ac-explore" and len(options) < 2:
        said = f"<ac-explore> has {len(options)} part{'s' * (len(options) != 1)}; there is nothing to choose between."
        yield at(block, "too-few-options", said, "Add <ac-option>s, or write it as an <mj-text>.")
    scales = DECLARATIONS[block.tag].scale_options
    seen: dict[str, Element] = {}
    for option in options:
        value = option.attributes.get("value")
        if value and value.value:
            yield from _name(value, VALUE, "a-z, 0-9, _ and -, 31 characters at most")
            yield from _twice(value, seen, option, "duplicate-value", "option has the value")
            if scales and not value.spans:
                yield from _on_scale(value, scales.get(block.get("scale", "stars"), ()))
        if not scales and not option.inner.strip():
            yield at(option, "missing-label", "This option has nothing to read.", "Write its label between the tags.")
        yield from _points(option)


def _on_scale(value: Attribute, scale: tuple[str, ...]) -> Iterator[Problem]:
    if scale and value.value not in scale:
        said = f"{value.value[:40]!r} is not on this scale."
        yield at(value, "off-scale", said, f"Use a number from {scale[0]} to {scale[-1]}.")


def _points(option: Element) -> Iterator[Problem]:
    for attribute in (option.attributes[name] for name in POINTS if name in option.attributes):
        whole = POINTS_SHAPE.fullmatch(attribute.value)
        if not attribute.spans and not (whole and -100 <= int(attribute.value) <= 100):
            said = f'{attribute.name}="{attribute.value[:40]}" is no number of points.'
            yield at(attribute, "bad-points", said, "Write a whole number from -100 to 100.")


def _brief(view: View) -> Iterator[Problem]:
    if not view.blocks or view.email.brief.complete:
        return
    place: Place = view.blocks[0]
    missing = [key for key in ("do", "learn", "then") if not getattr(view.email.brief, key).strip()]
    said = f"The email asks, and its brief does not say: {', '.join(missing)}."
    fix = f"Write it in {view.toml_path} under [brief]; if nothing is to happen with the answer, do not ask."
    yield at(place.element, "missing-brief", said, fix)
