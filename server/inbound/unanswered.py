"""Keeps what a person wrote and what did not become an answer, where the team reads it, and asks somebody to read it.

A text is kept once, however often its mail arrives, up to MOST_CHARACTERS; a person has one open task for all of them.
"""

from __future__ import annotations

from server import tasks
from server.store import Session, new_id

MOST_CHARACTERS = 8_000  # of one text: what is longer is cut, and says so
MOST_TEXTS = 200  # of one person; whoever writes more is no person, and the hits keep it
TASK = "Wrote something that is not an answer: read it"  # a page says it in its reader's language
BY_WHOM = "replies"
TOLD_ONLY = ("more", "unsubscribed")  # reasons that ask nothing of the team: the answer was taken


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
    """Whether it was kept: not a second time, and not without words.

    `why` is a key of `outcome.WHY`, or of TOLD_ONLY; `sender` the address it came from, where that is not the person's.
    """
    tx.contacts.lock(id=contact_id)  # of two texts at once, the second sees the task of the first
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
