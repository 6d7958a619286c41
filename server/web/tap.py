"""Takes the answer that our page's script sends when a person presses a button, and what it reports before. The busiest path.

It needs no session, no language and no template, so it is a small WSGI application in front of Flask's, and costs a third of a
page there. Everything else, and every tap that is not exactly what our script sends, goes on to Flask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.middleware.proxy_fix import ProxyFix

from server import capture, jsontext
from server.capture import Receipt, Refusal
from server.store import Session, StoreUnavailable
from server.web import forms, hits
from server.web.floods import TooMany
from server.web.headers import ALWAYS, NOBODYS
from server.web.landing import Landing
from server.web.nowhere import LEADS_NOWHERE
from server.web.refusals import REASONS, refusal
from server.web.reply import Headers, Reply
from server.web.state import State, now_ms

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
JSON = "application/json"  # what the script accepts, and no browser by itself
PATH = "/a/"
REPORT = "sign"  # behind a token: the first trusted input on its page, and that it stood in view
HEADERS = [("Content-Type", JSON), *ALWAYS, *NOBODYS]
RETRY_SECONDS = 5
TRY_AGAIN = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)
NOTED: dict[str, Any] = {"noted": True}
NOT_SAVED: dict[str, Any] = {"saved": False}
Outcome = Callable[[], Receipt | Refusal]
Work = Callable[[Session], Receipt | Refusal]


class Tap:
    """In front of `app`: answers taps, hands on the rest. `proxies` are those in front of the server that are trusted."""

    def __init__(self, app: WSGIApplication, state: State, proxies: int) -> None:
        self._app, self._state = app, state
        self._seen_by = ProxyFix(_nobody, x_for=proxies, x_proto=proxies) if proxies else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not is_tap(environ):
            return self._app(environ, start_response)
        begun = self._begun(environ)
        reply = begun if isinstance(begun, Reply) else _ended(lambda: self._state.store.write(begun))
        environ[LEADS_NOWHERE] = reply.leads_nowhere
        start_response(f"{reply.status} {HTTPStatus(reply.status).phrase}", reply.headers)
        return [reply.body]

    async def soon(self, environ: WSGIEnvironment, landing: Landing) -> Reply:
        """The reply to a tap, for an event loop: no thread waits for the disk."""
        begun = self._begun(environ)
        if isinstance(begun, Reply):
            return begun
        try:
            return _ended(await landing.of(partial(self._state.store.write_soon, begun)))
        except StoreUnavailable as error:
            return _refused(error)

    def _begun(self, environ: WSGIEnvironment) -> Work | Reply:
        """What is to be written, or why nothing is. A tap that fails is for the page's button, which shows what is wrong."""
        if self._seen_by:
            self._seen_by(environ, _unheard)
        form, now = forms.urlencoded(environ), now_ms()
        values, nonce = tuple(form.get("choice", ())), form.get("nonce", [""])[0]
        if not NONCE.fullmatch(nonce):
            return _reply(HTTPStatus.BAD_REQUEST, NOT_SAVED)
        token, _, reports = environ["PATH_INFO"][len(PATH) :].partition("/")
        try:
            self._state.floods.check(token, environ, now)
            action = self._state.keyring.read("answer", token, now // 1000)
        except TooMany as error:
            return _reply(HTTPStatus.TOO_MANY_REQUESTS, NOT_SAVED, error.seconds)
        except REASONS as error:
            return _refused(error)
        hit = hits.read(environ, action, ",".join(values), nonce, form)
        if reports:
            self._state.later.add(hits.report(hit, action, form), now)
            return _reply(HTTPStatus.OK, NOTED)
        return lambda tx: capture.receive_in_transaction(tx, action, values, hit, self._state.rules, now)


def _ended(outcome: Outcome) -> Reply:
    """Saved only after it is on stable storage."""
    try:
        receipt = capture.received(outcome())
    except REASONS as error:
        return _refused(error)
    said = {"saved": True, "kept": receipt.kept, "values": receipt.answer.values, "left": len(receipt.open)}
    return _reply(HTTPStatus.OK, said)


def _refused(error: Exception) -> Reply:
    return _reply(refusal(error)[0], NOT_SAVED)


def _reply(status: HTTPStatus, values: Mapping[str, Any], retry_seconds: int = RETRY_SECONDS) -> Reply:
    body = jsontext.dumps(values).encode("utf-8")
    headers = [*HEADERS, ("Content-Length", str(len(body)))]
    if status in TRY_AGAIN:
        headers.append(("Retry-After", str(retry_seconds)))
    return Reply(status.value, headers, body, leads_nowhere=status is HTTPStatus.NOT_FOUND)


def _nobody(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return ()


def _unheard(status: str, headers: Headers, exc_info: object = None) -> Any:
    return None


def may_be_tap(method: str, path: str) -> bool:
    """What can be told before anything is read."""
    return method == "POST" and path.startswith(PATH)


def is_tap(environ: WSGIEnvironment) -> bool:
    """Exactly what ask.js sends: a small urlencoded form, posted to a token or to its report, JSON wanted back."""
    rest = environ["PATH_INFO"][len(PATH) :].partition("/")[2]
    return (
        may_be_tap(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        and rest in ("", REPORT)
        and environ.get("HTTP_ACCEPT") == JSON
        and forms.is_small_and_urlencoded(environ)
    )
