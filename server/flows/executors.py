"""Carries out effects inside Acto: tasks, alerts, mails, tags, stages, owners.

Each runs in the transaction that marks it done and makes rows with ids derived from its own, so that a retry after a crash does
it once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from builder import blocks
from builder.catalog import EmailSource
from server import email_versions, jsontext, notices, tasks
from server.accounts import users
from server.contacts import tags
from server.flows import flow_store, model, planning, table, team, undoing, words
from server.flows.outcomes import Done, EffectOutcome, Stopped
from server.flows.words import ReadEffect
from server.notices import letterhead, notice_templates
from server.push import queue
from server.qualify.leads import Moved
from server.reasons import reason
from server.sales import decisive, work
from server.sending import outbox, send
from server.settings import Settings
from server.store import Session, first_id

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.effects import EffectsRow

BY_FLOW = undoing.BY_FLOW


class Doing(NamedTuple):
    """One effect being carried out. `source` is the email it sends, checked before."""

    tx: Session
    settings: Settings
    effect: EffectsRow
    read: ReadEffect
    contact: ContactsRow
    now: int
    source: EmailSource | None = None

    @property
    def by_whom(self) -> str:
        """The name of the flow, for the history."""
        return BY_FLOW.format(flow=self.effect["flow"])

    @property
    def owner(self) -> str:
        """The address of the lead's owner; '' without one."""
        lead = self.tx.leads.by_contact(contact_id=self.contact["id"])
        owner = self.tx.users.by_id(id=lead["owner_id"]) if lead else None
        return owner["email"] if owner else ""

    @property
    def details(self) -> Mapping[str, Any]:
        """The fields of the effect in the flow."""
        return self.read["details"]


def carry(tx: Session, settings: Settings, effect: EffectsRow, source: EmailSource | None, now: int) -> EffectOutcome:
    """Carry out one effect and return its outcome. Raises CannotDo for a setting or email that must be corrected first."""
    contact = tx.contacts.by_id(id=effect["contact_id"])
    if contact is None:
        return Stopped(reason("no_contact"))
    if effect["corrects"]:
        return undoing.undo(tx, settings, effect, contact, now)
    if stopped := refused(tx, effect, contact):
        return stopped
    doing = Doing(tx, settings, effect, words.read(effect), contact, now, source)
    try:
        return DO[effect["kind"]](doing)
    except LookupError:
        return Stopped(reason("no_lead"))


def refused(tx: Session, effect: EffectsRow, contact: ContactsRow | None) -> Stopped | None:
    """Return why an effect is not carried out when due: its flow is off, or its `unless` has happened. None otherwise."""
    if effect["flow"] and not effect["by_hand"]:
        flow = flow_store.by_name(tx, effect["flow"])
        if flow is None or not flow.on:
            return Stopped(reason("flow_off"))
    unless = jsontext.loads(effect["details"]).get("unless")
    if unless and contact and _has_happened(tx, unless, effect, contact):
        return Stopped(reason("unless", unless))
    return None


def _has_happened(tx: Session, unless: str, effect: EffectsRow, contact: ContactsRow) -> bool:
    """Return whether the event of `unless` has happened. A booking or an answer counts only since the cause."""
    word, *rest = model.unless(unless) or ("",)
    contact_id = contact["id"]
    if word == "tagged":
        lead = tx.leads.by_contact(contact_id=contact_id)
        return lead is not None and rest[0] in lead["tags"].split(",")
    if word == "stage":
        lead = tx.leads.by_contact(contact_id=contact_id)
        return lead is not None and lead["stage"] == rest[0]
    if word == "unsubscribed":
        return bool(tx.suppressions.of_address(address_key=contact["email_key"]))
    since = effect["answered_at"] or effect["created_at"]
    rows = [row for row in tx.answers.of_contact(contact_id=contact_id) if row["answered_at"] >= since]
    people = [row for row in rows if row["state"] in ("provisional", "confirmed")]
    if word == "booked":
        if any(
            row["state"] == "booked" and row["updated_at"] >= since
            for row in tx.bookings.of_contact(contact_id=contact_id)
        ):
            return True
        return any(blocks.declaration(row["kind"]).books for row in people)
    return any(
        row["block"] == rest[0] and (len(rest) == 1 or rest[1] in jsontext.loads(row["value"])) for row in people
    )


def _task(doing: Doing) -> EffectOutcome:
    effect, details = doing.effect, doing.details
    owner = details.get("owner", "")
    language = team.language(doing.tx, doing.owner if owner in ("", table.OWNER) else owner)
    wait = model.wait_ms(details.get("due") or "") or tasks.rows.DUE_MS
    tasks.add(
        doing.tx,
        effect["id"],
        doing.contact["id"],
        words.fill(details["title"], words.values(doing.read, doing.contact, language)),
        doing.owner if owner == table.OWNER else owner,
        doing.now + wait,
        doing.by_whom,
        doing.now,
        note=words.happened(doing.read, doing.contact, language),
        flow=effect["flow"],
    )
    return Done(effect["id"])


def _alert(doing: Doing) -> EffectOutcome:
    to = {doing.owner if each == table.OWNER else each for each in doing.details["to"]} - {""}
    if not to:
        return Stopped(reason("no_owner"))
    facts = decisive.of_contact(doing.tx, doing.contact["id"], doing.now)
    for address in sorted(to):
        language = team.language(doing.tx, address)
        values = words.values(doing.read, doing.contact, language)
        headline = decisive.headline(facts, language)
        said = notice_templates.render(
            "alert",
            language,
            **values,
            happened=words.happened(doing.read, doing.contact, language),
            words=words.fill(doing.details.get("text") or "", values),
            headline=headline,
            letterhead=letterhead.of(doing.tx, doing.settings),
            url=team.lead_url(doing.settings, doing.contact["id"]),
            **words.numbers(doing.contact),
        )
        name = f"{doing.effect['id']}-{team.short(address)}"
        notices.enqueue(doing.tx, name, address, *said, doing.now, about=doing.contact["id"])
        _push(doing, address)
    return Done(", ".join(sorted(to)))


def _push(doing: Doing, address: str) -> None:
    """Queue the alert to the devices of its reader too; an alert of a hot lead is the notice that everybody gets of it."""
    effect, user = doing.effect, doing.tx.users.by_email(email=address.lower())
    is_hot = effect["happened"] == "stage" and effect["block"] == queue.HOT
    if user and user["active"]:
        queue.enqueue(doing.tx, doing.contact["id"], queue.HOT if is_hot else effect["id"], [user["id"]], doing.now)


def _email(doing: Doing) -> EffectOutcome:
    """Queue the email like any other, so that the gate decides whether and when it leaves."""
    source = doing.source
    assert source, "the email was looked up before"  # noqa: S101
    send.bookable(doing.tx, source)
    message_id = first_id(doing.effect["created_at"])[:10] + team.short(doing.effect["id"])
    email_versions.save(doing.tx, source, doing.now)
    intent = send.intent(source, doing.contact, doing.details.get("data") or {}, message_id)
    outbox.enqueue(doing.tx, intent, doing.now)
    return Done(message_id)


def _tag(doing: Doing) -> EffectOutcome:
    tag = doing.details["tag"]
    tags.change(doing.tx, doing.contact["id"], tag, doing.by_whom, doing.now)
    return Done(tag)


def _stage(doing: Doing) -> EffectOutcome:
    """Pin the stage over the points and plan the flows that wait for it, with the chain that led here."""
    tx, contact_id, stage = doing.tx, doing.contact["id"], doing.details["stage"]
    was = tx.leads.by_contact(contact_id=contact_id)
    work.pin(tx, contact_id, stage, doing.by_whom, doing.now)
    moved, chain = Moved(stage, was["stage"] if was else ""), tuple(jsontext.loads(doing.effect["chain"]))
    queue.follow(tx, contact_id, moved, doing.now)
    planning.moved(tx, tx.flows.stamp() or "", contact_id, moved, doing.effect["created_at"], doing.now, chain)
    return Done(stage)


def _owner(doing: Doing) -> EffectOutcome:
    """Assign the next of the listed team members who are active, unless the lead has an owner."""
    tx, effect = doing.tx, doing.effect
    if doing.owner:
        return Done(doing.owner)
    team = {row["email"]: row["id"] for row in users.active(tx)}
    among = [each for each in doing.details["among"] if each in team]
    if not among:
        return Stopped(reason("nobody"))
    last = tx.effects.last_turn(flow=effect["flow"], place=effect["place"])
    chosen = among[(among.index(last) + 1) % len(among)] if last in among else among[0]
    tx.effects.set_turn(flow=effect["flow"], place=effect["place"], last=chosen)
    work.assign(tx, doing.contact["id"], team[chosen], doing.by_whom, doing.now)
    return Done(chosen)


DO: Mapping[str, Callable[[Doing], EffectOutcome]] = {
    "task": _task,
    "alert": _alert,
    "email": _email,
    "booking": _email,
    "tag": _tag,
    "stage": _stage,
    "owner": _owner,
}
