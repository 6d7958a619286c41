"""Lists, adds, finishes and reopens tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server import reasons, tasks
from server.accounts import users
from server.store import Session, new_id
from server.tasks.rows import NOTE_MAX, TITLE_MAX
from server.web.api import cursors
from server.web.api.contacts import require
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem, field
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

if TYPE_CHECKING:
    from server.store.queries.tasks import TasksByIdAloneRow

TASK = closed_object(
    {
        "id": id_("The task's id."),
        "contact_id": string("The contact it is about; empty for none."),
        "address": or_null(string("The contact's email address.")),
        "title": string("The title: the work to do."),
        "note": string("A note for the person who does it."),
        "owner": string("The email address of the assigned team member; empty when anybody may take it."),
        "flow": string("The flow that created it; empty for none."),
        "by_whom": string("The team member or API key that created it."),
        "stale": boolean("True when the answer that caused it no longer counts."),
        "withdrawn": string(
            "The reason why its flow closed it after the answer that caused it stopped counting; empty otherwise."
        ),
        "due_at": moment("When it is due."),
        "done_at": or_null(moment("When it was done; null while it is open.")),
        "done_by": string("The team member or API key that marked it as done."),
        "created_at": moment("When it was created."),
    }
)
INPUT = object_(
    {
        "title": line("The title: the work to do.", TITLE_MAX, 1),
        "due_at": moment("When it is due."),
        "contact_id": id_("The contact it is about, if any."),
        "owner": line("The email address of a team member; leave it out when anybody may take the task.", 254),
        "note": words("A note for the person who does it.", NOTE_MAX),
    },
    *("title", "due_at"),
)


def as_json(row: TasksByIdAloneRow) -> ApiReply:
    """Return a task as the API shows it."""
    return {
        "id": row["id"],
        "contact_id": row["contact_id"],
        "title": row["title"],
        "note": row["note"],
        "owner": row["owner"],
        "flow": row["flow"],
        "by_whom": row["by_whom"],
        "done_by": row["done_by"],
        "address": row["address"],
        "stale": bool(row["stale"]),
        "withdrawn": reasons.sentence(row["withdrawn"]),
        "due_at": iso(row["due_at"]),
        "done_at": iso_or_none(row["done_at"]),
        "created_at": iso(row["created_at"]),
    }


def index(tx: Session, call: Call) -> ApiReply:
    """List open tasks by due date, or done ones by the date they were done, after the cursor."""
    asked, limit = call.query, call.query["limit"]
    after_at, after_id = cursors.after(call, (-(2**52), ""))
    filters = {name: asked.get(name, "") for name in ("owner", "contact_id")}
    given = {"after_at": after_at, "after_id": after_id, **filters, "limit": limit + 1}
    if asked["state"] == "open":
        return cursors.page(tx.tasks.open_after(**given), limit, lambda row: (row["due_at"], row["id"]), as_json)
    return cursors.page(tx.tasks.done_after(**given), limit, lambda row: (row["done_at"] or 0, row["id"]), as_json)


def get(tx: Session, call: Call) -> ApiReply:
    """Return a task. Raises Problem."""
    return as_json(_known(tx, call.path["task_id"]))


def add(tx: Session, call: Call) -> ApiReply:
    """Add a task. Raises Problem."""
    given, task_id = call.body, new_id(call.now)
    owner, contact = given.get("owner", "").strip().lower(), given.get("contact_id", "")
    if not given["title"].strip():
        raise field("/title", "A task needs a title of at least one word.")
    if owner and owner not in {row["email"] for row in users.active(tx)}:
        raise field("/owner", "No team member who works on leads has this email address.")
    if contact:
        require(tx, contact)
    due = read_moment(given["due_at"])
    tasks.add(tx, task_id, contact, given["title"], owner, due, call.by_whom, call.now, given.get("note", ""))
    return as_json(_known(tx, task_id))


def done(tx: Session, call: Call) -> ApiReply:
    """Mark a task as done, or reopen it. Raises Problem."""
    task = _known(tx, call.path["task_id"])
    if call.body["done"] and not task["done_at"]:
        tasks.finish(tx, task["contact_id"], task["id"], call.by_whom, call.now)
    elif not call.body["done"] and task["done_at"]:
        tasks.reopen(tx, task["contact_id"], task["id"])
    return as_json(_known(tx, task["id"]))


def _known(tx: Session, task_id: str) -> TasksByIdAloneRow:
    found = tx.tasks.by_id_alone(id=task_id)
    if found is None:
        raise ApiProblem("not_found", "There is no task with this id.")
    return found


ENDPOINTS = (
    Endpoint(
        name="list_tasks",
        method="GET",
        path="/tasks",
        scope="tasks:read",
        title="List tasks: open tasks by due date, done tasks by the date they were done",
        does=index,
        reply=page_of(TASK),
        query={
            "state": {**one_of("Only tasks in this state.", "open", "done"), "default": "open"},
            "owner": line("Only tasks of the team member with this email address.", 254),
            "contact_id": id_("Only tasks about this contact."),
            **PAGING,
        },
    ),
    Endpoint(
        name="add_task",
        method="POST",
        path="/tasks",
        scope="tasks:write",
        title="Create a task",
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
        title="Get a task",
        does=get,
        reply=TASK,
    ),
    Endpoint(
        name="set_task_done",
        method="PUT",
        path="/tasks/{task_id}/done",
        scope="tasks:write",
        title="Mark a task as done, or reopen it",
        does=done,
        reply=TASK,
        body=object_({"done": boolean("True to mark it as done, false to reopen it.")}, "done"),
        example={"done": True},
    ),
)
