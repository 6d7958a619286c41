"""Takes back the effects inside Acto, in the transaction that marks the correction done, so that a crash leaves no half state.

Work of people stays: a task that somebody finished, a tag or a stage that somebody set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from server import notices
from server.contacts import tags
from server.flows import corrections, planning, team, words
from server.flows.outcomes import Done, EffectGone, EffectOutcome, Retry
from server.flows.words import ReadEffect
from server.notices import letterhead, notice_templates
from server.qualify.leads import Moved
from server.reasons import reason
from server.sales import decisive, work
from server.settings import Settings
from server.store import Session

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow
    from server.store.queries.effects import EffectsRow

SHORTLY_MS = 5_000
BY_FLOW = "flow {flow}"


class Undoing(NamedTuple):
    """A correction with its cause read, and the effect that it takes back."""

    tx: Session
    settings: Settings
    effect: EffectsRow
    read: ReadEffect
    original: EffectsRow
    contact: ContactsRow
    now: int

    @property
    def by_whom(self) -> str:
        return BY_FLOW.format(flow=self.effect["flow"])

    def given_by_person(self, kind: str, text: str) -> bool:
        """Return whether a team member, and no flow, was the last to set this tag or stage."""
        last = self.tx.activities.last_said(contact_id=self.contact["id"], kind=kind, text=text)
        return last is None or not last["by_whom"].startswith("flow ")

    def given_by_others(self) -> bool:
        """Return whether another effect that counts set the same."""
        return any(
            row["kind"] == self.original["kind"]
            and row["counts"]
            and row["state"] == "done"
            and row["result"] == self.original["result"]
            for row in self.tx.effects.of_contact(contact_id=self.contact["id"])
        )


def undo(tx: Session, settings: Settings, effect: EffectsRow, contact: ContactsRow, now: int) -> EffectOutcome:
    """Carry out a correction; Gone when its effect never happened."""
    original = tx.effects.by_key(contact_id=effect["contact_id"], id=effect["corrects"])
    if original is None or not corrections.happened(original):
        return EffectGone(reason("nothing_to_correct"))
    return UNDO[original["kind"]](Undoing(tx, settings, effect, words.read(effect), original, contact, now))


def _task(undoing: Undoing) -> EffectOutcome:
    key = {"contact_id": undoing.contact["id"], "id": undoing.original["result"]}
    undoing.tx.tasks.withdraw(**key, reason=words.withdrawal(undoing.read["cause"]), now=undoing.now)
    return Done()


def _alert(undoing: Undoing) -> EffectOutcome:
    """Send a correction to the recipients of the alert; an alert that has not left is withdrawn instead."""
    for address in undoing.original["result"].split(", "):
        short = team.short(address)
        if not undoing.tx.notices.withdraw(id=f"{undoing.original['id']}-{short}"):
            _tell(undoing, address, f"{undoing.effect['id']}-{short}")
    return Done(undoing.original["result"])


def _tell(undoing: Undoing, address: str, name: str) -> None:
    tx, language = undoing.tx, team.language(undoing.tx, address)
    written = notice_templates.render(
        "alert_corrected",
        language,
        **words.values(undoing.read, undoing.contact, language),
        happened=words.happened(undoing.read, undoing.contact, language),
        letterhead=letterhead.of(tx, undoing.settings),
        headline=decisive.headline(decisive.of_contact(tx, undoing.contact["id"], undoing.now), language),
        url=team.lead_url(undoing.settings, undoing.contact["id"]),
        **words.numbers(undoing.contact),
    )
    notices.enqueue(tx, name, address, *written, undoing.now, about=undoing.contact["id"])


def _email(undoing: Undoing) -> EffectOutcome:
    """Withdraw the queued email. One that is being sent may come back to the queue, so it is checked again later."""
    key = {"contact_id": undoing.contact["id"], "id": undoing.original["result"]}
    if undoing.tx.messages.withdraw(**key, reason="answer_gone"):
        return Done("withdrawn")
    message = undoing.tx.messages.by_id(**key)
    if message and message["state"] == "attempting":
        return Retry(reason("being_sent"), SHORTLY_MS)
    return Done()


def _tag(undoing: Undoing) -> EffectOutcome:
    tag = undoing.original["result"]
    if not undoing.given_by_person("tagged", tag) and not undoing.given_by_others():
        tags.change(undoing.tx, undoing.contact["id"], tag, undoing.by_whom, undoing.now, remove=True)
    return Done(tag)


def _stage(undoing: Undoing) -> EffectOutcome:
    """Unpin the stage so that the points decide again, and take back the effects of the stage that is left."""
    tx, contact_id, stage = undoing.tx, undoing.contact["id"], undoing.original["result"]
    lead = tx.leads.lock(contact_id=contact_id)
    if lead is None or lead["pinned"] != stage:
        return Done()
    if not undoing.given_by_person("pinned", stage) and not undoing.given_by_others():
        work.pin(tx, contact_id, "", undoing.by_whom, undoing.now)
        if lead["scored_stage"] != stage:
            planning.left(tx, contact_id, Moved(lead["scored_stage"], stage), undoing.now)
    return Done(stage)


UNDO: Mapping[str, Callable[[Undoing], EffectOutcome]] = {
    "task": _task,
    "alert": _alert,
    "email": _email,
    "booking": _email,
    "tag": _tag,
    "stage": _stage,
}
