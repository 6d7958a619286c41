"""Answers as the story's people: each channel as its client does it, by the real endpoints. CHANNELS is the table."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.test import TestResponse

from server.capture.asked import Asked, find_any
from server.cli.story import mails
from server.cli.story.mails import Provider
from server.errors import CannotDo
from server.inbound.receive import receive
from server.inbound.reply_context import Desk
from server.store import required
from server.web.state import State

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesRow

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148"
SCANNER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
)
EMOJI = {"5": "👍", "1": "👎", "yes": "👍", "no": "👎"}
SCANNERS_ADDRESS = "198.51.100.23"


@dataclass(frozen=True)
class Question:
    """One block of one message, with the token of its links and the person who got it."""

    token: str
    block: str
    place: int
    message: MessagesRow
    contact: ContactsRow


@dataclass(frozen=True)
class Hands:
    """One person's clients: the application they call, their mail provider and their address."""

    app: Flask
    provider: Provider
    address: str  # where the person's requests come from

    @property
    def state(self) -> State:
        """The application's state: store, settings, keys."""
        found: State = self.app.extensions["acto"]
        return found

    def question(self, contact: ContactsRow, message: MessagesRow, block: str, now: int) -> Question:
        """Build the question of a block with a new token."""
        asked = self._asked(contact, message)
        names = list(asked.email.blocks)
        token = self.state.keyring.sign("answer", contact["id"], message["id"], block, now // 1000)
        return Question(token, block, names.index(block) if block in names else 0, message, contact)

    def page(self, what: Question, values: tuple[str, ...], now: int) -> None:
        """Answer by a tap in the mail and a touch on the page."""
        self._get(f"/a/{what.token}/{values[0]}")
        form = {
            "choice": list(values),
            "nonce": secrets.token_urlsafe(18),
            "gesture": "touch",
            "dwell": "2400",
            "visible": "1",
        }
        self._ok(self._post(f"/a/{what.token}", form, {"Accept": "application/json"}))

    def form(self, what: Question, values: tuple[str, ...], now: int) -> None:
        """Answer without a script, by the page's button."""
        self._get(f"/a/{what.token}/{values[0]}")
        self._ok(self._post(f"/a/{what.token}", {"choice": list(values), "nonce": secrets.token_urlsafe(18)}))

    def reply(self, what: Question, values: tuple[str, ...], now: int) -> None:
        """Answer by mail with the letter of the option; the first is A."""
        block = self._asked(what.contact, what.message).email.blocks[what.block]
        letter = chr(65 + [option.value for option in block.options].index(values[0]))
        local = self.state.keyring.sign_reply(what.message["id"], what.place)
        self._mail(mails.reply(what.contact, f"r+{local}@{self.state.settings.reply_domain}", letter, now), now)

    def reaction(self, what: Question, values: tuple[str, ...], now: int) -> None:
        """Answer by an emoji reaction to the mail."""
        settings = self.state.settings
        ours = f"<{what.message['id']}@{settings.message_id_domain}>"
        to = settings.streams[what.message["stream"]].from_address
        self._mail(mails.reaction(what.contact, to, ours, EMOJI[values[0]], now), now)

    def calendar(self, what: Question, values: tuple[str, ...], now: int) -> None:
        """Answer by a button of the calendar."""
        settings = self.state.settings
        uid = f"{self.state.keyring.sign_reply(what.message['id'], what.place)}@{settings.message_id_domain}"
        to = f"calendar@{settings.reply_domain}"
        self._mail(mails.calendar(what.contact, to, uid, values[0], now), now)

    def sweep(self, contact: ContactsRow, message: MessagesRow, now: int) -> None:
        """Act as a mail scanner: open every link, run the scripts of a page and press its button."""
        for block in self._asked(contact, message).email.blocks.values():
            token = self.state.keyring.sign("answer", contact["id"], message["id"], block.name, now // 1000)
            for option in block.options:
                self._get(f"/a/{token}/{option.value}", agent=SCANNER, address=SCANNERS_ADDRESS)
            if block.options and not block.when:
                form = {"choice": block.options[-1].value, "nonce": secrets.token_urlsafe(18)}
                self._post(f"/a/{token}", form, agent=SCANNER, address=SCANNERS_ADDRESS)

    def _asked(self, contact: ContactsRow, message: MessagesRow) -> Asked:
        with self.state.store.read() as tx:
            return required(find_any(tx, contact["id"], message["id"]))

    def _mail(self, mail: Any, now: int) -> None:
        state = self.state
        desk = Desk(state.keyring, state.settings.reply_domain, state.rules, self.provider.lookup)
        outcome = receive(state.store, desk, self.provider.sign(mail), now)
        if outcome.result != "answered":
            raise CannotDo(f"The mail of the sample week was not accepted: {outcome.result}, {outcome.why}.")

    def _get(self, path: str, agent: str = PHONE, address: str = "") -> TestResponse:
        return self._send(path, method="GET", agent=agent, address=address)

    def _post(
        self,
        path: str,
        form: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
        agent: str = PHONE,
        address: str = "",
    ) -> TestResponse:
        return self._send(path, data=form, headers=headers, agent=agent, address=address)

    def _send(
        self, path: str, method: str = "POST", agent: str = PHONE, address: str = "", headers: Any = None, **more: Any
    ) -> TestResponse:
        client = self.app.test_client()
        from_ = {"REMOTE_ADDR": address or self.address}
        return client.open(
            path, method=method, headers={"User-Agent": agent, **(headers or {})}, environ_base=from_, **more
        )

    def _ok(self, reply: TestResponse) -> None:
        if reply.status_code != 200:
            raise CannotDo(f"The sample week stopped at {reply.request.path[:4]}…: {reply.status}.")


CHANNELS: dict[str, Callable[[Hands, Question, tuple[str, ...], int], None]] = {
    name: getattr(Hands, name) for name in ("page", "form", "reply", "reaction", "calendar")
}
