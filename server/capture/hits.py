"""Stores hits: raw requests and incoming mails, answers or not, because the evidence is computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from server import jsontext
from server.store import Session, new_id

SIGNS = ("pointer", "touch", "wheel", "key", "click")  # trusted input on our page; a scroll proves nothing
# a trusted press of one of our buttons, by what pressed it; `amp`: in a mail whose AMP part alone holds the token
PRESSES = ("pointer", "touch", "wheel", "key", "click", "amp")


class Hit(NamedTuple):
    """One request or one incoming mail.

    `network` is the address cut to /24 or /48; `facts` are fetch metadata headers and the like. `channel` is the way it came;
    `vouched` names the verified mail client that vouches for a person, or is empty.
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
    """Store a hit and return its id."""
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
