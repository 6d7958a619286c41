"""What claims to be a host and is none gets a sentence, and no stack trace."""

from __future__ import annotations

import time

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from server.web.serving.hosts import HOST
from tests.server.world import World


@pytest.mark.parametrize("engine", ["sqlite"])
def test_only_a_host_name_is_one(world: World) -> None:
    statuses = {}
    for host in ("acto.example.com:8000", "[::1]:80", "a..b", "[", "", "é.example", "a b", "x" * 64):
        environ = {**EnvironBuilder(path="/sign-in").get_environ(), "HTTP_HOST": host}
        statuses[host] = run_wsgi_app(world.app, environ)[1][:3]
    assert set(statuses.values()) == {"200", "400"}
    assert [host for host, status in statuses.items() if status == "200"] == ["acto.example.com:8000", "[::1]:80"]


def test_a_name_without_end_is_read_in_no_time() -> None:
    began = time.process_time()
    assert not HOST.fullmatch("a." * 50_000 + "!")
    assert not HOST.fullmatch("a" * 100_000 + "!")
    assert time.process_time() - began < 1
