"""Tasks: what somebody is to do, until when; made and ticked off by a program."""

from __future__ import annotations

from server import tasks
from server.accounts import users
from server.flows import reasons
from server.store import Session, new_id
from server.tasks.rows import NOTE_MAX, TITLE_MAX
from server.web.api import cursors
from server.web.api.contacts import require
from server.web.api.endpoint import Call, Endpoint, Row
from server.web.api.problems import Problem, field
from server.web.api.schema import (
    PAGING,
    boolean,
    closed_object,
    id_,
    iso,
    iso_or_none,
    line,
    moment,
    object_,
    one_of,
    or_null,
    page_of,
    read_moment,
    string,
    words,
)

WORDS = ("id", "contact_id", "title", "note", "owner", "flow", "by_whom", "done_by")
TASK = closed_object(
    {
        "id": id_("The id."),
        "contact_id": string("Whom it is about; empty for nobody."),
        "address": or_null(string("Their address.")),
        "title": string("What is to be done."),
        "note": string("What helps to do it."),
        "owner": string("The address of who is to do it; empty for whoever is first."),
        "flow": string("The flow that made it; empty for none."),
        "by_whom": string("Who made it."),
        "stale": boolean("True when the answer behind it no longer counts."),
        "withdrawn": string(
            "Why its flow closed it, since the answer behind it no longer counts; empty for a task that was not."
        ),
        "due_at": moment("By when."),
        "done_at": or_null(moment("When it was done.")),
        "done_by": string("By whom."),
        "created_at": moment("When it was made."),
    }
)
INPUT = object_(
    {
        "title": line("What is to be done.", TITLE_MAX, 1),
        "due_at": moment("By when."),
        "contact_id": id_("Whom it is about; left out for nobody."),
        "owner": line("The address of somebody of the team; left out for whoever is first.", 254),
        "note": words("What helps to do it.", NOTE_MAX),
    },
    *("title", "due_at"),
)


def as_json(row: Row) -> Row:
    moments = {
        "due_at": iso(row["due_at"]),
        "done_at": iso_or_none(row["done_at"]),
        "created_at": iso(row["created_at"]),
    }
    back = {"withdrawn": reasons.sentence(row["withdrawn"])}
    return {
        **{name: row[name] for name in WORDS},
        "address": row["address"],
        "stale": bool(row["stale"]),
        **back,
        **moments,
    }


def index(tx: Session, call: Call) -> Row:
    asked, limit = call.query, call.query["limit"]
    after_at, after_id = cursors.after(call, (-(2**52), ""))
    filters = {name: asked.get(name, "") for name in ("owner", "contact_id")}
    given = {"after_at": after_at, "after_id": after_id, **filters, "limit": limit + 1}
    if asked["state"] == "open":
        return cursors.page(tx.tasks.open_after(**given), limit, lambda row: (row["due_at"], row["id"]), as_json)
    return cursors.page(tx.tasks.done_after(**given), limit, lambda row: (row["done_at"], row["id"]), as_json)


def get(tx: Session, call: Call) -> Row:
    return as_json(_known(tx, call.path["task_id"]))


def add(tx: Session, call: Call) -> Row:
    given, task_id = call.body, new_id(call.now)
    owner, contact = given.get("owner", "").strip().lower(), given.get("contact_id", "")
    if not given["title"].strip():
        raise field("/title", "A task needs words.")
    if owner and owner not in {row["email"] for row in users.active(tx)}:
        raise field("/owner", "Nobody of the team who works on leads has this address.")
    if contact:
        require(tx, contact)
    due = read_moment(given["due_at"])
    tasks.add(tx, task_id, contact, given["title"], owner, due, call.by_whom, call.now, given.get("note", ""))
    return as_json(_known(tx, task_id))


def done(tx: Session, call: Call) -> Row:
    task = _known(tx, call.path["task_id"])
    if call.body["done"] and not task["done_at"]:
        tasks.finish(tx, task["contact_id"], task["id"], call.by_whom, call.now)
    elif not call.body["done"] and task["done_at"]:
        tasks.reopen(tx, task["contact_id"], task["id"])
    return as_json(_known(tx, task["id"]))


def _known(tx: Session, task_id: str) -> Row:
    found: Row | None = tx.tasks.by_id_alone(id=task_id)
    if found is None:
        raise Problem("not_found", "There is no task with this id.")
    return found


ENDPOINTS = (
    Endpoint(
        name="list_tasks",
        method="GET",
        path="/tasks",
        scope="tasks:read",
        title="List tasks: open ones by when they are due, done ones by when they were done",
        does=index,
        reply=page_of(TASK),
        query={
            "state": {**one_of("Which.", "open", "done"), "default": "open"},
            "owner": line("Of whoever has this address.", 254),
            "contact_id": id_("About this person."),
            **PAGING,
        },
    ),
    Endpoint(
        name="add_task",
        method="POST",
        path="/tasks",
        scope="tasks:write",
        title="Make a task",
        does=add,
        reply=TASK,
        body=INPUT,
        example={"title": "Send the offer", "due_at": "2027-03-01T15:00:00Z"},
        status=201,
    ),
    Endpoint(
        name="get_task",
        method="GET",
        path="/tasks/{task_id}",
        scope="tasks:read",
        title="One task",
        does=get,
        reply=TASK,
    ),
    Endpoint(
        name="set_task_done",
        method="PUT",
        path="/tasks/{task_id}/done",
        scope="tasks:write",
        title="Tick it off, or not after all",
        does=done,
        reply=TASK,
        body=object_({"done": boolean("Whether it is done.")}, "done"),
        example={"done": True},
    ),
)
