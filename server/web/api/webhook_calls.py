"""What became of a webhook's calls: each with its tries. What was said of whom stands on the webhook's page, not here."""

from __future__ import annotations

from server import jsontext
from server.flows import reasons
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import Call, Endpoint, Row
from server.web.api.problems import Problem
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
from server.webhooks import calling
from server.webhooks.calling import CORRECTED, TYPES

STATES = ("planned", "doing", "done", "failed", "stopped", "gone")
BEFORE_ALL = (2**53, "")  # newest first
TRY = closed_object(
    {
        "at": moment("When."),
        "status": integer("What was answered; 0 when nobody answered."),
        "ms": integer("How long it took, in milliseconds."),
        "said": string("The beginning of the answer, or why there was none."),
    }
)
CALL = closed_object(
    {
        "id": string("The id; a receiver knows it as `webhook-id`."),
        "type": one_of("What it told.", *dict.fromkeys((*TYPES.values(), *CORRECTED.values()))),
        "flow": string("The flow that called; empty for a test."),
        "contact_id": string("Whom it was about; empty for a test."),
        "state": one_of("Where it stands.", *STATES),
        "reason": string("Why it waits, failed or was stopped, in a sentence; empty where there is nothing to say."),
        "tries": array(TRY, "The last twelve, oldest first."),
        "created_at": moment("When it was planned."),
        "next_try_at": or_null(moment("When it is tried next; null when it is not.")),
        "done_at": or_null(moment("When it was received.")),
    }
)


def as_json(row: Row) -> Row:
    tries = [{**each, "at": iso(each["at"])} for each in jsontext.loads(row["tries"])]
    waits = row["state"] == "planned"
    return {
        **{name: row[name] for name in ("id", "flow", "contact_id", "state")},
        "type": calling.type_of(row["happened"], jsontext.loads(row["cause"])),
        "reason": reasons.sentence(row["reason"]),
        "tries": tries,
        "created_at": iso(row["created_at"]),
        "next_try_at": iso(row["next_attempt_at"]) if waits else None,
        "done_at": iso_or_none(row["done_at"]),
    }


def index(tx: Session, call: Call) -> Row:
    name, limit = call.path["name"], call.query["limit"]
    if tx.endpoints.by_name(name=name) is None:
        raise Problem("not_found", "There is no webhook of this name.")
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
        title="List a webhook's calls, newest first",
        does=index,
        reply=page_of(CALL),
        query={"state": one_of("Those that stand so.", *STATES), **PAGING},
    ),
)
