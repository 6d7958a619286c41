"""The official validator, one process for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests import node

Validate = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def validate() -> Iterator[Validate]:
    """What the official validator has against an AMP4EMAIL document; a warning is a fault too."""
    checker = node.Checker("amp.js", node.ENGINE)

    def faults(document: str) -> list[str]:
        answer = checker.ask(document)
        return answer["faults"] or ([] if answer["status"] == "PASS" else [answer["status"]])

    yield faults
    checker.close()
