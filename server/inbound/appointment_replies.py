"""Applies a calendar's reply to an appointment: accept, decline, or ask for another time (RFC 5546 3.2.3, 3.2.7).

A decline cancels it; another time is booked if it is free. A reply to a time that has changed since is ignored. The owner's
calendar was invited too: its replies do the same in the owner's name, and the person is notified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.tokens import TokenInvalid
from server.accounts import users
from server.booking import changes, reservations
from server.booking.notifications import PLACE
from server.contacts import addresses, aliases
from server.inbound import auto_replies, calendar_reply, dkim_verification, own_address, own_words, unanswered
from server.inbound.calendar_reply import CalendarReply
from server.inbound.dkim_verification import Unsigned
from server.inbound.inbound_mail import Mail
from server.inbound.outcome import InboundOutcome
from server.inbound.reply_context import Desk
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.bookings import BookingsByIdRow

RSVP = {"ACCEPTED": "accepted", "TENTATIVE": "tentative"}
CHANNEL, BLOCK = "calendar", "booking"


def receive(store: Store, desk: Desk, mail: Mail, now: int) -> InboundOutcome | None:
    """Apply the reply and return the outcome; None for a mail about no appointment. Raises StoreUnavailable, DnsUnavailable."""
    part = mail.part("text/calendar")
    reply = calendar_reply.read(part) if part else None
    booking = _booking(store, desk, reply) if reply else None
    if reply is None or booking is None:
        return None
    address, by_whom = _who(store, mail, booking)
    why = _doubt(mail, reply, address)
    if not why:
        try:
            domain = addresses.key(mail.sender).rpartition("@")[2]
            dkim_verification.verify(mail, domain, desk.lookup)
        except Unsigned as error:
            why = error.why
    said = reply.pressed_by(address)
    why = why or store.write(lambda tx: _act(tx, booking, reply, said, by_whom, now))
    if why:
        if why != "automatic":
            store.write(lambda tx: _tell(tx, mail, booking, reply, why, now))
        return InboundOutcome("ignored", why)
    return InboundOutcome("answered", channel=CHANNEL, message=booking["id"], block=BLOCK, values=(said.lower(),))


def _tell(tx: Session, mail: Mail, booking: BookingsByIdRow, reply: CalendarReply, why: str, now: int) -> None:
    """Store the text of a reply that changed nothing for the team to read."""
    said = own_words.of(mail) or ", ".join(status.lower() for _, status in reply.pressed) or reply.method.lower()
    sender = mail.sender[:254] if why == "somebody_else" else ""
    nonce = dkim_verification.claimed(mail, mail.sender.rpartition("@")[2]).nonce(mail)
    unanswered.keep(tx, booking["contact_id"], booking["message_id"], BLOCK, why, said, nonce, now, sender)


def _booking(store: Store, desk: Desk, reply: CalendarReply) -> BookingsByIdRow | None:
    try:
        found = desk.keyring.read_reply(reply.token)
    except TokenInvalid:
        return None
    if found.place != PLACE:
        return None
    with store.read() as tx:
        return tx.bookings.by_id(id=found.message_id)


def _who(store: Store, mail: Mail, booking: BookingsByIdRow) -> tuple[str, str]:
    """Return the address whose calendar replied, the owner's or the person's, and their name for the history."""
    with store.read() as tx:
        owner = tx.users.by_id(id=booking["owner_id"])
    if (
        owner
        and not own_address.is_theirs(mail.sender, booking["address"])
        and own_address.is_theirs(mail.sender, owner["email"])
    ):
        return owner["email"], users.called(owner)
    with store.read() as tx:
        own = aliases.addresses_of(tx, booking["contact_id"], booking["address"])
    theirs = (each for each in own if own_address.is_theirs(mail.sender, each))
    return next(theirs, booking["address"]), reservations.PERSON


def _doubt(mail: Mail, reply: CalendarReply, address: str) -> str:
    """Return why the reply is not theirs, before any signature is checked; else ''."""
    if auto_replies.is_automatic(mail, calendar=True):
        return "automatic"
    if not own_address.is_theirs(mail.sender, address):
        return "somebody_else"
    if not reply.pressed_by(address):
        return "another_attendee"
    return ""


def _act(tx: Session, seen: BookingsByIdRow, reply: CalendarReply, said: str, by_whom: str, now: int) -> str:
    """Apply the reply; return why nothing changed, else ''."""
    tx.contacts.lock(id=seen["contact_id"])
    booking = tx.bookings.by_key(contact_id=seen["contact_id"], id=seen["id"])
    if booking is None or booking["state"] != "booked" or booking["starts_at"] <= now:
        return "closed"
    if reply.sequence < booking["sequence"]:
        return "changed_since"
    if said == "DECLINED":
        changes.change(tx, booking["contact_id"], booking["id"], None, by_whom, now)
        return ""
    if said in RSVP:
        if by_whom == reservations.PERSON:  # an owner's acceptance is not recorded
            reservations.replied(tx, booking, RSVP[said], now)
        return ""
    if said != "COUNTER" or reply.starts_at is None:
        return "no_such_option"
    done = changes.change(tx, booking["contact_id"], booking["id"], reply.starts_at, by_whom, now)
    return "" if done == changes.MOVED else "not_free"
