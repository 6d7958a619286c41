"""Renders the error pages: each says what happened and what the reader can do. Calls of the API get a problem document (RFC 9457)."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from server.accounts import roles
from server.capture import Gone
from server.store import StoreUnavailable
from server.web import access, language, security_log
from server.web.access import NotAllowed
from server.web.api import strays
from server.web.floods import TooMany
from server.web.uniform_delay import LEADS_NOWHERE

_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Register the handler of each exception."""
    app.register_error_handler(Gone, _gone)
    app.register_error_handler(StoreUnavailable, _unavailable)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(HTTPException, _http)


def _gone(error: Gone) -> Response:
    """Answer 404 with one page for unknown, altered, expired and erased links, so that a stranger cannot tell them apart."""
    request.environ[LEADS_NOWHERE] = True
    return make_response(render_template("errors/gone.html"), 404)


def _unavailable(error: StoreUnavailable) -> Response:
    _log.error("the store is unavailable: %s", error.reason)
    response = make_response(render_template("errors/unavailable.html"), 503)
    response.headers["Retry-After"] = "5"
    return response


def _too_many(error: TooMany) -> Response:
    response = make_response(render_template("errors/too_many.html"), 429)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _stale(error: CSRFError) -> Response:
    return make_response(render_template("errors/stale.html"), 400)


def _not_allowed(error: NotAllowed) -> Response:
    """Answer 403 with the permission that the page needs and the users who can grant it."""
    security_log.not_allowed(error.permission)
    needs = roles.sentence(error.permission, language.current()) if error.permission else ""
    page = render_template("errors/not_allowed.html", needs=needs, helpers=access.who_can_help())
    return make_response(page, 403)


def _http(error: HTTPException) -> Response:
    """Answer 404, 405, 413, 500 and the other HTTP errors. Flask has already logged the traceback of a 500."""
    if isinstance(error, InternalServerError):
        _log.error("%s failed", request.endpoint)
    if strays.is_api(request.path):
        return strays.refused(error)
    template = "errors/inside.html" if g.get("user") else "errors/outside.html"
    response = make_response(render_template(template, code=error.code), error.code or 500)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response
