"""Lists, returns and saves segments, counts their people and lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.errors import CannotDo
from server.segments import model, names, people, saved, words
from server.store import Session
from server.web.api import contact_fields, cursors
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem
from server.web.api.schema import (
    PAGING,
    boolean,
    closed_object,
    id_,
    integer,
    iso,
    line,
    moment,
    object_,
    page_of,
    string,
)

if TYPE_CHECKING:
    from server.store.queries.segments import SegmentsRow

RULE: dict[str, Any] = {"type": "object", "description": "The rule; docs/segments.md lists the conditions."}
SEGMENT = closed_object(
    {
        "id": id_("The segment's id."),
        "name": string("Its name."),
        "rule": RULE,
        "sentence": string("The rule in words (English)."),
        "archived": boolean("Whether pages no longer offer it."),
        "created_at": moment("When it was saved first."),
        "updated_at": moment("When it last changed."),
    }
)
FIELDS = {"name": line("The name, unlike that of every other segment.", saved.NAME_MOST, 1), "rule": RULE}
INPUT = object_(FIELDS, "name", "rule")
CHANGES = object_({**FIELDS, "archived": boolean("Whether pages no longer offer it.")})
COUNT = closed_object(
    {
        "people": integer(f"The number of contacts, {model.COUNT_MOST} at most."),
        "exact": boolean("False if there are more."),
    }
)


def index(tx: Session, call: Call) -> ApiReply:
    """List the segments that are not archived, by name, after the cursor."""
    limit, (after,) = call.query["limit"], cursors.after(call, ("",))
    rows = tx.segments.listed(archived=0, after=after, limit=limit + 1)
    return cursors.page(rows, limit, lambda row: (row["name_key"],), lambda row: _json(tx, row))


def get(tx: Session, call: Call) -> ApiReply:
    """Return a segment. Raises ApiProblem."""
    return _json(tx, _row(tx, call))


def create(tx: Session, call: Call) -> ApiReply:
    """Save a segment. Raises ApiProblem."""
    try:
        return _json(tx, saved.add(tx, call.body["name"], call.body["rule"], call.by_whom, call.now))
    except CannotDo as error:
        raise ApiProblem("conflict", str(error)) from error


def change(tx: Session, call: Call) -> ApiReply:
    """Change name, rule or archiving; a field left out keeps its value. Raises ApiProblem."""
    row, given = _row(tx, call), call.body
    try:
        if {"name", "rule"} & given.keys():
            name, rule = given.get("name", row["name"]), given.get("rule", saved.rule_of(row))
            saved.change(tx, row["id"], name, rule, call.by_whom, call.now)
    except CannotDo as error:
        raise ApiProblem("conflict", str(error)) from error
    if "archived" in given:
        saved.set_archived(tx, row["id"], given["archived"], call.by_whom, call.now)
    return get(tx, call)


def remove(tx: Session, call: Call) -> None:
    """Delete a segment. Raises ApiProblem, which names the campaigns and flows that use it."""
    try:
        saved.delete(tx, _row(tx, call)["id"])
    except CannotDo as error:
        raise ApiProblem("conflict", str(error)) from error


def count(tx: Session, call: Call) -> ApiReply:
    """Count the people of a segment. Raises ApiProblem."""
    found = people.count(tx, saved.rule_of(_row(tx, call)), call.now)
    return {"people": min(found, model.COUNT_MOST), "exact": found <= model.COUNT_MOST}


def members(tx: Session, call: Call) -> ApiReply:
    """List the people of a segment by id, after the cursor. Raises ApiProblem."""
    limit, (after,) = call.query["limit"], cursors.after(call, ("",))
    rows = people.people(tx, saved.rule_of(_row(tx, call)), after, limit + 1, call.now)
    return cursors.page(rows, limit, lambda row: (row["id"],), contact_fields.as_json)


def _row(tx: Session, call: Call) -> SegmentsRow:
    row = tx.segments.by_id(id=call.path["segment_id"])
    if row is None:
        raise ApiProblem("not_found", "There is no segment with this id.")
    return row


def _json(tx: Session, row: SegmentsRow) -> ApiReply:
    rule = saved.rule_of(row)
    return {
        "id": row["id"],
        "name": row["name"],
        "rule": rule,
        "sentence": words.sentence(rule, names.Names(tx, "en")),
        "archived": bool(row["archived"]),
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
    }


def _reading(name: str, path: str, title: str, does: Any, reply: dict[str, Any], **more: Any) -> Endpoint:
    return Endpoint(
        name=name, method="GET", path=path, scope="contacts:read", title=title, does=does, reply=reply, **more
    )


ENDPOINTS = (
    _reading("list_segments", "/segments", "List segments, by name", index, page_of(SEGMENT), query=PAGING),
    Endpoint(
        name="create_segment",
        method="POST",
        path="/segments",
        scope="contacts:write",
        title="Save a segment",
        help="A name that is taken, and a rule that is not valid, are refused with a sentence.",
        does=create,
        reply=SEGMENT,
        body=INPUT,
        example={"name": "Clients in Colombia", "rule": {"all": [{"is": "country", "country": "CO"}]}},
        status=201,
        problems=("conflict",),
    ),
    _reading("get_segment", "/segments/{segment_id}", "Get a segment", get, SEGMENT),
    Endpoint(
        name="change_segment",
        method="PATCH",
        path="/segments/{segment_id}",
        scope="contacts:write",
        title="Change, archive or rename a segment",
        help="A field that is left out keeps its value. Flows and campaigns that use the segment go on.",
        does=change,
        reply=SEGMENT,
        body=CHANGES,
        example={"name": "Clients in Bogotá"},
        problems=("conflict",),
    ),
    Endpoint(
        name="delete_segment",
        method="DELETE",
        path="/segments/{segment_id}",
        scope="contacts:write",
        title="Delete a segment; its people remain",
        help="Refused while a campaign or a flow uses it; the refusal names them.",
        does=remove,
        reply=None,
        status=204,
        problems=("conflict",),
    ),
    _reading("count_segment", "/segments/{segment_id}/count", "Count the people of a segment", count, COUNT),
    _reading(
        "list_segment_people",
        "/segments/{segment_id}/people",
        "List the people of a segment",
        members,
        page_of(contact_fields.CONTACT),
        query=PAGING,
        exports="contacts",
    ),
)
