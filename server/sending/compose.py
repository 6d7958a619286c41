"""Writes one message of the outbox as bytes: with the version of the email that was queued and the contact as it is now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from builder import messages
from builder.blocks import Block
from builder.dkim import Signer
from builder.emails import CompiledEmail
from builder.formats import signed_card
from builder.formats.signed_card import CardKey
from builder.messages import Recipient, Sender
from builder.mime import Address
from builder.tokens import Keyring
from server import email_versions, jsontext, texts
from server.branding import brand
from server.branding.brand import Brand
from server.branding.kept import KeptBrand
from server.contacts import addresses, contacts
from server.contacts.known_answers import answers_by_name
from server.contacts.person import person
from server.errors import CannotDo
from server.sending.gate import TEST
from server.sending.preparing import Compose
from server.sending.transport import Wire
from server.settings import Settings, Stream
from server.store import Session, Store

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.messages import MessagesRow

DAY_MS = 86_400_000
MARKED = "[Test]"  # before the subject of a test
Offer = Callable[[Session, "MessagesRow", Collection[Block], dict[str, Any], int], dict[str, Any]]


def composer(store: Store, settings: Settings, keyring: Keyring, offer: Offer) -> Compose:
    """Return `compose(message, contact, answers, now)` for the worker, which stores the text of its exception as the reason of the
    message.

    `offer` adds the free times of calendars to the data of a message that leaves (`booking.availability.write_down`); it is a
    parameter because booking may import sending, and not the other way round.
    """

    held = KeptBrand(store, settings)

    def compose(message: MessagesRow, contact: ContactsRow, answers: Sequence[AnswersRow], now: int) -> Wire:
        email = _email(store, message)
        if message["purpose"] == TEST:
            email = replace(email, subject=f"{texts.text(MARKED, email.language)} {email.subject}")
        if any(block.calendar for block in email.blocks.values()):
            message = _with_times(store, offer, message, email, now)
        from_ = sender(settings, message["stream"], keyring, held=held.at(now))
        to = recipient(message, contact, answers_by_name(answers if email.reads_known else ()), now)
        return Wire(from_.address.email, to.address.email, messages.write(email, from_, to, now))

    return compose


def _email(store: Store, message: MessagesRow) -> CompiledEmail:
    """Return the compiled email, without a transaction if this process has it in its cache, because a transaction costs more."""
    version_id, language = message["version_id"], message["language"]
    if email := email_versions.kept(version_id, language):
        return email
    with store.read() as tx:
        return email_versions.load(tx, version_id, language)


def _with_times(store: Store, offer: Offer, message: MessagesRow, email: CompiledEmail, now: int) -> MessagesRow:
    """Add the free times of calendars to the data and store them, so that a reply such as "the second one" can be read later."""
    blocks, data = [*email.blocks.values()], jsontext.loads(message["data"])
    given = store.write(lambda tx: offer(tx, message, blocks, data, now))
    return {**message, "data": jsontext.dumps(given)}


def sender(
    settings: Settings, stream: str, keyring: Keyring, *, signed: bool = True, held: Brand | None = None
) -> Sender:
    """Return the sender of a stream; `signed=False` needs no keys and is enough for previews. Without the brand that holds, name and
    postal address are those of the settings. Raises CannotDo for a stream that is not set up or whose key cannot be used.
    """
    if stream not in settings.streams:
        raise CannotDo(f"there is no stream “{stream}” in the settings; there are {', '.join(settings.streams)}")
    row, known = settings.streams[stream], held or brand.of_settings(settings)
    return Sender(
        address=Address(row.from_name or known.name, row.from_address),
        postal_address=known.address,
        base_url=settings.base_url.rstrip("/"),
        domain=settings.message_id_domain or urlsplit(settings.base_url).hostname or "localhost",
        keyring=keyring,
        signer=_signer(row) if signed and row.dkim_domain else None,
        amp=row.amp_registered == "yes",
        gmail=row.gmail_registered == "yes",
        originator=row.outlook_originator,
        card_key=_card_key(row.outlook_key_file) if signed and row.outlook_key_file else None,
        reply_domain=settings.reply_domain,
    )


def recipient(message: MessagesRow, contact: ContactsRow, known: Mapping[str, Any], now: int) -> Recipient:
    """Return the recipient of a message; the domain of the address is in its ASCII form, as SMTP requires."""
    name = contacts.full_name(contact)
    return Recipient(
        contact_id=contact["id"],
        message_id=message["id"],
        address=Address(name, addresses.ascii_form(contact["email"])),
        person=person(contact, contact["email"]),
        data=jsontext.loads(message["data"]),
        known=known,
        recipients=message["recipients"],
        age_days=(now - message["created_at"]) // DAY_MS,
    )


@lru_cache(maxsize=16)
def _card_key(path: str) -> CardKey:
    """Read the key of Outlook's cards, once for each process. Raises CannotDo for a key that cannot be used."""
    what = f"The key of Outlook's cards, the setting outlook_key_file = {path!r}, cannot be used"
    try:
        key = CardKey(Path(path).read_bytes())
        signed_card.signed("{}", "", key, "", (), 0)
    except OSError as error:
        raise CannotDo(f"{what}: {error.strerror}.") from error
    except ValueError as error:
        raise CannotDo(f"{what}: it is not an unencrypted RSA key in PEM form.") from error
    return key


@lru_cache(maxsize=16)
def _signer(stream: Stream) -> Signer:
    """Read a DKIM key, once for each process: a restart loads a changed key, while one that failed is read again for each message."""
    what = f"The DKIM key of {stream.dkim_domain}, the setting dkim_key_file = {stream.dkim_key_file!r}, cannot be used"
    try:
        signer = Signer(stream.dkim_domain, stream.dkim_selector, Path(stream.dkim_key_file).read_bytes())
        signer.sign(
            ["From: a@example.com"], b"", 0
        )  # fails here for a key that is none, so that the error names the file
    except OSError as error:
        raise CannotDo(f"{what}: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise CannotDo(f"{what}: it is not an unencrypted RSA key of 1024 bits or more in PEM form.") from error
    return signer
