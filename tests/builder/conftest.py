"""Hypothesis on a busy machine: no clock, and nothing written beside the tests. The reference engine, one process for all tests."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.node import Checker

settings.register_profile("acto", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("acto")


@pytest.fixture(scope="session")
def npm_mjml() -> Iterator[Checker]:
    """Answers MJML with {html, errors} of npm mjml."""
    checker = Checker("mjml.js")
    yield checker
    checker.close()
