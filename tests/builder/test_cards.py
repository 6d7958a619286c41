"""Outlook's cards, as the library that Microsoft publishes reads them, and every token in them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from builder import catalog, emails, messages
from builder.formats import card as cards
from builder.formats.json_script import script
from tests import node
from tests.builder.emails import files
from tests.builder.test_parity import EVERYWHERE, INSIDE, NOW, SAMPLE, STARTERS


@pytest.fixture(scope="module")
def reader() -> Iterator[node.Checker]:
    checker = node.Checker("card.js")
    yield checker
    checker.close()


def card(name: str, language: str) -> dict[str, Any]:
    email = emails.compile(catalog.read(STARTERS / name), language)
    return written(email)


def written(email: emails.CompiledEmail) -> dict[str, Any]:
    recipient = replace(messages.sample(email.source), recipients=1)
    filled = messages.fill(email, EVERYWHERE, recipient, NOW)
    return json.loads(filled.card) if filled.card else {}


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", [name for name in catalog.names(STARTERS) if name != "password-reset"])
def test_a_starters_card_has_no_fault_and_its_tokens_are_its_messages(
    reader: node.Checker, name: str, language: str
) -> None:
    document = card(name, language)
    read = reader.ask(document)
    assert (read["faults"], read["version"]) == ([], "1.0")
    tokens = {urlsplit(action["url"]).path.split("/")[2] for action in cards.actions(document)}
    actions = [EVERYWHERE.keyring.read("answer", token, NOW // 1000) for token in tokens]
    assert {action.message_id for action in actions} == {"0" * 20}
    assert {f"ask_{action.block}" for action in actions} == {part["id"] for part in document["body"]}


def test_one_of_each_block_has_its_input(reader: node.Checker) -> None:
    email = emails.compile(catalog.parse("try", files(INSIDE, sample_json=SAMPLE)), "es")
    read = reader.ask(written(email))
    assert read["faults"] == []
    assert read["inputs"] == ["stars", "many", "slot", "text"]


@pytest.mark.parametrize(
    "damage", [{"type": "Action.Submit", "title": "x"}, {"type": "Input.Time", "id": "x"}, {"type": "Nothing"}], ids=str
)
def test_the_library_sees_what_is_no_card(reader: node.Checker, damage: dict[str, Any]) -> None:
    document = card("order-delivered", "es")
    target = document["body"][0]["items"]
    target.append({"type": "ActionSet", "actions": [damage]} if damage["type"].startswith("Action") else damage)
    if damage["type"] == "Nothing":
        assert reader.ask(document)["faults"]
    else:  # the library knows more than Outlook does: what Outlook drops is ours to keep out
        assert {node_["type"] for node_ in _nodes(card("order-delivered", "es"))} <= OUTLOOK


OUTLOOK = {
    "AdaptiveCard",
    "TextBlock",
    "Container",
    "ActionSet",
    "Input.Text",
    "Input.ChoiceSet",
    "Action.Http",
    "Action.ToggleVisibility",
}


def test_what_outlook_does_not_know_is_in_no_card() -> None:
    for name in catalog.names(STARTERS):
        assert {each["type"] for each in _nodes(card(name, "es"))} <= OUTLOOK


def test_nothing_a_person_is_called_ends_the_script_or_becomes_a_link() -> None:
    inside = '<ac-answer name="text" question="¿Qué tal, {{ person.first_name }}?" />'
    email = emails.compile(catalog.parse("try", files(inside)), "es")
    name = "</script><b>[x](https://evil.example)\u2028"
    recipient = replace(messages.sample(email.source), person={"first_name": name})
    filled = messages.fill(email, EVERYWHERE, recipient, NOW)
    assert filled.html.count("</script>") == 1
    text = json.loads(filled.card)["body"][0]["items"][0]["text"]
    assert "\\[x\\]\\(https" in text
    assert str(script("a", '"</script>"')) == '<script type="a">"\\u003c/script\\u003e"</script>'


def _nodes(tree: Any) -> list[dict[str, Any]]:
    if isinstance(tree, list):
        return [found for each in tree for found in _nodes(each)]
    if not isinstance(tree, dict):
        return []
    return ([tree] if "type" in tree else []) + [found for each in tree.values() for found in _nodes(each)]
