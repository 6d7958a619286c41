"""What may happen to a mail, in any order, told to the real application and to the model; they must never differ."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from werkzeug.test import Client

from server.capture import confirmation
from server.contacts import erase
from tests.states.model import LIFETIME_MS, POLICIES, Model, Said
from tests.states.place import KEPT, OPTIONS, Place

APART = 130_000  # from a visit of somebody else: nearer ones are evidence about each other, which has tests of its own
BLOCKS, HOW = st.sampled_from(list(POLICIES)), st.sampled_from(["posted", "gestured", "asked"])
GAPS = st.sampled_from([1, 3_000, 40_000, 400_000])
OPTION = st.sampled_from(OPTIONS)
PAGE = "one-page-from-the-mail-x"  # on one page a person changes as often as they like
AGENT, SCANNER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/132.0", "python-requests/2.32"


class Mail(RuleBasedStateMachine):
    """A mail and the person it was sent to."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.ids, self.model, self.rotations = self.place.person(), Model(), 0
        self.hits = self.pages = 0
        self.network = f"10.{next(self.place.numbers) % 200}.{next(self.place.numbers) % 250}.7"
        self.sent: list[tuple[str, str, str]] = []  # question, value and nonce of what was answered
        self.new_links()

    # what may happen

    @rule()
    def new_links(self) -> None:
        """A later page hands out links of its own, signed by the newest key."""
        self.key, self.signed_at = KEPT[self.rotations][-1], self.place.clock.now

    @rule(block=BLOCKS, option=OPTION, method=st.sampled_from(["GET", "HEAD"]))
    def open(self, block: str, option: str, method: str) -> None:
        self.place.clock.now += APART
        reply = self._ask(method, f"/a/{self._token(block)}/{option}")
        assert reply.status_code == (200 if self._reachable() else 404)
        self.hits += self._reachable()
        if self._reachable() and method == "GET":
            assert "data-keeps" not in reply.text or not (self._is_asked(block, option) or self._stands(block))
            assert ("¿La cambiamos a" in reply.text) == self._is_asked(block, option)
        self.place.clock.now += APART

    @rule(block=BLOCKS, option=OPTION, how=HOW, gap=GAPS, script=st.booleans())
    def answer(self, block: str, option: str, how: str, gap: int, script: bool) -> None:
        self.place.clock.now += gap
        self.pages += 1
        nonce = f"{PAGE}-{self.pages:04d}"
        self.sent.append((block, option, nonce))
        self._post(block, option, nonce, how, script)

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 50), gap=GAPS, script=st.booleans(), how=HOW, other=st.booleans())
    def again(self, which: int, gap: int, script: bool, how: str, other: bool) -> None:
        """A retry, late or at once; or somebody who plays with what a page sent."""
        self.place.clock.now += gap
        block, option, nonce = self.sent[which % len(self.sent)]
        self._post(block, "c" if other else option, nonce, how, script)

    @rule(block=BLOCKS)
    def answer_what_is_no_option(self, block: str) -> None:
        reply = self._form(block, "nonsense", "nonce-of-a-page-0000", "gestured", script=True)
        assert reply.status_code == (422 if self._reachable() else 404)

    @rule(block=st.sampled_from(["latest", "first", "once"]), option=OPTION)
    def be_swept(self, block: str, option: str) -> None:
        """A scanner that says what it is opens every option within a second, and posts one."""
        self.place.clock.now += APART
        for each in OPTIONS:
            self.place.clock.now += 300
            self._ask("GET", f"/a/{self._token(block)}/{each}", SCANNER, "10.222.7.7")
            self.hits += self._reachable()
        self.pages += 1
        self._post(block, option, f"nonce-of-a-scan-{self.pages:04d}", "machine", script=False)
        self.place.clock.now += APART

    @rule(method=st.sampled_from(["GET", "POST"]))
    def leave(self, method: str) -> None:
        self.place.clock.now += APART
        reply = self._ask(method, f"/u/{self._token('', 'unsubscribe')}")
        here = self.key in KEPT[self.rotations] and not self.model.erased
        assert reply.status_code == (200 if here else 404)
        self.hits += here
        self.model.left |= here and method == "POST"
        self.place.clock.now += APART

    @rule(days=st.sampled_from([1, 40, 91]))
    def wait(self, days: int) -> None:
        self.place.clock.now += days * 86_400_000

    @precondition(lambda self: self.rotations + 1 < len(KEPT))
    @rule()
    def rotate(self) -> None:
        self.rotations += 1

    @precondition(lambda self: not self.model.erased and self.pages > 2)
    @rule()
    def be_erased(self) -> None:
        self.place.store.write(lambda tx: erase.erase(tx, self.ids["contact_id"]))
        self.model, self.hits = Model(erased=True), 0

    # what must hold after each

    @invariant()
    def is_as_the_model_says(self) -> None:
        self._app().extensions["acto"].hit_buffer.flush()
        confirmation.confirm_due(self.place.store, self.place.clock.now, self._app().extensions["acto"].rules)
        now, contact = self.place.clock.now, {"contact_id": self.ids["contact_id"]}
        with self.place.store.read() as tx:
            rows, events = tx.answers.of_contact(**contact), tx.events.of_contact(**contact)
            lead, hits = tx.leads.by_contact(**contact), tx.hits.of_contact(**contact)
        stands = {row["block"]: (json.loads(row["value"]), row["state"]) for row in rows}
        expected = {block: (self.model.counts(block), self.model.state(block, now)) for block in POLICIES}
        assert stands == {block: each for block, each in expected.items() if each[1]}
        given = sorted(event["nonce"] for event in events if event["kind"] == "answered")
        assert given == sorted(each.nonce for said in self.model.said.values() for each in said)
        assert [event["kind"] for event in events].count("unsubscribed") == self.model.left
        assert len(hits) == self.hits
        states = [state for _, state in stands.values()]
        if not states:
            assert lead is None
            return
        counted = (lead["people"], lead["waiting"], lead["machines"])
        assert counted == (states.count("confirmed"), states.count("provisional"), states.count("machine"))

    # how

    def _post(self, block: str, option: str, nonce: str, how: str, script: bool) -> None:
        here = self._reachable()
        reply = self._form(block, option, nonce, how, script)
        assert reply.status_code == (200 if here else 404)
        if not here:
            return
        self.hits += 1
        self.model.answer(block, Said(option, how, self.place.clock.now, nonce))
        if script:
            counts = self.model.counts(block)
            assert (reply.json["values"], reply.json["kept"]) == (counts, option not in counts)

    def _form(self, block: str, option: str, nonce: str, how: str, script: bool) -> Any:
        form = {"choice": option, "nonce": nonce, "gesture": "pointer" if how in ("gestured", "asked") else ""}
        form |= {"asked": "1"} if how == "asked" else {}
        who = (SCANNER, "10.222.7.7") if how == "machine" else (AGENT, self.network)
        return self._ask("POST", f"/a/{self._token(block)}", *who, form, "application/json" if script else "text/html")

    def _ask(
        self,
        method: str,
        path: str,
        agent: str = AGENT,
        address: str = "",
        form: dict[str, str] | None = None,
        accept: str = "text/html",
    ) -> Any:
        app = self._app()
        reply = Client(app).open(
            path,
            method=method,
            data=form,
            headers={"User-Agent": agent, "Accept": accept},
            environ_base={"REMOTE_ADDR": address or self.network},
        )
        app.extensions["acto"].hit_buffer.flush()
        return reply

    def _app(self) -> Any:
        return self.place.apps[self.rotations]

    def _token(self, block: str, purpose: Any = "answer") -> str:
        signer = next(number for number, keys in enumerate(KEPT) if keys[-1] == self.key)
        keyring = self.place.apps[signer].extensions["acto"].keyring
        token: str = keyring.sign(
            purpose, self.ids["contact_id"], self.ids["message_id"], block, self.signed_at // 1000
        )
        return token

    def _reachable(self) -> bool:
        young = self.place.clock.now // 1000 - self.signed_at // 1000 <= LIFETIME_MS // 1000
        return self.key in KEPT[self.rotations] and young and not self.model.erased

    def _is_asked(self, block: str, option: str) -> bool:
        return POLICIES[block] == "latest" and self._is_sure(block) and self.model.counts(block) != [option]

    def _stands(self, block: str) -> bool:
        return POLICIES[block] in ("first", "once") and self._is_sure(block)

    def _is_sure(self, block: str) -> bool:
        return any(each.how in ("gestured", "asked") for each in self.model.said[block])


def machine(place: Place) -> type[Mail]:
    """The machine over a place: each run of it has a person of its own."""
    return type("Mail", (Mail,), {"place": place})
