"""Lists a webhook's calls with their state and attempts, without their bodies, which only the webhook's page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server import jsontext, reasons
from server.flows import webhook_call
from server.flows.webhook_call import CORRECTED, TYPES
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem
from server.web.api.schema import (
    PAGING,
    array,
    closed_object,
    integer,
    iso,
    iso_or_none,
    moment,
    one_of,
    or_null,
    page_of,
    string,
)

if TYPE_CHECKING:
    from server.store.queries.effects import EffectsRecentRow

STATES = ("planned", "doing", "done", "failed", "stopped", "gone")
BEFORE_ALL = (2**53, "")  # the start of a list with the newest first
TRY = closed_object(
    {
        "at": moment("When the attempt was made."),
        "status": integer("The HTTP status of the response; 0 without a response."),
        "ms": integer("The duration in milliseconds."),
        "said": string("The beginning of the response, or the reason why there was none."),
    }
)
CALL = closed_object(
    {
        "id": string("The call's id, sent to the receiver as `webhook-id`."),
        "type": one_of("The type of the event it reports.", *dict.fromkeys((*TYPES.values(), *CORRECTED.values()))),
        "flow": string("The flow that made the call; empty for a test."),
        "contact_id": string("The contact it is about; empty for a test."),
        "state": one_of("The state.", *STATES),
        "reason": string("The reason why it waits, failed or was stopped, in a sentence; empty for none."),
        "tries": array(TRY, "The last twelve attempts, oldest first."),
        "created_at": moment("When the call was planned."),
        "next_try_at": or_null(moment("When the next attempt is due; null for none.")),
        "done_at": or_null(moment("When the receiver accepted it; null before that.")),
    }
)


def as_json(row: EffectsRecentRow) -> ApiReply:
    """Return a call as the API shows it."""
    tries = [{**each, "at": iso(each["at"])} for each in jsontext.loads(row["tries"])]
    waits = row["state"] == "planned"
    return {
        "id": row["id"],
        "flow": row["flow"],
        "contact_id": row["contact_id"],
        "state": row["state"],
        "type": webhook_call.type_of(row["happened"], jsontext.loads(row["cause"])),
        "reason": reasons.sentence(row["reason"]),
        "tries": tries,
        "created_at": iso(row["created_at"]),
        "next_try_at": iso(row["next_attempt_at"]) if waits else None,
        "done_at": iso_or_none(row["done_at"]),
    }


def index(tx: Session, call: Call) -> ApiReply:
    """List a webhook's calls, newest first, after the cursor. Raises Problem."""
    name, limit = call.path["name"], call.query["limit"]
    if tx.endpoints.by_name(name=name) is None:
        raise ApiProblem("not_found", "There is no webhook with this name.")
    before_at, before_id = cursors.after(call, BEFORE_ALL)
    asked = {"flow": "", "state": call.query.get("state", ""), "endpoint": name}
    rows = tx.effects.recent(**asked, before_at=before_at, before_id=before_id, limit=limit + 1)
    return cursors.page(rows, limit, lambda row: (row["created_at"], row["id"]), as_json)


ENDPOINTS = (
    Endpoint(
        name="list_webhook_calls",
        method="GET",
        path="/webhooks/{name}/calls",
        scope="webhooks:manage",
        title="List the calls of a webhook, newest first",
        does=index,
        reply=page_of(CALL),
        query={"state": one_of("Only calls in this state.", *STATES), **PAGING},
    ),
)
