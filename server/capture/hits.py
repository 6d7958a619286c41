"""Hits: raw requests as they arrived. Evidence is drawn from them, so they are kept whether they answer or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from server import jsontext
from server.store import Session, new_id

SIGNS = ("pointer", "touch", "wheel", "key", "click")  # trusted input on our page; a scroll proves nothing
# a trusted press of one of our buttons, by what pressed it; `amp`: in a mail whose AMP part alone holds the token
PRESSES = ("pointer", "touch", "wheel", "key", "click", "amp")


class Hit(NamedTuple):
    """One request, or one mail that came in.

    `network` is the address cut to /24 or /48; `facts` are fetch metadata headers and the like. `channel` is the way it came,
    `vouched` who vouches that a person did it: the mail client that carried it, once that is verified.
    """

    contact_id: str
    message_id: str
    block: str
    purpose: str
    method: str
    choice: str = ""
    agent: str = ""
    network: str = ""
    nonce: str = ""
    gesture: str = ""
    facts: Mapping[str, str] | None = None
    channel: str = "page"
    vouched: str = ""


def add(tx: Session, hit: Hit, now: int) -> str:
    """Keeps it; gives its id."""
    hit_id = new_id(now)
    tx.hits.add(
        contact_id=hit.contact_id,
        id=hit_id,
        message_id=hit.message_id,
        block=hit.block,
        purpose=hit.purpose,
        channel=hit.channel,
        vouched=hit.vouched,
        at=now,
        method=hit.method,
        choice=hit.choice,
        agent=hit.agent,
        network=hit.network,
        facts=jsontext.dumps(hit.facts) if hit.facts else "{}",
        nonce=hit.nonce,
        gesture=hit.gesture,
    )
    return hit_id
