"""The OpenAPI document is one, is whole, and is open."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from server.web.api.table import ENDPOINTS
from tests.server.world import World


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_document_is_valid_and_tells_of_every_route(world: World) -> None:
    found = world.visitor().get("/api/v1/openapi.json").json
    OpenAPIV31SpecValidator(found).validate()
    told = {(method.upper(), path) for path, methods in found["paths"].items() for method in methods}
    assert told == {(each.method, each.path) for each in ENDPOINTS}
    routes = {rule.endpoint for rule in world.app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert routes == {"api.describe", "api.nowhere", *(f"api.{each.name}" for each in ENDPOINTS)}
