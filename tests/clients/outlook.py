"""Outlook's side of a card: finds it in the html part, fills in what the person chose, posts with its Entra ID token, shows the reply.

https://learn.microsoft.com/outlook/actionable-messages/adaptive-card
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from joserfc import jws
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

Json = dict[str, Any]
TYPES = {"TextBlock", "Container", "ActionSet", "Input.Text", "Input.ChoiceSet", "AdaptiveCard"}
ACTIONS = {"Action.Http", "Action.ToggleVisibility"}
_CARD = re.compile(r'<script type="application/adaptivecard\+json">(.*?)</script>', re.DOTALL)
_SIGNED = re.compile(r'<div itemprop="signedAdaptiveCard"[^>]*>([^<]+)</div>')


def card(html: str) -> Json:
    """The card as Outlook would draw it; one without a provider id, or of a version it does not know, is dropped."""
    found = _CARD.search(html)
    assert found, "Outlook finds no card"
    return checked(json.loads(found[1]))


def signed_card(html: str, key: RSAKey, sender: str, recipient: str) -> Json:
    """The signed card, its signature, sender and recipient checked."""
    found = _SIGNED.search(html)
    assert found, "Outlook finds no signed card"
    claims = json.loads(jws.deserialize_compact(found[1], key, algorithms=["RS256"]).payload)
    assert claims["sender"] == sender and json.loads(claims["recipientsSerialized"]) == [recipient] and claims["iat"]
    document: Json = json.loads(claims["adaptiveCardSerialized"])
    assert claims["originator"] == document["originator"]
    return checked(document)


def checked(document: Json) -> Json:
    assert document["type"] == "AdaptiveCard" and document["version"] == "1.0" and document["originator"]
    for node in _nodes(document["body"]):
        assert node["type"] in TYPES | ACTIONS, node["type"]
    return document


@dataclass(frozen=True)
class Outlook:
    client: FlaskClient
    bearer: str = ""

    def send(self, document: Json, block: str, *chosen: str) -> TestResponse:
        """Press what sends this answer: the block's own button for it, or the one that sends its input."""
        container = next(each for each in document["body"] if each["id"] == f"ask_{block}")
        actions = [node for node in _nodes([container]) if node["type"] == "Action.Http"]
        joined = ",".join(chosen)
        action = next((each for each in actions if each["body"] == joined), None) or next(
            each for each in actions if each["body"] == "{{" + block + ".value}}"
        )
        return self._post(action, action["body"].replace("{{" + block + ".value}}", joined))

    def open(self, document: Json) -> Json:
        """The card refreshed, as Outlook does when the mail is opened."""
        reply = self._post(document["autoInvokeAction"], "")
        return updated(reply)

    def _post(self, action: Json, body: str) -> TestResponse:
        assert action["method"] == "POST" and action["url"].startswith("https://")
        headers = {each["name"]: each["value"] for each in action.get("headers", [])}
        if self.bearer:
            headers["Authorization"] = self.bearer
        return self.client.post(urlsplit(action["url"]).path, data=body.encode(), headers=headers)


def updated(reply: TestResponse) -> Json:
    """The card that takes the place of the old one."""
    assert reply.status_code == 200 and reply.headers["CARD-UPDATE-IN-BODY"] == "true"
    return checked(reply.get_json())


def _nodes(node: Any) -> list[Json]:
    if isinstance(node, list):
        return [found for each in node for found in _nodes(each)]
    if not isinstance(node, dict):
        return []
    own = [node] if "type" in node else []
    return own + [found for value in node.values() for found in _nodes(value)]
