"""Gmail's action button: finds the JSON-LD in the html part and posts where it says, once, with its bearer token if it was asked for.

https://developers.google.com/workspace/gmail/markup/actions/handling-action-requests
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/1.0 (KHTML, like Gecko; Gmail Actions)"
_SCRIPT = re.compile(r'<head>.*<script type="application/ld\+json">(.*?)</script>.*</head>', re.DOTALL)


def action(html: str) -> dict[str, Any]:
    """The one action of a mail, where Gmail looks for it."""
    found = _SCRIPT.search(html)
    assert found, "Gmail finds no action"
    document = json.loads(found[1])
    assert (document["@context"], document["@type"]) == ("http://schema.org", "EmailMessage")
    potential: dict[str, Any] = document["potentialAction"]
    assert potential["@type"] == "ConfirmAction" and potential["name"]
    assert potential["handler"]["method"] == "http://schema.org/HttpRequestMethod/POST"
    return potential


def press(client: FlaskClient, html: str, bearer: str = "") -> TestResponse:
    url = action(html)["handler"]["url"]
    assert url.startswith("https://")
    headers = {"User-Agent": AGENT} | ({"Authorization": bearer} if bearer else {})
    reply = client.post(
        urlsplit(url).path, data="confirmed=Approved", content_type="application/x-www-form-urlencoded", headers=headers
    )
    assert reply.status_code // 100 != 3
    return reply
