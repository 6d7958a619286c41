"""A place with every format, and a counter that takes what comes back."""

from __future__ import annotations

import pytest

from tests.server.channels.conftest import open_place, place
from tests.server.channels.place import Place
from tests.server.inbound.desk import Counter

__all__ = ["open_place", "place"]


@pytest.fixture
def counter(place: Place) -> Counter:
    return Counter(place)
