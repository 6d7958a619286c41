"""Every path under /api is answered by a problem that says what to do: no page, no sign-in, no redirect."""

from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from server.web.api.problems import MIMETYPE
from tests.server.web.api import program
from tests.server.world import World

PATHS = (
    *(
        "/api/v1//contacts",
        "/api//v1/contacts",
        "//api//v1",
        "/api/v1/contacts/",
        "/api/v1/contacts//x/answers",
    ),
    *("/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/contacts", "/API/v1/contacts", "/api/v1/openapi.json/"),
    *("/api/v1/contacts/\x00", "/api/v1/../sign-in", "/api/v1/\u202e", "/api/v1/%", "/api/sign-in"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
ONE_ENGINE = pytest.mark.parametrize(
    "engine", ["sqlite"], indirect=True
)  # no path of these asks the database for more than a key


def call(world: World, path: str, method: str, **headers: str) -> tuple[str, dict[str, str]]:
    """The status and the headers, for a path as it stands in the request."""
    environ = EnvironBuilder(method=method).get_environ()
    environ.update({"PATH_INFO": path.encode().decode("latin-1"), **headers})
    _, status, found = run_wsgi_app(world.app, environ, buffered=True)
    return status[:3], {name.lower(): value for name, value in found.items()}


@ONE_ENGINE
def test_whatever_is_called_there_a_problem_answers(world: World) -> None:
    bearer = f"Bearer {program.made(world).secret}"
    for key in ({}, {"HTTP_AUTHORIZATION": bearer}):
        for path in PATHS:
            for method in METHODS:
                status, headers = call(world, path, method, **key)
                assert headers["content-type"] == MIMETYPE, (method, path, status)
                assert "location" not in headers and status in ("401", "404", "405", "429"), (method, path, status)
                assert status in ("404", "405") or not key, (method, path)


@ONE_ENGINE
def test_a_method_that_a_path_does_not_take_is_told_which_it_takes(world: World) -> None:
    for method in ("OPTIONS", "TRACE", "PROPFIND"):
        assert call(world, "/api/v1/contacts", method)[1]["allow"] == "GET, POST"
        assert call(world, "/api/v1/openapi.json", method)[1]["allow"] == "GET"


@ONE_ENGINE
def test_two_slashes_are_named(world: World) -> None:
    said = world.visitor().get("/api/v1//contacts").json
    assert said and "two slashes" in said["detail"] and said["status"] == 404


@ONE_ENGINE
def test_a_host_that_is_none_is_a_problem_too(world: World) -> None:
    status, headers = call(world, "/api/v1/contacts", "GET", HTTP_HOST="[")
    assert (status, headers["content-type"]) == ("400", MIMETYPE)


@ONE_ENGINE
def test_a_path_that_only_begins_like_it_is_a_page(world: World) -> None:
    assert call(world, "/apiary", "GET")[1]["location"] == "/sign-in"
