"""Builds the variables that a template can use in one message, with the person's signed links: one signature for each block."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from builder import brand as brands
from builder import offers
from builder.blocks import Block
from builder.dkim import Signer
from builder.eligibility import carried
from builder.formats import mailto
from builder.formats.personalised_block import personalised
from builder.formats.signed_card import CardKey
from builder.mime import Address
from builder.personalise import LANGUAGE
from builder.tokens import Keyring, Purpose

Context = dict[str, Any]


class OwnFields(dict[str, str]):
    """The team's own fields of a person, read as `person.fields.job_title`; empty for a person without the field."""

    def __missing__(self, name: str) -> str:
        return ""


PATHS: dict[Purpose, str] = {"answer": "a", "unsubscribe": "u"}
IMAGES_PATH = "i"  # images of the library
AMP_PATH, STATE_PATH = "amp", "s"  # AMP posts answers to one, formats read a block's state from the other


@dataclass(frozen=True)
class Sender:
    """The sender of a mail on one stream. `base_url` has no slash at its end; `domain` ends the Message-ID.

    `amp` and `gmail` say whether the vendor has registered this sender, `originator` is Outlook's provider id, `reply_domain` is
    the domain that receives answers by mail.
    """

    address: Address
    postal_address: str
    base_url: str
    domain: str
    keyring: Keyring
    signer: Signer | None = None
    amp: bool = False
    gmail: bool = False
    originator: str = ""
    card_key: CardKey | None = None
    reply_domain: str = ""


@dataclass(frozen=True)
class Recipient:
    """The person a message is for. A template sees `person`, `data` and `known` under those names: plain values only.

    `known` are the person's answers so far, by block; `recipients` is the number of people in this send, `age_days` the number of
    days since it was decided.
    """

    contact_id: str
    message_id: str
    address: Address
    person: Mapping[str, Any]
    data: Mapping[str, Any]
    known: Mapping[str, Any] = field(default_factory=dict)
    recipients: int = 1
    age_days: int = 0


def of(
    blocks: Mapping[str, Block],
    language: str,
    sender: Sender,
    recipient: Recipient,
    now: int,
    brand: Mapping[str, Any] | None = None,
) -> Context:
    """Build every variable of a message's templates; `now` in milliseconds UTC, `brand` that of the email's version."""
    tokens = {name: sender.keyring.sign("answer", *_ids(recipient), name, now // 1000) for name in blocks}
    base = about(recipient.person, recipient.data, recipient.known)
    asked = {name: offers.is_asked(block, base) for name, block in blocks.items()}
    options = {
        name: _offered(block, recipient.data, now) if asked[name] else []
        for name, block in blocks.items()
        if block.slots
    }
    return {
        **base,
        "sender": {"name": sender.address.name, "email": sender.address.email, "postal_address": sender.postal_address},
        "brand": brand or brands.of({}, language),
        "acto": {
            "links": _urls(sender, PATHS["answer"], tokens),
            "unsubscribe_url": _unsubscribe_url(sender, recipient, now),
            "language": language,
            "images": f"{sender.base_url}/{IMAGES_PATH}",
            "shows": {name: asked[name] and _has_times(block, options.get(name)) for name, block in blocks.items()},
            "options": options,
            "tokens": tokens,
            "mailto": {},
            "head": "",  # data for mail clients, in the html part's head and at the start of its body
            "body": "",
        },
    }


def about(
    person: Mapping[str, Any], data: Mapping[str, Any], known: Mapping[str, Any] | None = None, language: str = ""
) -> Context:
    """Build the variables of a question or a condition, also outside a message. `language` decides how numbers and dates are written."""
    return {"person": person, "data": data, "known": known or {}, **({LANGUAGE: language} if language else {})}


def for_amp(context: Context, sender: Sender, recipient: Recipient, now: int) -> Context:
    """Add the addresses of the AMP part's forms and lists to a context.

    Their tokens have a purpose of their own and are in no other part, so that a link of the html gives no access to them.
    """
    acto = context["acto"]
    tokens = {name: sender.keyring.sign("amp", *_ids(recipient), name, now // 1000) for name in acto["tokens"]}
    urls = {"amp": _urls(sender, AMP_PATH, tokens), "state": _urls(sender, STATE_PATH, tokens)}
    return {**context, "acto": {**acto, **urls}}


def reply_links(blocks: Mapping[str, Block], context: Context, sender: Sender, recipient: Recipient) -> dict[str, str]:
    """Build the mailto URL of each block that can be answered by mail, by the block's name."""
    return {
        name: mailto.link(personalised(block, context), reply_address(sender, recipient, place))
        for place, (name, block) in enumerate(blocks.items())
        if block.kind in carried("mailto")
    }


def reply_address(sender: Sender, recipient: Recipient, place: int) -> str:
    """Build the signed address that takes answers by mail to the block at this place of the email, counted from 0."""
    return f"r+{sender.keyring.sign_reply(recipient.message_id, place)}@{sender.reply_domain}"


def _has_times(block: Block, offered: list[dict[str, str]] | None) -> bool:
    """False for a block with a condition and a calendar while there is no free time: it is not asked."""
    return bool(offered) or not (block.when and block.calendar)


def _offered(block: Block, data: Mapping[str, Any], now: int) -> list[dict[str, str]]:
    """The times still to come when the message is written."""
    starts = offers.starts(block, data)
    found = [option for option in offers.offered(block, data) if starts[option.value] > now]
    return [{"value": option.value, "label": option.label} for option in found]


def _urls(sender: Sender, path: str, tokens: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{sender.base_url}/{path}/{token}" for name, token in tokens.items()}


def _unsubscribe_url(sender: Sender, recipient: Recipient, now: int) -> str:
    token = sender.keyring.sign("unsubscribe", *_ids(recipient), "", now // 1000)
    return f"{sender.base_url}/{PATHS['unsubscribe']}/{token}"


def _ids(recipient: Recipient) -> tuple[str, str]:
    return recipient.contact_id, recipient.message_id
