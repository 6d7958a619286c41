"""Gmail's side of AMP mail: its proxy posts forms and reads lists, in either version of CORS, without cookies, and follows nothing.

https://amp.dev/documentation/guides-and-tutorials/email/learn/cors-in-email
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ORIGIN = "https://mail.google.com"
Version = Literal[1, 2]


class Refused(Exception):
    """What the client would not show: a redirect, a reply it may not read, one that is no JSON object."""


@dataclass(frozen=True)
class Form:
    """One form of an AMP part: where it posts, its radios, checkboxes and hidden fields, and whether it takes a text."""

    url: str
    values: tuple[str, ...]
    text: bool


@dataclass(frozen=True)
class Proxy:
    """Reads mail from `sender` for its recipient."""

    client: FlaskClient
    sender: str
    version: Version = 2

    def submit(self, form: Form, *choice: str) -> dict[str, Any]:
        """Post what was chosen, as Gmail does whatever the form's enctype says; the reply's object."""
        assert form.text or set(choice) <= set(form.values), "a client posts only what the form offers"
        body = urlencode([("choice", value) for value in choice])
        reply = self.client.post(
            self._path(form.url), data=body, content_type="application/x-www-form-urlencoded", headers=self._headers()
        )
        return self._read(reply)

    def list(self, url: str) -> dict[str, Any]:
        return self._read(self.client.get(self._path(url), headers=self._headers()))

    def _path(self, url: str) -> str:
        assert url.startswith("https://") and "{{" not in url and "__amp_source_origin" not in url
        parts = urlsplit(url)
        return parts.path if self.version == 2 else f"{parts.path}?__amp_source_origin={quote(self.sender)}"

    def _headers(self) -> dict[str, str]:
        agent = {"User-Agent": "Mozilla/5.0 (compatible; GoogleImageProxy)"}
        return agent | ({"AMP-Email-Sender": self.sender} if self.version == 2 else {"Origin": ORIGIN})

    def _read(self, reply: TestResponse) -> dict[str, Any]:
        if reply.status_code // 100 == 3:
            raise Refused("a redirect")
        if "Set-Cookie" in reply.headers:
            raise Refused("a cookie")
        for name, value in self._wanted().items():
            if reply.headers.get(name) != value:
                raise Refused(f"{name} is {reply.headers.get(name)!r}, not {value!r}")
        body = reply.get_json()
        if not isinstance(body, dict):
            raise Refused("no JSON object")
        return {"status": reply.status_code, **body}

    def _wanted(self) -> Mapping[str, str]:
        if self.version == 2:
            return {"AMP-Email-Allow-Sender": self.sender}
        return {
            "Access-Control-Allow-Origin": ORIGIN,
            "AMP-Access-Control-Allow-Source-Origin": self.sender,
            "Access-Control-Expose-Headers": "AMP-Access-Control-Allow-Source-Origin",
        }


def forms(amp: str) -> list[Form]:
    page = _Forms()
    page.feed(amp)
    return page.found


def lists(amp: str) -> list[str]:
    page = _Forms()
    page.feed(amp)
    return page.lists


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.lists: list[str] = []
        self._url, self._values, self._text = "", list[str](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            assert given["method"] == "post" and "action" not in given
            self._url, self._values, self._text = given["action-xhr"], [], False
        elif tag == "input" and "{{" not in given.get("value", ""):
            self._values.append(given["value"])
        elif tag == "textarea":
            self._text = True
        elif tag == "amp-list":
            self.lists.append(given["src"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.found.append(Form(self._url, tuple(self._values), self._text))
