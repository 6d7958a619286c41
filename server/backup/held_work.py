"""Counts, by kind, the work that was due in a restored store; the workers wait until a person releases or drops each kind.

It is unknown whether the lost store did the work after the backup. Dropped work stays visible with its reason, and can be sent
one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from server.accounts import audit
from server.booking import notifications
from server.capture import confirmation, left_open
from server.capture.rules import Rules
from server.reasons import reason as reason_of_effect
from server.reasons import reason as reason_of_mail
from server.sending.gate import NEVER
from server.store import Session, Store

KINDS = ("campaigns", "messages", "notices", "effects", "appointments")
EFFECTS = "effects"


class NotWaiting(Exception):
    """The store was not restored, or the decision was made already."""


class TooEarly(Exception):
    """Answers from before the restore are provisional until `at` (ms), so that their effects are not planned yet."""

    def __init__(self, at: int) -> None:
        super().__init__(f"Answers of before the restore wait for their check until {at}.")
        self.at = at


def is_waiting(store: Store) -> bool:
    """Return whether the workers must wait for a person."""
    with store.read() as tx:
        return tx.restores.waiting() is not None


def due(tx: Session, now: int) -> dict[str, int]:
    """Count the work of each kind that would start if the workers continued now. Raises NotWaiting."""
    at = _at(tx)
    return {
        "campaigns": tx.restores.campaigns_due(at=at, now=now),
        "messages": tx.restores.messages_due(at=at, now=now, never=NEVER),
        "notices": tx.restores.notices_due(at=at, now=now),
        "effects": tx.restores.effects_due(at=at, now=now) + tx.restores.answers_due(at=at),
        "appointments": notifications.count_due(tx, at, now),
    }


def resume(store: Store, rules: Rules, drop: Collection[str], by_whom: str, now: int) -> Mapping[str, int]:
    """Drop those kinds and release the others; return how much of each was dropped. Raises NotWaiting and TooEarly."""
    checked_at = _check_answers(store, rules, now) if EFFECTS in drop else 0
    return store.write(lambda tx: _release(tx, drop, checked_at, by_whom, now))


def checked_at(tx: Session) -> int:
    """Return the time (ms) from which effects can be dropped, when the last answer from before the restore is confirmed. Raises
    NotWaiting.
    """
    at = _at(tx)
    return max(tx.restores.last_answer(at=at) or 0, tx.restores.last_page(at=at) or 0)


def _check_answers(store: Store, rules: Rules, now: int) -> int:
    """Settle the answers that were provisional in the backup, so that their effects are planned; return as of when."""
    with store.read() as tx:
        last = checked_at(tx)
    if last > now:
        raise TooEarly(last)
    while last and _pages_are_due(store, last):
        left_open.settle_due(store, last, rules)
    while last and confirmation.confirm_due(store, last, rules):
        pass
    return last


def _pages_are_due(store: Store, now: int) -> bool:
    with store.read() as tx:
        return bool(tx.open_pages.due(now=now, limit=1))


def _release(tx: Session, drop: Collection[str], checked_at: int, by_whom: str, now: int) -> dict[str, int]:
    at = _at(tx)
    if not tx.restores.release(at=at, by_whom=by_whom, now=now):
        raise NotWaiting
    why = reason_of_mail("restored")
    dropping: Mapping[str, Callable[[], int]] = {
        "messages": lambda: tx.restores.drop_messages(at=at, now=now, never=NEVER, reason=why),
        "campaigns": lambda: tx.restores.pause_campaigns(
            at=at, now=now, reason=why
        ),  # after their messages are dropped
        "notices": lambda: tx.restores.drop_notices(at=at, now=now, reason=why),
        "effects": lambda: tx.restores.drop_effects(
            at=at, checked_at=checked_at, now=now, reason=reason_of_effect("restored")
        ),
        "appointments": lambda: notifications.drop_due(tx, at, now),
    }
    dropped = {kind: dropping[kind]() for kind in dropping if kind in drop}
    audit.add(tx, by_whom, "backup.resumed", ", ".join(dropped), now, dropped=sum(dropped.values()))
    return dropped


def _at(tx: Session) -> int:
    row = tx.restores.waiting()
    if row is None:
        raise NotWaiting
    return int(row["at"])
