"""Lists tasks by due date, the overdue first, adds them by hand, and marks them as done."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug import Response

from server import tasks
from server.accounts import users
from server.sales import decisive
from server.store import new_id
from server.web import language, toast, viewer
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "tasks",
    __name__,
    access={
        "index": "tasks.work",
        "add": "tasks.work",
        "done": "tasks.work",
        "reopen": "tasks.work",
    },
    menu=Menu("today", lambda: language.text("Tasks")),
)


@room.get("/tasks")
def index() -> str:
    """List the user's tasks and those of nobody; `all` everybody's."""
    return _page()


@room.post("/tasks")
def add() -> Response | tuple[str, int]:
    """Add a task with a title and a due day."""
    form, by, now = request.form, g.user["email"], now_ms()
    title, due = form.get("title", "").strip(), viewer.end_of(form.get("due_on", ""))
    if not title or due is None:
        return _page(wrong="title" if not title else "due_on"), 422
    contact_id = form.get("contact_id", "")
    state().store.write(lambda tx: tasks.add(tx, new_id(now), contact_id, title, by, due, by, now))
    return _back()


@room.post("/tasks/<task_id>/done")
def done(task_id: str) -> Response:
    """Mark a task as done."""
    form, by, now = request.form, g.user["email"], now_ms()
    contact_id = form.get("contact_id", "")
    if not state().store.write(lambda tx: tasks.finish(tx, contact_id, task_id, by, now)):
        abort(409)
    undo = {"contact_id": contact_id, **{name: form[name] for name in ("all", "back") if name in form}}
    toast.show(language.text("Task done."), url_for("tasks.reopen", task_id=task_id), **undo)
    return _back()


@room.post("/tasks/<task_id>/open")
def reopen(task_id: str) -> Response:
    """Open a finished task again."""
    contact_id = request.form.get("contact_id", "")
    if not state().store.write(lambda tx: tasks.reopen(tx, contact_id, task_id)):
        abort(409)
    toast.show(language.text("The task is open again."))
    return _back()


def _page(wrong: str = "") -> str:
    everybody, now = "all" in request.args, now_ms()
    with state().store.read() as tx:
        open_, finished = tasks.owned(tx, "" if everybody else g.user["email"])
        facts = decisive.of_all(tx, [task["contact_id"] for task in open_], now)
        names = {row["email"]: users.called(row) for row in tx.users.everybody()}
    groups = tasks.grouped(open_, now, viewer.end_of(viewer.today()) or now)
    shown = {"groups": groups, "done": finished, "facts": facts, "everybody": everybody, "names": names}
    return render_template("tasks/index.html", **shown, days=viewer.soon(), wrong=wrong, typed=request.form)


def _back() -> Response:
    if request.form.get("back") == "today":
        return redirect(url_for("today.index"))
    return redirect(url_for("tasks.index", all="" if "all" in request.form else None))
