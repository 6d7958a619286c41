"""Calls every endpoint with made-up calls, some that fit the document and some that do not, and holds each reply to it.

Left out of schemathesis's checks: that everything that fits the schema is accepted. An address, a team member and a webhook's
host have rules that no schema can say; such a call is refused with the field's name, which the other checks hold.
"""

from __future__ import annotations

from datetime import time as wall
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as held

from server import tasks
from server.accounts import api_keys
from server.accounts.api_keys import SCOPES
from server.booking import calendars
from server.booking.calendars import Calendar
from server.store import Session, new_id
from server.web.limits import Limit
from tests.server.world import World

CHECKS: list[Any] = [
    not_a_server_error,
    held.status_code_conformance,
    held.content_type_conformance,
    held.response_headers_conformance,
    held.response_schema_conformance,
    held.negative_data_rejection,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def fuzz(world: World, examples: int, repeatable: bool) -> dict[str, int]:
    """How many calls came to each status. Raises schemathesis's own account of the first call that was answered wrongly."""
    unlimited = Limit(10**9, 60)
    world.app.extensions["acto"].limits["api"] = (unlimited, unlimited)
    secret = api_keys.make(world.store, "admin@example.com", "fuzz", list(SCOPES), 1, world.now)
    webhook = {
        "name": "crm",
        "url": "https://crm.example.com/",
        "shape": "standard",
        "header": "",
        "language": "en",
        "secret": "whsec_AAAA",
    }

    def prepare(tx: Session) -> None:
        tasks.add(tx, new_id(world.now), world.people["ana"]["id"], "Call Ana", "", world.now, "acto", world.now)
        user = {"id": new_id(world.now), "email": "bruno@example.com", "name": "", "language": "", "session_key": "x"}
        tx.users.invite(**user, role="sales", now=world.now)
        hours = {day: ((wall(0, 0), wall(23, 0)),) for day in range(7)}
        calendars.save(tx, Calendar("crm", "A call", "UTC", hours, owners=(user["id"],)), world.now)
        tx.endpoints.add(**webhook, now=world.now)

    world.store.write(prepare)
    headers = {"Authorization": f"Bearer {secret}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", world.app)
    found: dict[str, int] = {}
    for result in schema.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]
        for mode in MODES:
            if repeatable and mode is GenerationMode.NEGATIVE and not operation.body:
                continue  # the short form spends its time on bodies
            _fuzzed(world, operation, mode, headers, examples, repeatable, found)
    return found


def _fuzzed(
    world: World,
    operation: Any,
    mode: Any,
    headers: dict[str, str],
    examples: int,
    repeatable: bool,
    found: dict[str, int],
) -> None:
    known = _ids(world)

    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=repeatable,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Case[Any]) -> None:
        if mode is GenerationMode.POSITIVE and sum(found.values()) % 2:
            _meet(case, known)
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)
        found[str(response.status_code)] = found.get(str(response.status_code), 0) + 1

    one()


def _meet(case: Case[Any], known: dict[str, str]) -> None:
    """Every other call is about somebody and something that is there, so that it gets behind the look-up."""
    for given in (case.path_parameters, case.body):
        if isinstance(given, dict):
            given.update({name: known[name] for name in given if name in known})
    if isinstance(case.body, dict) and "to" in case.body:
        case.body.update(email="diagnosis", to="ana@example.com")


def _ids(world: World) -> dict[str, str]:
    """Things that are there."""
    with world.store.read() as tx:
        open_ = tx.tasks.open(owner="", limit=1)
    return {
        "contact_id": world.people["ana"]["id"],
        "message_id": world.sent["ana"]["id"],
        "task_id": open_[0]["id"] if open_ else "x",
        "block": "need",
        "name": "crm",
        "calendar": "crm",
    }
