"""Connects Granian (RSGI) to the WSGI application: reads each request completely on the event loop before it takes a thread.

A WSGI thread that reads a body waits for its sender, so a hundred slow senders would hold all threads. The loop waits for them instead,
for BODY_SECONDS at most. If more requests wait than the threads can soon serve, further ones are refused at once (back-pressure).
"""

from __future__ import annotations

import asyncio
import io
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from server import jsontext
from server.web import forms
from server.web.api import strays
from server.web.api.endpoint import LARGE
from server.web.reply import ROUTE, Headers, Reply
from server.web.serving.answer_fast_path import AnswerFastPath, is_sent, may_be_sent
from server.web.serving.deadline import Deadline
from server.web.serving.loop_completions import Landing
from server.web.serving.request_log import RequestLog
from server.web.serving.shutdown import Shutdown
from server.web.uniform_delay import LEADS_NOWHERE, Nowhere

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

BODY_SECONDS = 10.0  # to send a body; a form of ours has some hundred bytes
LIST_SECONDS, LISTS_AT_ONCE = 300.0, 3  # to send a list of contacts, which is kept in memory while it arrives
WAITING = 16  # requests accepted for each thread; each takes milliseconds, so they wait less than a second
RETRY_SECONDS = 2
ABORTED = (400, "What you sent did not arrive.")
TOO_SLOW = (408, "What you sent did not arrive in time.")
NO_LENGTH = (411, "Say how long it is: of a form in pieces nobody can tell whether the last one is missing.")
TOO_MANY = (503, "Too many are here at once. Please try again in a moment.", RETRY_SECONDS)
TOO_LONG = (413, "That is more than anything here takes.")
Refusal = tuple[int, str] | tuple[int, str, int]  # status, sentence, and the seconds for Retry-After
API = "/api/"  # its bodies may be larger than forms, and its refusals are problem documents (RFC 9457)
PROBLEM = ("content-type", "application/problem+json")
PLAIN = ("content-type", "text/plain; charset=utf-8")


class Gateway:
    """An RSGI application that runs a WSGI application in `threads` threads. `close` releases the process's resources at the end."""

    def __init__(
        self,
        app: WSGIApplication,
        tap: AnswerFastPath,
        threads: int,
        close: Callable[[], None] = lambda: None,
        log: RequestLog | None = None,
    ) -> None:
        self._app, self._tap, self._most, self._inside, self._log = app, tap, threads * WAITING, 0, log
        self._landing: Landing | None = None
        self._threads, self._nowhere = ThreadPoolExecutor(threads, "web"), Nowhere()
        self._deadline = Deadline(BODY_SECONDS)
        self._lists, self._list_deadline = 0, Deadline(LIST_SECONDS)
        self._streams = 0
        self._shutdown = Shutdown(lambda: self._inside + self._streams, self._end, close)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over SIGTERM. Granian calls it before it serves."""
        self._shutdown.listen(loop)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request. Raises nothing, so that every request gets a reply."""
        began = time.perf_counter()
        if scope.path in forms.LISTS and scope.method == "POST":
            refusal, body = await self._list(scope, protocol)
        else:
            refusal, body = await _body(scope, protocol, self._deadline)
        if refusal is None and self._inside >= self._most:
            refusal = TOO_MANY
        if refusal:
            _refuse(scope, protocol, *refusal)
        status, route = (refusal[0], "") if refusal else await self._serve(scope, protocol, body)
        if self._log:
            self._log.add(scope.method, route, status, time.perf_counter() - began)

    async def _list(self, scope: Any, protocol: Any) -> tuple[Refusal | None, bytes]:
        """Read a list of contacts, of which only a few arrive at once."""
        if self._lists >= LISTS_AT_ONCE:
            return TOO_MANY, b""
        self._lists += 1
        try:
            return await _body(scope, protocol, self._list_deadline)
        finally:
            self._lists -= 1

    def _end(self) -> None:
        self._deadline.end()
        self._list_deadline.end()

    async def _serve(self, scope: Any, protocol: Any, body: bytes) -> tuple[int, str]:
        """Send the reply and return its status and route."""
        began = time.perf_counter()
        self._inside += 1  # only the event loop's thread changes it, so it needs no lock
        try:
            reply = await self._reply(scope, body)
        finally:
            self._inside -= 1
        if reply.leads_nowhere:
            await self._nowhere.wait(began)
        if reply.rest is None:
            protocol.response_bytes(reply.status, reply.headers, reply.body)
            return reply.status, reply.route
        run = asyncio.get_running_loop().run_in_executor
        transport, pieces = protocol.response_stream(reply.status, reply.headers), iter(reply.rest)
        self._streams += 1
        try:
            while (piece := await run(self._threads, next, pieces, None)) is not None:
                await transport.send_bytes(piece)
        finally:
            self._streams -= 1
            await run(self._threads, _close, reply.rest)
        return reply.status, reply.route

    async def _reply(self, scope: Any, body: bytes) -> Reply:
        """Answer posted answers on the event loop and every other request in a thread. Check method and path first, because most
        requests need no more.
        """
        loop = asyncio.get_running_loop()
        if not may_be_sent(scope.method, scope.path):
            return await loop.run_in_executor(self._threads, lambda: _answer(self._app, environ(scope, body)))
        request = environ(scope, body)
        if is_sent(request):
            self._landing = self._landing or Landing(loop)
            if (reply := await self._tap.soon(request, self._landing)) is not None:
                return reply._replace(route=request[ROUTE])
        return await loop.run_in_executor(self._threads, _answer, self._app, request)


async def _body(scope: Any, protocol: Any, deadline: Deadline) -> tuple[Refusal | None, bytes]:
    """Read the body. Return a refusal if it is too long, too slow or incomplete."""
    if scope.method in ("GET", "HEAD"):
        return None, b""
    length = scope.headers.get("content-length")
    if length is None:
        return (NO_LENGTH, b"") if "transfer-encoding" in scope.headers else (None, b"")
    most = LARGE if scope.path.startswith(API) else forms.most_bytes(scope.path)
    if not length.isdecimal() or int(length) > most:
        return TOO_LONG, b""
    try:
        body = await deadline.of(protocol())
    except TimeoutError:
        return TOO_SLOW, b""
    except Exception:  # Granian raises several kinds for a broken connection
        return ABORTED, b""
    return (ABORTED if len(body) < int(length) else None), body


def _refuse(scope: Any, protocol: Any, status: int, sentence: str, retry_seconds: int = 0) -> None:
    again = [("retry-after", str(retry_seconds))] if retry_seconds else []
    of_api = strays.is_api(scope.path)
    headers = [PROBLEM if of_api else PLAIN, ("connection", "close"), ("cache-control", "no-store"), *again]
    problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": sentence}
    protocol.response_bytes(status, headers, jsontext.dumps(problem).encode() if of_api else sentence.encode())


def _answer(app: WSGIApplication, request: WSGIEnvironment) -> Reply:
    """Run the WSGI application in the current thread. A reply of unknown length keeps its pieces unread in `rest`."""
    status, headers = "500 Internal Server Error", [PLAIN]

    def start_response(said: str, given: Headers, exc_info: object = None) -> Any:
        nonlocal status, headers
        status, headers = said, given

    pieces = app(request, start_response)
    code = int(status[:3])
    if any(name.lower() == "content-length" for name, _ in headers) or code in (204, 304):
        whole = b"".join(pieces)
        _close(pieces)
        return Reply(code, headers, whole, None, bool(request.get(LEADS_NOWHERE)), request.get(ROUTE, ""))
    return Reply(code, headers, b"", pieces, route=request.get(ROUTE, ""))


def _close(pieces: Iterable[bytes]) -> None:
    if hasattr(pieces, "close"):
        pieces.close()


def environ(scope: Any, body: bytes) -> WSGIEnvironment:
    """Build the WSGI environ of a request (PEP 3333)."""
    host, _, port = scope.server.rpartition(":")
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path if scope.path.isascii() else scope.path.encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.authority:
        found["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if "_" in name:  # X_Forwarded_For would become the same key as X-Forwarded-For, and so forge it
            continue
        key = _key(name)
        found[key] = f"{found[key]},{value}" if key in found and key != "HTTP_HOST" else value
    if body:
        found["CONTENT_LENGTH"] = str(len(body))
    return found


def _key(name: str) -> str:
    key = _KEYS.get(name)
    if key is None:
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        if len(_KEYS) < 200:
            _KEYS[name] = key
    return key


_KEYS: dict[str, str] = {}
