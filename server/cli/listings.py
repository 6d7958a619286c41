"""Lists leads and events as lines for people or as JSON, for `acto leads` and `acto events`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from server.cli.language import translated
from server.qualify import sentences
from server.qualify.leads import Lead
from server.sales import inbox
from server.store import Store

if TYPE_CHECKING:
    from server.store.queries.events import EventsListedRow

PAGE = 1000


def leads(store: Store, as_json: bool, language: str, everyone: bool = False) -> Iterator[str]:
    """Yield the leads, highest score first; without `everyone`, leads with answers from machines only are left out."""
    with store.read() as tx:
        for row in inbox.every(tx, inbox.Filter(today="", view="all", everyone=everyone)):
            yield _lead_json(row) if as_json else _lead_text(row, language)


def events(store: Store, as_json: bool) -> Iterator[str]:
    """Yield the events, oldest first."""
    after_at, after_id = -1, ""
    with store.read() as tx:
        while rows := tx.events.page(after_at=after_at, after_id=after_id, limit=PAGE):
            for row in rows:
                yield _event_json(row) if as_json else _event_text(row)
            after_at, after_id = rows[-1]["at"], rows[-1]["id"]


def _lead_json(row: Lead) -> str:
    said = [
        {**reason, **{language: _sentence(reason, language) for language in ("es", "en")}} for reason in row["reasons"]
    ]
    return json.dumps({**row, "reasons": said}, ensure_ascii=False)


def _lead_text(row: Lead, language: str) -> str:
    scores = translated(f"interest {row['interest']}, need {row['need']}, urgency {row['urgency']}")
    lines = [f"{row['stage']:5} {row['worth']:3}  {row['name']} <{row['address']}>  {scores}"]
    lines += [f"           {_sentence(reason, language)}" for reason in row["reasons"]]
    return "\n".join(lines)


def _event_json(row: EventsListedRow) -> str:
    read = {**row, "value": json.loads(row["value"]), "reasons": json.loads(row["reasons"])}
    return json.dumps(read, ensure_ascii=False)


def _event_text(row: EventsListedRow) -> str:
    said = ", ".join(json.loads(row["value"]))
    what = f"{row['block']} = {said}" if row["block"] else ""
    return (
        f"{_time(row['at'])}  {row['kind']:12} {row['grade']:13} {row['address'] or '-'}  {row['email'] or '-'}  {what}"
    )


def _sentence(reason: dict[str, Any], language: str) -> str:
    return sentences.sentence(reason, language, _time(reason["at"])[:10])


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
