"""Computes and stores leads: contacts as sales sees them, with reasons, always recomputable from their answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from server import jsontext
from server.contacts import contacts
from server.qualify import scoring, scoring_models
from server.qualify.scoring import BEHAVED, DAY_MS, STATED, Reason, Score, ScoredAnswer
from server.qualify.scoring_models import StoredModel
from server.store import Session, new_id, required

if TYPE_CHECKING:
    from server.store.queries.answers import AnswersRow
    from server.store.queries.leads import LeadsByContactRow

LOOKED_AT = ("explore", "explore_many")  # kinds of blocks whose answers are pages looked at
NEVER = 2**31  # a day that never comes, because a lead without points does not fade
USUAL = {"product": "", "floor": "", "source": STATED}  # of a reason, left out when it is stored


class PreviousStage(NamedTuple):
    """The stage of a lead before a change, and the pinned one; both '' without one."""

    stage: str = ""
    pinned: str = ""


class Scored(TypedDict):
    """The columns of a lead computed from its points."""

    product: str
    products: str
    product_names: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str
    reasons: str
    scored_on: int
    scored_by: str


class Standing(Scored):
    """The columns of a lead computed from its answers."""

    waiting: int
    people: int
    machines: int
    undecided: int
    answered_at: int


class Lead(TypedDict):
    """A lead as pages show it: its row with the contact's, the JSON parsed, and the name or address as `name`."""

    contact_id: str
    name: str
    address: str
    first_name: str
    last_name: str
    company: str
    language: str
    phone: str
    whatsapp: str
    product: str
    products: list[dict[str, Any]]
    product_names: str
    interest: int
    need: int
    urgency: int
    worth: int
    stage: str
    stage_was: str
    scored_stage: str
    scored_on: int
    scored_by: str
    pinned: str
    reasons: list[dict[str, Any]]
    waiting: int
    people: int
    machines: int
    undecided: int
    answered_at: int
    updated_at: int
    owner_id: str
    next_step: str
    next_on: str
    snoozed_until: str
    outcome: str
    outcome_reason: str
    outcome_at: int
    outcome_amount: int
    outcome_currency: str
    outcome_on: str
    by_hand: int
    tags: list[str]


class Moved(NamedTuple):
    """The stage now and before: '' for a new lead."""

    stage: str
    was: str

    @property
    def changed(self) -> bool:
        """True if the stage changed."""
        return self.stage != self.was


def qualify(
    tx: Session,
    contact_id: str,
    answers: Sequence[AnswersRow],
    now: int,
    by: StoredModel | None = None,
    previous: PreviousStage | None = None,
) -> Moved:
    """Compute and store the lead of one person, whose row the caller has locked; `answers` are all stored answers of theirs.

    `by` and `previous` save a query if the caller has them already.
    """
    by, previous = by or scoring_models.current(tx), previous or _previous(tx, contact_id)
    row = lead(answers, by, now)
    tx.leads.put(contact_id=contact_id, **row, now=now)
    moved = Moved(previous.pinned or row["stage"], previous.stage)
    if moved.changed:
        _tell(tx, contact_id, moved, now)
    return moved


def lead(answers: Sequence[AnswersRow], by: StoredModel, now: int) -> Standing:
    """Compute the lead of one person's answers as of now, as it is stored."""
    confirmed = [answer for answer in answers if answer["state"] == "confirmed"]
    score = scoring.score([said for answer in confirmed for said in _said(answer)], by.table, now // DAY_MS)
    states = [answer["state"] for answer in answers]
    return {
        **_stored(score, by, now),
        "waiting": states.count("provisional"),
        "people": len(confirmed),
        "machines": states.count("machine"),
        "undecided": states.count("undecided"),
        "answered_at": max([answer["answered_at"] for answer in answers]),
    }


def rescore(tx: Session, contact_id: str, by: StoredModel, now: int) -> Moved | None:
    """Compute the same answers on another day, or by another table. Locks the person; None without a lead."""
    tx.contacts.lock(id=contact_id)
    row = tx.leads.by_contact(contact_id=contact_id)
    if row is None:
        return None
    score = scoring.again(reasons(row["reasons"]), by.table, now // DAY_MS)
    told = required(tx.leads.rescore(contact_id=contact_id, **_stored(score, by, now), now=now))
    moved = Moved(told["stage"], told["stage_was"])
    if moved.changed:
        _tell(tx, contact_id, moved, now)
    return moved


def by_contact(tx: Session, contact_id: str) -> Lead | None:
    """Return the lead of a contact; None without one."""
    row = tx.leads.by_contact(contact_id=contact_id)
    return read(row) if row else None


def read(row: LeadsByContactRow) -> Lead:
    """Parse the JSON of a row and add the person's name."""
    name = contacts.full_name(row)
    return {
        **row,
        "reasons": [reason._asdict() for reason in reasons(row["reasons"])],
        "products": jsontext.loads(row["products"]),
        "tags": [tag for tag in row["tags"].split(",") if tag],
        "name": name or row["address"],
    }


def reasons(stored: str) -> list[Reason]:
    """Parse the stored reasons of a lead."""
    return [Reason(**{"given": each["points"], **each}) for each in jsontext.loads(stored)]


def _stored(score: Score, by: StoredModel, now: int) -> Scored:
    names = "".join(f"{row.product}," for row in score.products if row.product)
    return {
        "product": score.product,
        "products": jsontext.dumps([row._asdict() for row in score.products]),
        "product_names": f",{names}",
        "interest": score.interest,
        "need": score.need,
        "urgency": score.urgency,
        "worth": score.worth,
        "stage": score.stage,
        "reasons": jsontext.dumps([_short(reason) for reason in score.reasons]),
        "scored_on": now // DAY_MS if score.reasons else NEVER,
        "scored_by": by.id,
    }


def _short(reason: Reason) -> dict[str, Any]:
    return {name: value for name, value in reason._asdict().items() if USUAL.get(name) != value}


def _said(answer: AnswersRow) -> Iterable[ScoredAnswer]:
    email, block, question, at = answer["email"], answer["block"], answer["question"], answer["answered_at"]
    source = BEHAVED if answer["kind"] in LOOKED_AT else STATED
    for option in jsontext.loads(answer["points"]):
        points, product = (option["interest"], option["need"], option["urgency"]), option.get("product", "")
        yield ScoredAnswer(
            email, block, question, option["label"], *points, at, product, option.get("floor", ""), source
        )


def _previous(tx: Session, contact_id: str) -> PreviousStage:
    row = tx.leads.standing(contact_id=contact_id)
    return PreviousStage(**row) if row else PreviousStage()


def _tell(tx: Session, contact_id: str, moved: Moved, now: int) -> None:
    tx.activities.add(
        contact_id=contact_id, id=new_id(now), kind="stage", text=moved.stage, was=moved.was, by_whom="", now=now
    )
