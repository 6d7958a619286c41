"""Runs the process that parses a calendar (`ics_reading`) and ends it at its time limit."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from server import jsontext

log = logging.getLogger("acto.booking")
SECONDS = 60  # of wall-clock time; the process limits its CPU time itself, to less
HOME = Path(__file__).parents[2]
Times = tuple[int, int]


class Unreadable(Exception):
    """No part of a calendar could be read: `name` is no_calendar, too_many_times or too_costly."""

    def __init__(self, name: str, detail: object = "") -> None:
        self.name, self.detail = name, str(detail)
        super().__init__(f"{name}: {detail}")


@dataclass(frozen=True)
class Reading:
    """The result of parsing a calendar. `times` in ms UTC; `left_out` titles of skipped events; `zones` unknown names, read as
    the owner's zone.
    """

    times: list[Times]
    left_out: list[str]
    zones: list[str]


def read(text: str, now: int, zone: str = "") -> Reading:
    """Return the busy times of a calendar, repeated events included, from a day ago on. Raises Unreadable.

    Times and days without a zone are in `zone`, an IANA name; '' takes the calendar's own, and else UTC.
    """
    command = [sys.executable, "-m", "server.booking.ics_reading", str(now), zone]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=text.encode("utf-8", "replace"), cwd=HOME, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_costly") from error
    if done.returncode != 0:  # out of memory, or ended by the system
        log.warning("a calendar was given up (%s): %s", done.returncode, done.stderr.decode(errors="replace")[-500:])
        raise Unreadable("too_costly")
    said = jsontext.loads(done.stdout.decode("utf-8"))
    if "refused" in said:
        name, _, detail = said["refused"].partition(": ")
        raise Unreadable(name, detail)
    return Reading([(begin, end) for begin, end in said["times"]], said["left_out"], said["zones"])
