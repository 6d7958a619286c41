"""Writes the Outlook card: an Adaptive Card (version 1.0) whose buttons post the chosen answer to the server.

Outlook replaces `{{name.value}}` in a body by an input's value. The body is that value alone, as plain text, so that an answer
cannot be read as other fields. Source: learn.microsoft.com/outlook/actionable-messages.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.blocks import Block
from builder.formats.phrases import word

Json = dict[str, Any]
VERSION = "1.0"  # the last that mail needs no bot for
PATH = "o"
PLAIN = [{"name": "Content-Type", "value": "text/plain; charset=utf-8"}]


@dataclass(frozen=True)
class State:
    """The state of a block in a refreshed card: a note above it, whether it still takes answers, and the values no longer offered."""

    note: str = ""
    open: bool = True
    taken: frozenset[str] = frozenset()


def document(blocks: Sequence[Block], urls: Mapping[str, str], originator: str, states: Mapping[str, State]) -> Json:
    """Build the card of personalised blocks. `urls` are the addresses for answers by block name; `states` come with a refresh."""
    refresh = {"type": "Action.Http", "method": "POST", "url": f"{urls[blocks[0].name]}/card", "body": ""}
    return {
        "type": "AdaptiveCard",
        "version": VERSION,
        "originator": originator,
        "hideOriginalBody": False,  # the card adds to the mail; without it nothing is missing
        "autoInvokeAction": refresh,
        "body": [_container(block, urls[block.name], states.get(block.name, State())) for block in blocks],
    }


def _container(block: Block, url: str, state: State) -> Json:
    items: list[Json] = [{"type": "TextBlock", "text": escaped(block.question), "weight": "bolder", "wrap": True}]
    if state.note:
        items.append({"type": "TextBlock", "text": escaped(state.note), "isSubtle": True, "wrap": True})
    if state.open:
        items += RENDERERS[block.kind](block, url, state)
    return {"type": "Container", "id": f"ask_{block.name}", "separator": True, "items": items}


def choice_set(block: Block, url: str, state: State) -> list[Json]:
    """Draw every option in a list, with a button that sends the chosen ones."""
    choices = [
        {"title": _title(block, option.value, option.label), "value": option.value}
        for option in block.options
        if option.value not in state.taken
    ]
    field: Json = {
        "type": "Input.ChoiceSet",
        "id": block.name,
        "style": "compact" if len(choices) > 5 and not block.many else "expanded",
        "isMultiSelect": block.many,
        "choices": choices,
    }
    return [field, _actions([_send(word(block.language, "send"), url, "{{" + block.name + ".value}}")])]


def buttons(block: Block, url: str, state: State) -> list[Json]:
    """Draw one button for each option, so that a decision takes one tap."""
    return [_actions([_send(option.label, url, option.value) for option in block.options])]


def text_field(block: Block, url: str, state: State) -> list[Json]:
    """Draw a text field and the button that sends it."""
    field: Json = {"type": "Input.Text", "id": block.name, "isMultiline": True, "maxLength": block.limit}
    if block.placeholder:
        field["placeholder"] = block.placeholder
    return [field, _actions([_send(word(block.language, "send"), url, "{{" + block.name + ".value}}")])]


def parts(block: Block, url: str, state: State) -> list[Json]:
    """Draw parts that open in place, each with a button that says it interests the person."""
    return [item for option in block.options for item in _part(block, url, option.value, option.label, option.content)]


def _part(block: Block, url: str, value: str, title: str, content: str) -> list[Json]:
    inside = f"{block.name}_{value}"
    toggle = {"type": "Action.ToggleVisibility", "title": title, "targetElements": [inside]}
    more = _actions([_send(word(block.language, "more_about"), url, value)])
    text = {"type": "TextBlock", "text": escaped(content), "wrap": True}
    return [_actions([toggle]), {"type": "Container", "id": inside, "isVisible": False, "items": [text, more]}]


RENDERERS: dict[str, Callable[[Block, str, State], list[Json]]] = {
    "rate": choice_set,
    "choose": choice_set,
    "confirm": buttons,
    "book": choice_set,
    "answer": text_field,
    "explore": parts,
}


def _title(block: Block, value: str, label: str) -> str:
    """Write a step of a scale with the meaning of its end, as in `4 - Bien`."""
    ends = {block.options[0].value: block.low, block.options[-1].value: block.high} if block.scale else {}
    said = label if label.startswith(value) or not block.scale else f"{value} - {label}"
    return f"{said} ({ends[value]})" if ends.get(value) else said


def _send(title: str, url: str, body: str) -> Json:
    return {"type": "Action.Http", "title": title, "method": "POST", "url": url, "headers": PLAIN, "body": body}


def _actions(actions: list[Json]) -> Json:
    return {"type": "ActionSet", "actions": actions}


def escaped(text: str) -> str:
    """Escape the card's Markdown, so that a person's name cannot become a link."""
    return "".join(f"\\{character}" if character in "\\*_[]()`#" else character for character in text)


def actions(node: Any) -> Iterable[Json]:
    """Yield every Action.Http in a card, at any depth."""
    if isinstance(node, dict):
        if node.get("type") == "Action.Http":
            yield node
        for value in node.values():
            yield from actions(value)
    elif isinstance(node, list):
        for value in node:
            yield from actions(value)
