"""Handles the busiest requests in front of Flask: answers sent from our pages, and answer pages that are in the page cache.

They need no session and no language but their email's, so this small WSGI application handles them in a third of Flask's time. It takes
exactly three requests: an answer or a report from our page's script (the reply is JSON), an answer as a form (the reply is a page), and
the link of a mail. It passes every other request on to Flask, and also those of the three that need a page it cannot fill from the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.middleware.proxy_fix import ProxyFix

from builder.tokens import Action
from server import capture, jsontext
from server.capture import Hit, Receipt, Refusal
from server.store import Session, StoreUnavailable
from server.web import forms, hits
from server.web.floods import TooMany
from server.web.headers import ALWAYS, NOBODYS, recipients_page
from server.web.hits import PATH
from server.web.recipient import thank_you_page
from server.web.refusals import REASONS, RETRY_SECONDS, refusal
from server.web.reply import OUTCOME, ROUTE, Headers, Reply
from server.web.serving import cached_answer_page
from server.web.serving.hosts import HOST
from server.web.serving.loop_completions import Landing
from server.web.state import State, now_ms
from server.web.uniform_delay import LEADS_NOWHERE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

JSON = "application/json"  # the Accept header of our script; no browser sends it by itself
REPORT = "sign"  # path after a token: the script reports the first trusted input, and that the page was in view
HEADERS = [("Content-Type", JSON), *ALWAYS, *NOBODYS]
TRY_AGAIN = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS)
NOTED: dict[str, Any] = {"noted": True}
NOT_SAVED: dict[str, Any] = {"saved": False}
HANDED_ON = "acto.handed_on"  # in the environ: this request goes on to Flask
REFUSED: tuple[type[Exception], ...] = (TooMany, *REASONS)
StoreOutcome = Callable[[], Receipt | Refusal]


class Sent(NamedTuple):
    """A valid request to store an answer: its token, the action in it, the chosen values, the hit and the time (ms UTC)."""

    token: str
    action: Action
    values: tuple[str, ...]
    hit: Hit
    at: int


class AnswerFastPath:
    """A WSGI application in front of `app`. `proxies` is the number of trusted proxies in front of the server."""

    def __init__(self, app: WSGIApplication, state: State, proxies: int) -> None:
        self._app, self._state = app, state
        self._seen_by = ProxyFix(_nobody, x_for=proxies, x_proto=proxies) if proxies else None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        reply = None if environ.get(HANDED_ON) else self._answered(environ)
        if reply is None:
            return self._app(environ, start_response)
        environ[LEADS_NOWHERE], environ[ROUTE] = reply.leads_nowhere, _route(environ)
        start_response(f"{reply.status} {HTTPStatus(reply.status).phrase}", reply.headers)
        return [reply.body]

    def _answered(self, environ: WSGIEnvironment) -> Reply | None:
        """Return the reply, or None if Flask is to answer."""
        if is_sent(environ):
            sent = self._sent(environ)
            if not isinstance(sent, Sent):
                return sent
            return self._ended(environ, sent, _tried(partial(self._state.store.write, self._work(sent))))
        return self._opened(environ) if cached_answer_page.is_link(environ) and _has_host(environ) else None

    async def soon(self, environ: WSGIEnvironment, landing: Landing) -> Reply | None:
        """Return the reply to a request for which `is_sent` holds, without holding a thread during the commit;
        None if Flask is to answer.
        """
        sent = self._sent(environ)
        if isinstance(sent, Sent):
            try:
                outcome = await landing.of(partial(self._state.store.write_soon, self._work(sent)))
            except StoreUnavailable as error:
                outcome = _raiser(error)
            reply = self._ended(environ, sent, outcome)
        else:
            reply = sent
        environ[HANDED_ON], environ[ROUTE] = reply is None, _route(environ)
        return reply

    def _work(self, sent: Sent) -> Callable[[Session], Receipt | Refusal]:
        rules = self._state.rules
        _, action, values, hit, at = sent
        return lambda tx: capture.receive_in_transaction(tx, action, values, hit, rules, at)

    def _sent(self, environ: WSGIEnvironment) -> Sent | Reply | None:
        """Check a posted form. Return the answer to store, a reply if there is none to store, or None if Flask is to answer."""
        if self._seen_by:
            self._seen_by(environ, _unheard)
        form, now, by_script = forms.urlencoded(environ), now_ms(), _by_script(environ)
        values, nonce = tuple(form.get("choice", ())), form.get("nonce", [""])[0]
        token, _, reports = environ["PATH_INFO"][len(PATH) :].partition("/")
        if not hits.NONCE.fullmatch(nonce):
            return _reply(HTTPStatus.BAD_REQUEST, NOT_SAVED) if by_script else _handed_on(environ)
        try:
            self._state.floods.check(token, environ, now)
            action = self._state.keyring.read("answer", token, now // 1000)
        except REFUSED as error:
            return _refused(error) if by_script else _handed_on(environ)
        hit = hits.read(environ, action, ",".join(values), nonce, form)
        if reports:
            self._state.hit_buffer.add(hits.report(hit, action, form), now)
            return _reply(HTTPStatus.OK, NOTED)
        return Sent(token, action, values, hit, now)

    def _ended(self, environ: WSGIEnvironment, sent: Sent, outcome: StoreOutcome) -> Reply | None:
        """Make the reply once the commit is on stable storage. Pass a form whose page is not cached on to Flask, with the outcome of
        the commit.
        """
        try:
            receipt = capture.received(outcome())
        except REASONS as error:
            return _refused(error) if _by_script(environ) else _handed_on(environ, outcome)
        if _by_script(environ):
            said = {"saved": True, "kept": receipt.kept, "values": receipt.answer.values, "left": len(receipt.open)}
            return _reply(HTTPStatus.OK, said)
        body = thank_you_page.copy(self._state, receipt, sent.token, sent.hit.nonce)
        return recipients_page(self._state.settings, body) if body else _handed_on(environ, outcome)

    def _opened(self, environ: WSGIEnvironment) -> Reply | None:
        if self._seen_by:
            self._seen_by(environ, _unheard)
        try:
            return cached_answer_page.read(self._state, environ)
        except REFUSED:
            return None


def _handed_on(environ: WSGIEnvironment, outcome: StoreOutcome | None = None) -> Reply | None:
    """Rewind the form for Flask and leave the outcome of a commit in the environ. Return None."""
    environ["wsgi.input"].seek(0)
    if outcome:
        environ[OUTCOME] = outcome
    return None


def _tried(work: StoreOutcome) -> StoreOutcome:
    try:
        result = work()
    except StoreUnavailable as error:
        return _raiser(error)
    return lambda: result


def _raiser(error: Exception) -> StoreOutcome:
    def outcome() -> Receipt | Refusal:
        raise error

    return outcome


def _refused(error: Exception) -> Reply:
    if isinstance(error, TooMany):
        return _reply(HTTPStatus.TOO_MANY_REQUESTS, NOT_SAVED, error.seconds)
    return _reply(refusal(error)[0], NOT_SAVED)


def _reply(status: HTTPStatus, values: Mapping[str, Any], retry_seconds: int = RETRY_SECONDS) -> Reply:
    body = jsontext.dumps(values).encode("utf-8")
    headers = [*HEADERS, ("Content-Length", str(len(body)))]
    if status in TRY_AGAIN:
        headers.append(("Retry-After", str(retry_seconds)))
    return Reply(status.value, headers, body, None, status is HTTPStatus.NOT_FOUND, f"{PATH}<token>")


def _route(environ: WSGIEnvironment) -> str:
    """Return the route as Flask's rules name it, for the request log, so that no token is logged."""
    rest = environ["PATH_INFO"][len(PATH) :].partition("/")[2]
    return f"{PATH}<token>" + (f"/{REPORT}" if rest == REPORT else "/<choice>" if rest else "")


def _nobody(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    return ()


def _unheard(status: str, headers: Headers, exc_info: object = None) -> Any:
    return None


def may_be_sent(method: str, path: str) -> bool:
    """Return whether `is_sent` can hold, by method and path alone, before the headers are parsed."""
    return method == "POST" and path.startswith(PATH)


def is_sent(environ: WSGIEnvironment) -> bool:
    """Return whether the request is a small urlencoded form, posted to a token, or by our script to its report."""
    rest = environ["PATH_INFO"][len(PATH) :].partition("/")[2]
    return (
        may_be_sent(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        and (rest == REPORT if rest else True)
        and (_by_script(environ) or (not rest and _has_host(environ)))
        and forms.is_small_and_urlencoded(environ)
    )


def _by_script(environ: WSGIEnvironment) -> bool:
    """Return whether our script ask.js sent the request and so expects JSON."""
    return environ.get("HTTP_ACCEPT") == JSON


def _has_host(environ: WSGIEnvironment) -> bool:
    host = environ.get("HTTP_HOST")
    return host is None or HOST.fullmatch(host) is not None
