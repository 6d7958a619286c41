"""The examples of docs/api.md, run as they are written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from server.web.api.table import ENDPOINTS
from tests.server.web.api.program import Program, as_documented

DOCS = Path(__file__).resolve().parents[4] / "docs/api.md"
ACTO = "/api/v1"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_curl_of_the_docs_does_what_it_shows(crm: Program) -> None:
    commands = [
        line for block in re.findall(r"```sh\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL) for line in _lines(block)
    ]
    curls = [line for line in commands if line.startswith("curl ")]
    replies = [_curl(crm, line) for line in curls]
    assert [reply.status_code for reply in replies] == [200, 200, 202, 200, 200, 200, 201, 201, 200]
    assert [row["first_name"] for row in replies[1].json["data"]] == ["Lucía"]
    assert _curl(crm, curls[2]).headers["Idempotency-Replayed"] == "true"


def _lines(block: str) -> list[str]:
    return block.replace("\\\n", " ").strip().split("\n")


def _curl(crm: Program, line: str) -> TestResponse:
    """What curl would do, for the few of its options that the docs use."""
    words = shlex.split(line.replace("$ACTO", ACTO).replace("$KEY", crm.secret))[1:]
    method, headers, data, path, get = "", {}, [], "", False
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data-urlencode"):
            data.append(words.pop(0))
        elif word == "-G":
            get = True
        else:
            path = word
    query = urlencode([(name, value) for name, _, value in (each.partition("=") for each in data)]) if get else None
    body = "".join(data) if data and not get else None
    method = method or ("POST" if body else "GET")
    reply = crm.world.visitor().open(path, method=method, headers=headers, data=body, query_string=query)
    at = path.partition("?")[0].removeprefix(ACTO)
    endpoint = next(
        each
        for each in ENDPOINTS
        if each.method == method and re.fullmatch(re.sub(r"\{\w+\}", r"[^/]+", each.path), at)
    )
    as_documented(endpoint, reply)
    return reply
