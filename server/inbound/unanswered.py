"""Stores the text of a mail that did not become an answer, and opens a task so that the team reads it.

A text is stored once, however often its mail arrives, up to MOST_CHARACTERS; a person has one open task for all of them.
"""

from __future__ import annotations

from server import tasks
from server.contacts import testers
from server.store import Session, new_id

MOST_CHARACTERS = 8_000  # of one text; a longer one is cut and ends in “…”
MOST_TEXTS = 200  # of one person; beyond it only the hits are stored
TASK = "Wrote something that is not an answer: read it"  # pages translate it
BY_WHOM = "replies"
TOLD_ONLY = ("more", "unsubscribed")  # reasons that need no task: the answer was stored


def keep(
    tx: Session,
    contact_id: str,
    message_id: str,
    block: str,
    why: str,
    text: str,
    nonce: str,
    now: int,
    sender: str = "",
) -> bool:
    """Store a text; False if it was stored before, is empty or answers a test.

    `why` is a key of `outcome.WHY`, or of TOLD_ONLY; `sender` the address it came from, if it is not the person's.
    """
    tx.contacts.lock(id=contact_id)  # of two texts that race, the second sees the task of the first
    if testers.is_one(tx, contact_id):
        return False
    if not text.strip() or int(tx.replies.count(contact_id=contact_id)) >= MOST_TEXTS:
        return False
    added: int = tx.replies.add(
        contact_id=contact_id,
        id=new_id(now),
        message_id=message_id,
        block=block,
        why=why,
        text=text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…",
        sender=sender,
        nonce=nonce,
        at=now,
    )
    if added and why not in TOLD_ONLY:
        _ask_to_read(tx, contact_id, now)
    return added == 1


def _ask_to_read(tx: Session, contact_id: str, now: int) -> None:
    if not any(task["by_whom"] == BY_WHOM and not task["done_at"] for task in tasks.of_contact(tx, contact_id)):
        tasks.add(tx, new_id(now), contact_id, TASK, "", now + tasks.DUE_MS, BY_WHOM, now)
