"""Finds the flows that an event triggers. Pure: `Facts` are looked up only when everything else matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from server.flows import model, table
from server.flows.model import Flow


class Cause(NamedTuple):
    """Something that happened at `at` (ms UTC). With message and block it identifies the event, so that nothing is planned
    twice.

    For an appointment, `block` is the name of its calendar.
    """

    happens: str
    contact_id: str
    at: int
    message_id: str = ""
    email: str = ""
    block: str = ""
    values: tuple[str, ...] = ()
    stage: str = ""


class Facts(Protocol):
    """The facts that conditions read, looked up once and only when needed."""

    @property
    def mail_class(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def tags(self) -> frozenset[str]: ...
    def is_in(self, segment: str, now: int) -> bool: ...


def fitting(flows: Iterable[Flow], cause: Cause, facts: Facts, now: int) -> Iterator[Flow]:
    """Yield the flows that the cause triggers."""
    return (flow for flow in flows if fits(flow, cause) and holds(flow, facts, now))


def fits(flow: Flow, cause: Cause) -> bool:
    """Return whether the cause matches the flow's trigger."""
    when = flow.when
    return (
        when.get("block") in (None, "", cause.block)
        and when.get("email") in (None, "", cause.email)
        and when.get("calendar") in (None, "", cause.block)
        and when.get("stage") in (None, "", cause.stage)
        and (not when.get("values") or not _values(tuple(when["values"])).isdisjoint(cause.values))
    )


def holds(flow: Flow, facts: Facts, now: int) -> bool:
    """Return whether all conditions of the flow hold now."""
    only = flow.only
    return (
        (not (only.get("days") or only.get("hours")) or is_time(flow, now))
        and only.get("class") in (None, "", *((facts.mail_class,) if only.get("class") else ()))
        and only.get("topic") in (None, "", *((facts.topic,) if only.get("topic") else ()))
        and only.get("stage") in (None, "", *((facts.stage,) if only.get("stage") else ()))
        and (not only.get("tag") or only["tag"] in facts.tags)
        and (not only.get("without_tag") or only["without_tag"] not in facts.tags)
        and (not only.get("segment") or facts.is_in(only["segment"], now))
    )


def is_time(flow: Flow, now: int) -> bool:
    """Return whether the flow's days and hours hold now, if it names any. `22:00-06:00` goes on past midnight."""
    local = datetime.fromtimestamp(now / 1000, ZoneInfo(flow.only.get("zone") or "UTC"))
    days, span = flow.only.get("days"), model.clock(flow.only.get("hours") or "")
    if days and table.DAYS[local.weekday()] not in days:
        return False
    if span is None:
        return True
    start, end, minute = *span, local.hour * 60 + local.minute
    return start <= minute < end if start <= end else minute >= start or minute < end


@lru_cache(maxsize=1024)
def _values(values: tuple[str, ...]) -> frozenset[str]:
    return model.expanded(values)
