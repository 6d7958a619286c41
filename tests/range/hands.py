"""What a visitor does with the links of one mail, over HTTP and as the server sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from werkzeug.test import Client

NONCE = re.compile(r'name="nonce" value="([^"]+)"')
JSON = {"Accept": "application/json"}
SAME_PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
OPENED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
PRESSED = {"Sec-Fetch-User": "?1"}
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


@dataclass
class Mail:
    """The links of one message: for each question its address, and its options in the order of the mail."""

    contact_id: str
    message_id: str
    asks: Mapping[str, str]
    options: Mapping[str, tuple[str, ...]]
    leave: str

    def links(self) -> list[tuple[str, str]]:
        """(question, option), as they stand in the mail."""
        return [(block, option) for block, options in self.options.items() for option in options]


@dataclass
class Hands:
    """One visitor: where it comes from and what it says of itself. It remembers the page it has open."""

    client: Client
    mail: Mail
    address: str
    agent: str
    browser: bool = True
    page: dict[str, str] = field(default_factory=dict)
    asked: bool = False  # the page says what was answered before, and a button alone changes it

    def elsewhere(self, address: str, agent: str = "") -> Hands:
        """The same mail in other hands."""
        return replace(self, address=address, agent=agent or self.agent, page={})

    def head(self, block: str, option: str) -> None:
        self._send("HEAD", f"{self.mail.asks[block]}/{option}", {})

    def open(self, block: str, option: str, **headers: str) -> None:
        """The page of a link; its nonce is what an answer from it carries."""
        reply = self._send("GET", f"{self.mail.asks[block]}/{option}", {**OPENED, **PRESSED, **headers})
        text = reply.get_data(as_text=True)
        self.page = {block: found[1]} if (found := NONCE.search(text)) else {}
        self.asked = 'name="asked"' in text

    def leave(self) -> None:
        """Opens the page to unsubscribe."""
        self._send("GET", self.mail.leave, OPENED)

    def not_me(self, block: str) -> None:
        self._send("POST", self.mail.asks[block].replace("/a/", "/n/"), {})

    def touch(self, block: str, option: str, gesture: str, dwell: float, **more: str) -> None:
        """What our script sends on the first trusted input, `dwell` seconds after the page was there; or with the button that is
        there instead, where the page asks whether to change an answer.
        """
        more |= {"asked": "1"} if self.asked else {}
        facts = {"gesture": gesture, "dwell": str(round(dwell * 1000)), "visible": "1", **more}
        self._answer(block, option, facts, {**JSON, **SAME_PAGE})

    def look(self, block: str, option: str, dwell: float) -> None:
        """What our script sends by itself from a page in view, when its link is old."""
        facts = {"gesture": "", "dwell": str(round(dwell * 1000)), "visible": "1", "self": "1"}
        self._answer(block, option, facts, {**JSON, **SAME_PAGE})

    def submit(self, block: str, option: str, dwell: float = 0.2) -> None:
        """A script submits the form: our script runs too, and saw no input."""
        self._answer(block, option, {"gesture": "", "dwell": str(round(dwell * 1000)), "visible": "1"}, OPENED)

    def press(self, block: str, option: str) -> None:
        """The form without any script, sent by a person's press of its button."""
        self._answer(block, option, {"gesture": ""}, {**OPENED, "Sec-Fetch-Site": "same-origin", **PRESSED})

    def post(self, block: str, option: str) -> None:
        """The form, by a program that is no browser."""
        self._answer(block, option, {"gesture": ""}, {})

    def _answer(self, block: str, option: str, facts: Mapping[str, str], headers: Mapping[str, str]) -> None:
        form = {"choice": option, "nonce": self.page.get(block, "x" * 20), **facts}
        self._send("POST", self.mail.asks[block], headers, form)

    def _send(self, method: str, path: str, headers: Mapping[str, str], form: Mapping[str, str] | None = None):  # type: ignore[no-untyped-def]
        sent = dict(headers) if self.browser else {name: value for name, value in headers.items() if "Sec-" not in name}
        return self.client.open(
            path,
            method=method,
            data=form,
            headers={**sent, "User-Agent": self.agent},
            environ_base={"REMOTE_ADDR": self.address},
        )
