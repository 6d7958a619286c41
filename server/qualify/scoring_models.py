"""Stores the versions of the scoring model, caches them, and validates the numbers typed on the page “Scoring”.

A saved version never changes, so that the lead that names it can be recomputed. `rescoring` previews the effect of another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from server import jsontext
from server.qualify.scoring import DIMENSIONS, ScoringModel, Stage
from server.store import Session, new_id

OURS = ""  # the id of the built-in table
MOST = {"worth": 300, "urgency": 100, "half_life": 3650, "behaviour_most": 100, "floor_days": 365}
LEAST = {"half_life": 1}
FIELDS = (  # in the order of the page
    *("hot_worth", "hot_urgency", "warm_worth", "warm_urgency"),
    *(f"{dimension}_half_life" for dimension in DIMENSIONS),
    *("behaviour_most", "floor_days"),
)


class StoredModel(NamedTuple):
    """The table in force, and its id."""

    id: str
    table: ScoringModel


class Wrong(NamedTuple):
    """An invalid field: not a whole number from `least` to `most`, or `above` another field that it must not exceed."""

    field: str
    least: int
    most: int
    above: str = ""


_OURS = StoredModel(OURS, ScoringModel())
_held: dict[str, StoredModel] = {}  # by id
_HELD_MOST = 16


def current(tx: Session) -> StoredModel:
    """Return the table in force; the built-in one until somebody changes it."""
    row = tx.qualifications.current()
    return _read(row["id"], row["content"]) if row else _OURS


def by_id(tx: Session, id: str) -> StoredModel | None:  # noqa: A002 - the row's own word
    """Return a table in force now or earlier; None for an unknown id."""
    if not id:
        return _OURS
    row = tx.qualifications.by_id(id=id)
    return _read(row["id"], row["content"]) if row else None


def held(table_id: str) -> StoredModel | None:
    """Return a table from the cache of this process, which never becomes stale because a table does not change. Saves a query."""
    return _held.get(table_id) if table_id else _OURS


def _read(table_id: str, content: str) -> StoredModel:
    found = _held.get(table_id)
    if found is None:
        if len(_held) >= _HELD_MOST:
            _held.clear()
        said = jsontext.loads(content)
        table = ScoringModel(**{**said, "stages": tuple(Stage(*row) for row in said["stages"])})
        found = _held[table_id] = StoredModel(table_id, table)
    return found


def save(tx: Session, table: ScoringModel, by_whom: str, now: int) -> str:
    """Store a new table in force from now on; the worker scores every lead by it within seconds (`rescoring`)."""
    made, content = new_id(now), jsontext.dumps({**table._asdict(), "stages": [list(row) for row in table.stages]})
    tx.qualifications.add(id=made, content=content, by_whom=by_whom, now=now)
    return made


def fields(table: ScoringModel) -> dict[str, int]:
    """Return the table as FIELDS."""
    hot, warm, _ = table.stages
    return {
        "hot_worth": hot.worth,
        "hot_urgency": hot.urgency,
        "warm_worth": warm.worth,
        "warm_urgency": warm.urgency,
        **{f"{dimension}_half_life": table.half_lives[dimension] for dimension in DIMENSIONS},
        "behaviour_most": table.behaviour_most,
        "floor_days": table.floor_days,
    }


def read(typed: Mapping[str, str]) -> ScoringModel | list[Wrong]:
    """Parse a typed table, or return everything that is wrong with it."""
    wrong = [Wrong(name, *_range(name)) for name in FIELDS if _number(name, typed) is None]
    if wrong:
        return wrong
    given = {name: _number(name, typed) or 0 for name in FIELDS}
    if given["warm_worth"] > given["hot_worth"]:
        return [Wrong("warm_worth", *_range("warm_worth"), above="hot_worth")]
    return ScoringModel(
        stages=(
            Stage("hot", given["hot_worth"], given["hot_urgency"]),
            Stage("warm", given["warm_worth"], given["warm_urgency"]),
            Stage("cold", 0, 0),
        ),
        half_lives={dimension: given[f"{dimension}_half_life"] for dimension in DIMENSIONS},
        behaviour_most=given["behaviour_most"],
        floor_days=given["floor_days"],
    )


def _range(field: str) -> tuple[int, int]:
    kind = next(kind for kind in MOST if field.endswith(kind))
    return LEAST.get(kind, 0), MOST[kind]


def _number(field: str, typed: Mapping[str, Any]) -> int | None:
    text = str(typed.get(field, "")).strip()
    least, most = _range(field)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and least <= int(text) <= most else None
