# The body for each kind of receiver. This file imports nothing of Acto: a new receiver is a new row.
"""Lists the body that each kind of receiver gets, as a table with {names} in it, and fills it.

A text that is one name alone becomes its value, with its type. Empty values are left out unless a row says otherwise, because a
CRM takes an empty name as a request to erase the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

NAME = re.compile(r"\{([a-z_.]+)\}")


class Shape(NamedTuple):
    """The body of one kind of receiver. `header` is the form of the key header that it expects, '' for none."""

    title: str
    body: Any
    chat: bool = False
    keeps_empty: bool = False
    header: str = ""
    corrects: bool = True  # False if a second call would make a second record instead of correcting the first


def _standard() -> dict[str, Any]:
    return {
        "type": "{type}",
        "timestamp": "{timestamp}",
        "data": {
            "flow": "{flow}",
            "contact": "{contact}",
            "answer": "{answer}",
            "booking": "{booking}",
            "lead": "{lead}",
            "was": "{was}",
        },
    }


SHAPES: Mapping[str, Shape] = {
    "standard": Shape("Standard Webhooks", _standard(), keeps_empty=True),
    "slack": Shape(
        "Slack",
        {
            "text": "{slack_text}",
            "blocks": [
                {"type": "section", "text": {"type": "mrkdwn", "text": "{slack_text}"}},
                {"type": "context", "elements": [{"type": "mrkdwn", "text": "<{url}|{link_text}>"}]},
            ],
        },
        chat=True,
    ),
    "teams": Shape(
        "Microsoft Teams",
        {
            "type": "message",
            "attachments": [
                {
                    "contentType": "application/vnd.microsoft.card.adaptive",
                    "content": {
                        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                        "type": "AdaptiveCard",
                        "version": "1.4",
                        "body": [{"type": "TextBlock", "text": "{card_text}", "wrap": True}],
                        "actions": [{"type": "Action.OpenUrl", "title": "{link_text}", "url": "{url}"}],
                    },
                }
            ],
        },
        chat=True,
    ),
    "text": Shape("Google Chat, Mattermost and others", {"text": "{chat_text}\n{url}"}, chat=True),
    "hubspot": Shape(
        "HubSpot",
        {
            "inputs": [
                {
                    "idProperty": "email",
                    "id": "{contact.email}",
                    "properties": {
                        "email": "{contact.email}",
                        "firstname": "{contact.first_name}",
                        "lastname": "{contact.last_name}",
                        "company": "{contact.company}",
                        "hs_lead_status": "OPEN",
                        "message": "{text}",
                    },
                }
            ]
        },
        header="Authorization: Bearer …",
    ),
    "pipedrive": Shape(
        "Pipedrive",
        {
            "name": "{person}",
            "emails": [{"value": "{contact.email}", "primary": True, "label": "work"}],
            "add_time": "{timestamp}",
        },
        header="x-api-token: …",
        corrects=False,
    ),
    "flat": Shape(
        "Zapier, Make, n8n",
        {
            "type": "{type}",
            "at": "{timestamp}",
            "email": "{contact.email}",
            "first_name": "{contact.first_name}",
            "last_name": "{contact.last_name}",
            "company": "{contact.company}",
            "question": "{answer.question}",
            "answer": "{answer.text}",
            "values": "{answer.values}",
            "was": "{was.text}",
            "asked_in": "{answer.email}",
            "stage": "{lead.stage}",
            "worth": "{lead.worth}",
            "url": "{url}",
        },
        keeps_empty=True,
    ),
}
CHATS = frozenset(name for name, shape in SHAPES.items() if shape.chat)


def fill(shape: Shape, values: Mapping[str, Any]) -> Any:
    """Fill the body with values, of which some are nested: {contact.email}."""
    return _fill(shape.body, lambda name: _look(values, name), shape.keeps_empty)


def _fill(part: Any, look: Callable[[str], Any], keeps_empty: bool) -> Any:
    if isinstance(part, str):
        alone = NAME.fullmatch(part)
        return look(alone[1]) if alone else NAME.sub(lambda found: str(look(found[1])), part)
    if isinstance(part, Mapping):
        filled = {key: _fill(each, look, keeps_empty) for key, each in part.items()}
        return filled if keeps_empty else {key: each for key, each in filled.items() if each not in ("", None)}
    return [_fill(each, look, keeps_empty) for each in part] if isinstance(part, list) else part


def _look(values: Mapping[str, Any], name: str) -> Any:
    """Return a value by its dotted name; '' for a missing one, because a test of an endpoint has no answer."""
    found: Any = values
    for word in name.split("."):
        found = found.get(word, "") if isinstance(found, Mapping) else ""
    return found
