"""Starts an email to many people, lists campaigns, and pauses, resumes or stops them, by the functions of the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from builder.problems import BrokenTemplate
from server import jsontext, reasons
from server.campaigns import plans, steps
from server.campaigns.plans import Plan
from server.campaigns.steps import Ready
from server.errors import CannotDo
from server.sending.outbox import STATES
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem
from server.web.api.schema import (
    PAGING,
    closed_object,
    id_,
    integer,
    iso,
    iso_or_none,
    line,
    moment,
    object_,
    one_of,
    or_null,
    page_of,
    string,
)

if TYPE_CHECKING:
    from server.store.queries.campaigns import CampaignsRow

NEWEST = 9_000_000_000_000_000  # ms, after every campaign
LOCAL = "A local time, such as 2026-12-01T09:00; empty for none."
COUNTS: dict[str, dict[str, Any]] = {str(state): integer(f"Messages that are {state}.") for state in STATES}
CAMPAIGN = closed_object(
    {
        "id": id_("The campaign's id."),
        "name": string("The name for the team; empty for the title of the email."),
        "email": string("The email (template)."),
        "state": one_of("The state.", *steps.NOT_NOW),
        "reason": string("The reason why it stands still, in a sentence; empty for none."),
        "people": integer("The number of people, as counted at the start."),
        "counts": closed_object(COUNTS),
        "starts_at": or_null(moment("When the first message may leave; null for a draft.")),
        "deadline_at": or_null(moment("When messages that have not left are dropped; null for never.")),
        "finished_at": or_null(moment("When it ended; null before that.")),
        "created_at": moment("When it was planned."),
    }
)
INPUT = object_(
    {
        "name": line("A name for the team; empty for the title of the email.", plans.NAME_MOST),
        "email": line("The email: its name.", 100, 1),
        "audience": {
            "type": "object",
            "description": 'The people: {"everybody": true}, {"segment": segment id}, {"rule": a rule as of segments}, '
            '{"unanswered": campaign id}, or {"failed": campaign id}.',
        },
        "subject": {"type": "object", "description": 'Another subject, by language: {"es": …, "en": …}.'},
        "timing": one_of("When it leaves: now, at a time, or at that time of each person's clock.", *plans.TIMINGS),
        "starts_on": line(LOCAL, 16),
        "deadline_on": line(LOCAL, 16),
        "time_zone": line("The time zone of the local times, such as America/Bogota.", 64),
        "data": {"type": "object", "description": "Values for the template besides the contact."},
    },
    *("email", "audience"),
)


def as_json(row: CampaignsRow) -> ApiReply:
    """Return a campaign as the API shows it."""
    counts: dict[str, int] = jsontext.loads(row["counts"])
    return {
        "id": row["id"],
        "name": row["name"],
        "email": row["email"],
        "state": row["state"],
        "reason": reasons.sentence(row["reason"]),
        "people": row["people"],
        "counts": {state: counts.get(state, 0) for state in STATES},
        "starts_at": iso_or_none(row["starts_at"]),
        "deadline_at": iso_or_none(row["deadline_at"]),
        "finished_at": iso_or_none(row["finished_at"]),
        "created_at": iso(row["created_at"]),
    }


def index(tx: Session, call: Call) -> ApiReply:
    """List campaigns, newest first, after the cursor."""
    limit = call.query["limit"]
    before, before_id = cursors.after(call, (NEWEST, "~"))
    rows = tx.campaigns.before(created_at=before, id=before_id, limit=limit + 1)
    return cursors.page(rows, limit, lambda row: (row["created_at"], row["id"]), as_json)


def get(tx: Session, call: Call) -> ApiReply:
    """Return a campaign. Raises ApiProblem."""
    return as_json(_row(tx, call))


def start(tx: Session, call: Call) -> ApiReply:
    """Start a campaign whose plan was checked before."""
    ready: Ready = call.prepared
    by_whom = f"API: {call.key.name}"
    try:
        campaign_id = plans.add(tx, ready.plan, by_whom, call.now)
        return as_json(steps.begin(tx, call.state.settings, campaign_id, ready, by_whom, call.now, others=True))
    except CannotDo as error:
        raise ApiProblem("conflict", str(error)) from error


def _checked(call: Call) -> Ready:
    """Check the plan before the transaction, because lint is slow. Raises ApiProblem."""
    given, settings = call.body, call.state.settings
    plan = Plan(
        email=given["email"],
        audience=given["audience"],
        subject={name: str(text) for name, text in given.get("subject", {}).items()},
        timing=given.get("timing", "now"),
        starts_on=given.get("starts_on", ""),
        time_zone=given.get("time_zone") or settings.default_time_zone,
        deadline_on=given.get("deadline_on", ""),
        data=given.get("data", {}),
        name=given.get("name", ""),
    )
    try:
        return steps.check(call.state.store, settings, plan, "en", call.now)
    except (CannotDo, BrokenTemplate) as error:
        raise ApiProblem("conflict", str(error)) from error


def _step(take: Callable[[Session, str, int], CampaignsRow]) -> Callable[[Session, Call], ApiReply]:
    def act(tx: Session, call: Call) -> ApiReply:
        row = _row(tx, call)
        try:
            return as_json(take(tx, row["id"], call.now))
        except CannotDo as error:
            raise ApiProblem("conflict", str(error)) from error

    return act


def _row(tx: Session, call: Call) -> CampaignsRow:
    row = tx.campaigns.by_id(id=call.path["campaign_id"])
    if row is None:
        raise ApiProblem("not_found", "There is no campaign with this id.")
    return row


def _acting(name: str, word: str, title: str, take: Callable[[Session, str, int], CampaignsRow]) -> Endpoint:
    return Endpoint(
        name=name,
        method="POST",
        path=f"/campaigns/{{campaign_id}}/{word}",
        scope="messages:send",
        title=title,
        does=_step(take),
        reply=CAMPAIGN,
        problems=("conflict",),
    )


ENDPOINTS = (
    Endpoint(
        name="list_campaigns",
        method="GET",
        path="/campaigns",
        scope="messages:read",
        title="List campaigns, newest first",
        does=index,
        reply=page_of(CAMPAIGN),
        query=PAGING,
    ),
    Endpoint(
        name="start_campaign",
        method="POST",
        path="/campaigns",
        scope="messages:send",
        title="Send an email to many people",
        help="The first message leaves after the minute in which a person can take it back. Above `approval_above` recipients its "
        "state is `approval` until a member of the team approves it.",
        does=start,
        prepare=_checked,
        reply=CAMPAIGN,
        body=INPUT,
        example={"email": "diagnosis", "audience": {"everybody": True}},
        status=202,
        problems=("conflict",),
    ),
    Endpoint(
        name="get_campaign",
        method="GET",
        path="/campaigns/{campaign_id}",
        scope="messages:read",
        title="Get a campaign and its progress",
        does=get,
        reply=CAMPAIGN,
    ),
    _acting("pause_campaign", "pause", "Pause a campaign", steps.pause),
    _acting("resume_campaign", "resume", "Resume a paused campaign", steps.resume),
    _acting("stop_campaign", "stop", "Stop a campaign for good", steps.stop),
    _acting("take_campaign_back", "take_back", "Take a campaign back before anything has left", steps.take_back),
)
