"""One tap: the answer that our page's script sends as soon as a person touches the page. The busiest path of the product.

It needs no session, no language and no template, so it is a small WSGI application in front of Flask's, and costs a third of a
page there. Everything else, and every tap that is not exactly what our script sends, goes on to Flask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from server import capture, jsontext
from server.web import forms, hits
from server.web.floods import TooMany
from server.web.headers import ALWAYS, NOBODYS
from server.web.nowhere import LEADS_NOWHERE
from server.web.refusals import REASONS, refusal
from server.web.state import State, now_ms

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
JSON = "application/json"  # what the script accepts, and no browser by itself
PATH = "/a/"
HEADERS = [("Content-Type", JSON), *ALWAYS, *NOBODYS]
RETRY_SECONDS = 5
TRY_AGAIN = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)
Reply = tuple[HTTPStatus, dict[str, Any]]
NOT_SAVED: dict[str, Any] = {"saved": False}


class Tap:
    """In front of `app`: answers taps, hands on the rest."""

    def __init__(self, app: WSGIApplication, state: State) -> None:
        self._app, self._state = app, state

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_tap(environ):
            return self._app(environ, start_response)
        retry = RETRY_SECONDS
        try:
            status, values = self._answered(environ)
        except TooMany as error:
            status, values, retry = HTTPStatus.TOO_MANY_REQUESTS, NOT_SAVED, error.seconds
        body = jsontext.dumps(values).encode("utf-8")
        headers = [*HEADERS, ("Content-Length", str(len(body)))]
        if status in TRY_AGAIN:
            headers.append(("Retry-After", str(retry)))
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _answered(self, environ: WSGIEnvironment) -> Reply:
        """Saved only after it is on stable storage. A tap that fails is for the page's button, which shows what is wrong."""
        form, now = forms.urlencoded(environ), now_ms()
        values, nonce = tuple(form.get("choice", ())), form.get("nonce", [""])[0]
        if not NONCE.fullmatch(nonce):
            return HTTPStatus.BAD_REQUEST, NOT_SAVED
        try:
            token = environ["PATH_INFO"][len(PATH) :]
            self._state.floods.check(token, environ, now)
            action = self._state.keyring.read("answer", token, now // 1000)
            hit = hits.read(environ, action, ",".join(values), nonce, form)
            receipt = capture.receive(self._state.store, action, values, hit, self._state.rules, now)
        except REASONS as error:
            status = refusal(error)[0]
            environ[LEADS_NOWHERE] = status is HTTPStatus.NOT_FOUND
            return status, NOT_SAVED
        following = receipt.following is not None
        return HTTPStatus.OK, {"saved": True, "kept": receipt.kept, "values": receipt.answer.values, "next": following}


def _is_tap(environ: WSGIEnvironment) -> bool:
    """Exactly what ask.js sends: a small urlencoded form, posted to a token, JSON wanted back."""
    return (
        environ.get("HTTP_ACCEPT") == JSON
        and environ["REQUEST_METHOD"] == "POST"
        and environ["PATH_INFO"].startswith(PATH)
        and forms.is_small_and_urlencoded(environ)
    )
