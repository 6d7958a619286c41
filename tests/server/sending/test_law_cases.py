"""The law cases of docs/law-cases.md, asked of the gate."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server.sending import gate, gate_facts
from server.settings import Settings

FILE = Path(__file__).parents[3] / "docs" / "law-cases.md"
COLUMNS = ("number", "situation", "country", "zone", "moment", "class", "facts", "verdict", "rule", "next")
MINUTE = 60_000


def cases() -> list[dict[str, str]]:
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    return [dict(zip(COLUMNS, (cell.strip() for cell in line.strip("|").split("|")), strict=True)) for line in lines]


def ms(local: str, zone: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def facts(case: dict[str, str], at: int) -> gate.Facts:
    found = gate.Facts(
        case["class"],
        frozenset(),
        "Calle 1, Bogotá",
        "https://mail.example.com",
        at,
        window=gate_facts.window(case["country"], case["zone"], "law"),
        caps=gate_facts.caps(Settings()),
    )
    for fact in filter(None, case["facts"].split("; ")):
        found = _with(found, fact, case["zone"])
    return replace(found, recent=tuple(sorted(found.recent, reverse=True)))


def _with(found: gate.Facts, fact: str, zone: str) -> gate.Facts:
    if age := re.fullmatch(r"sent (\d+) h(?: (\d+) min)? ago", fact):
        return replace(found, recent=(*found.recent, found.now - (int(age[1]) * 60 + int(age[2] or 0)) * MINUTE))
    if fact.startswith("deadline "):
        return replace(found, deadline=ms(fact.removeprefix("deadline "), zone))
    return {
        "left marketing": replace(found, suppressed=frozenset({"marketing"})),
        "bounced": replace(found, suppressed=frozenset({"all"})),
        "no postal address": replace(found, postal_address=""),
        "no https": replace(found, base_url="http://mail.example.com"),
        "test": replace(found, purpose=gate.TEST),
        "paused": replace(found, campaign="paused"),
        "stopped": replace(found, campaign="stopped"),
        "had this campaign": replace(found, already_sent=True),
    }[fact]


def expected(case: dict[str, str]) -> gate.GateVerdict | str:
    if case["verdict"] == "goes":
        return "goes"
    if case["verdict"] == "stops":
        return gate.Stop(case["rule"], case["rule"])
    until = gate.NEVER if case["next"] == "until resumed" else ms(case["next"], case["zone"])
    return gate.Wait(until, case["rule"])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["situation"])
def test_the_gate_decides_as_the_law_says(case: dict[str, str]) -> None:
    at = ms(case["moment"], case["zone"])
    verdict = gate.decide(facts(case, at))
    assert ("goes" if isinstance(verdict, gate.Go) else verdict) == expected(case)
    if isinstance(verdict, gate.Go) and verdict.until_ms < gate.NEVER:
        assert isinstance(gate.decide(replace(facts(case, at), now=verdict.until_ms - 1)), gate.Go)
        assert not isinstance(gate.decide(replace(facts(case, at), now=verdict.until_ms)), gate.Go)
    if isinstance(verdict, gate.Wait) and verdict.until_ms < gate.NEVER:
        assert isinstance(gate.decide(replace(facts(case, at), now=verdict.until_ms)), gate.Go)
        assert not isinstance(gate.decide(replace(facts(case, at), now=verdict.until_ms - 1)), gate.Go)


def test_there_are_sixty_cases_and_every_rule_decides_one() -> None:
    assert len(cases()) >= 60
    assert {case["rule"] for case in cases()} - {""} == {rule.name for rule in gate.RULES}
