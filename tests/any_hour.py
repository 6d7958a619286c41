"""The settings under which marketing leaves at any hour and as often as wanted, for tests of something else."""

from __future__ import annotations

import os
from typing import TypedDict


class Unlimited(TypedDict):
    marketing_hours: str
    marketing_per_day: int
    marketing_per_week: int
    young_per_second: int
    usual_per_second: int


ANY_HOUR: Unlimited = {
    "marketing_hours": "any",
    "marketing_per_day": 0,
    "marketing_per_week": 0,
    "young_per_second": 0,
    "usual_per_second": 0,
}


def set_in_environment() -> None:
    """For settings that are loaded, in this process and its children."""
    os.environ.update({f"ACTO_{name.upper()}": str(value) for name, value in ANY_HOUR.items()})
