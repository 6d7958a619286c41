"""Answers calls under /api that match no endpoint, by path or by method, with a problem and never with a page or a redirect."""

from __future__ import annotations

import re

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from server.web.api import problems
from server.web.api.problems import ApiProblem
from server.web.api.table import ENDPOINTS

UNDER = re.compile(r"/+api(?:/.*)?", re.IGNORECASE | re.DOTALL)
ROOT = "/api/v1"


def is_api(path: str) -> bool:
    """Return whether a path belongs to the API, also with repeated slashes or in upper case."""
    return bool(UNDER.fullmatch(path))


def install(app: Flask) -> None:
    """Register the refusal. It must run before the guard of pages, which would redirect a program to the sign-in page."""

    @app.before_request
    def refuse() -> Response | None:
        if request.routing_exception is None or not is_api(request.path):
            return None
        return problems.response(nowhere(request.path))


def nowhere(path: str) -> ApiProblem:
    """Make the Problem of a path without an endpoint, or of a method that its endpoint does not take."""
    takes = _methods(path)
    if takes:
        return ApiProblem("wrong_method", f"This path accepts {takes}.", headers={"Allow": takes})
    as_json = "".join(char if char.isprintable() else "\ufffd" for char in path[:100])
    slashes = (
        " The path has two slashes in a row: remove the slash at the end of the base address." if "//" in path else ""
    )
    return ApiProblem("not_found", f"The API has no path {as_json}.{slashes} /api/v1/openapi.json lists every path.")


def refused(error: HTTPException) -> Response:
    """Write an HTTP error of Flask as a problem."""
    names = {413: "too_large", 405: "wrong_method", 404: "not_found"}
    return problems.response(ApiProblem(names.get(error.code or 500, "bad_json" if error.code == 400 else "broken")))


def _methods(path: str) -> str:
    if path == f"{ROOT}/openapi.json":
        return "GET"
    takes = {each.method for each in ENDPOINTS if re.fullmatch(ROOT + re.sub(r"\{\w+\}", "[^/]+", each.path), path)}
    return ", ".join(sorted(takes))
