"""Plans corrections: rows that take back the effects of an answer, stage or appointment, in the transaction in which it stops
counting.

A worker carries them out: `undoing` for effects inside Acto, `webhook_delivery` for calls of an endpoint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from server import jsontext
from server.flows import table
from server.reasons import reason
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.effects import EffectsRow

HAPPENED = "corrected"
UNDO = "undo"  # the kind of a correction inside Acto
KEPT = ("owner",)  # kinds that stay: the owner of a lead may have begun to work on it


class Correction(NamedTuple):
    """The reason for a correction and the current state: `why` is a row of `words.CORRECTED`, `state` the answer's.

    `at` is when the current answer was given (ms UTC), 0 without one.
    """

    why: str
    values: Sequence[str] = ()
    labels: Sequence[str] = ()
    state: str = ""
    at: int = 0


def of_answer(row: AnswersRow, before: str) -> Correction:
    """Make the correction for an answer as it is stored now; `before` is the value that counted, as JSON."""
    if row["state"] in ("confirmed", "provisional") and row["value"] != before:
        labels = [each["label"] for each in jsontext.loads(row["points"])]
        return Correction("changed", jsontext.loads(row["value"]), labels, row["state"], row["answered_at"])
    why = row["state"] if row["state"] in ("machine", "withdrawn") else "undecided"
    return Correction(why, state=row["state"])


def plan(tx: Session, withdrawn: Iterable[EffectsRow], correction: Correction, now: int) -> None:
    """Plan one correction for each effect of `withdrawn` that was done or may have reached a receiver."""
    for effect in withdrawn:
        if effect["corrected"] and effect["kind"] not in KEPT:
            tx.effects.correct(
                contact_id=effect["contact_id"],
                of=effect["id"],
                id=correction_id(effect["id"]),
                kind=effect["kind"] if effect["kind"] in table.CALLS else UNDO,
                cause=jsontext.dumps(_cause(effect, correction)),
                now=now,
            )


def spare(tx: Session, contact_id: str, effect_id: str, now: int) -> bool:
    """Drop the correction of an effect that counts again; False when a worker has begun it, so that the effect must be planned again."""
    spared = tx.effects.spare(contact_id=contact_id, id=correction_id(effect_id), reason=reason("counts_again"))
    if spared:
        tx.effects.count_again(contact_id=contact_id, id=effect_id, now=now)
    return bool(spared)


def correction_id(effect_id: str) -> str:
    """Return the id of the correction of an effect, always the same, so that it is planned once."""
    return hashlib.sha256(f"{effect_id}\n{HAPPENED}".encode()).hexdigest()[:26]


def happened(original: EffectsRow | None) -> bool:
    """Return whether there is anything to take back: the effect was done, or a receiver may have got the call."""
    if original is None:
        return False
    never_left = original["reason"].partition(":")[0] in ("private_address", "bad_url", "not_https")
    return original["state"] == "done" or (original["body"] != "" and not never_left)


def _cause(effect: EffectsRow, correction: Correction) -> dict[str, Any]:
    """Return the cause of the effect with the current values; the former ones are under `was`."""
    cause = jsontext.loads(effect["cause"])
    was = {name: cause[name] for name in ("values", "labels", "stage", "at")}
    was |= {"happened": effect["happened"], "id": effect["id"]}
    return {**cause, **correction._asdict(), "at": correction.at or cause["at"], "was": was}
