"""Refuses a request whose Host header is not a valid host name, because the absolute links of our pages are built from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from server import jsontext
from server.web.api import problems, strays

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?)(?::[0-9]{1,5})?")
DETAIL = "There is no such host."
PROBLEM = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": DETAIL}


class Hosts:
    """A WSGI application in front of `app`. Passes requests without a Host header (HTTP/1.0), which get the server's own name."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST")
        if host is None or HOST.fullmatch(host):
            return self._app(environ, start_response)
        of_api = strays.is_api(environ.get("PATH_INFO", ""))
        body = jsontext.dumps(PROBLEM) if of_api else DETAIL
        kind = problems.MIMETYPE if of_api else "text/plain"
        start_response("400 Bad Request", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body.encode()]
