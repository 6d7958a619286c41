"""What is done with a lead by a program, as sales does it from its page: each step stands in its history, with the key's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.sales import work
from server.sales.work import NotPossible, Taken
from server.store import Session
from server.web.api.endpoint import Call, Endpoint, Row
from server.web.api.leads import LEAD, get, owners_of, user_of
from server.web.api.problems import Problem, field
from server.web.api.schema import Schema, array, line, object_, one_of, words

WHY = {
    "next_on": "This is no day.",
    "until": "This is no day.",
    "reason": "Say why, in words.",
    "note": "A note needs words.",
    "tag": "A tag has small letters, digits, - and _, at most 31.",
    "owner": "Nobody of the team has this address.",
}
Act = Callable[[Session, Call, str], None]


def _acted(act: Act) -> Callable[[Session, Call], Row]:
    def does(tx: Session, call: Call) -> Row:
        try:
            act(tx, call, call.path["contact_id"])
        except LookupError as error:
            raise Problem("not_found", "There is no lead of this contact.") from error
        except NotPossible as wrong:
            raise field(
                f"/{'text' if wrong.field == 'note' else wrong.field}", WHY.get(wrong.field, "It cannot be.")
            ) from wrong
        except Taken as taken:
            owner = owners_of(tx).get(taken.owner_id, "") or "nobody"
            raise Problem("conflict", f"Not what you expected: {owner} has this lead now.") from taken
        return get(tx, replace(call, query={}))

    return does


def _owner(tx: Session, call: Call, lead: str) -> None:
    owner, expected = call.body["owner"], call.body.get("expected")
    found = user_of(tx, owner) if owner else ""
    if found is None:
        raise NotPossible("owner")
    if expected is None:
        work.assign(tx, lead, found, call.by_whom, call.now)
    else:
        work.take(tx, lead, found, (user_of(tx, expected) or "-") if expected else "", call.by_whom, call.now)


def _next_step(tx: Session, call: Call, lead: str) -> None:
    work.plan(tx, lead, call.body["step"], call.body.get("next_on", ""), call.by_whom, call.now)


def _note(tx: Session, call: Call, lead: str) -> None:
    work.note(tx, lead, call.body["text"], call.by_whom, call.now)


def _snooze(tx: Session, call: Call, lead: str) -> None:
    work.snooze(tx, lead, call.body["until"], call.by_whom, call.now)


def _outcome(tx: Session, call: Call, lead: str) -> None:
    if call.body["outcome"]:
        work.finish(tx, lead, call.body["outcome"], call.body.get("reason", ""), call.by_whom, call.now)
    else:
        work.reopen(tx, lead, call.by_whom, call.now)


def _stage(tx: Session, call: Call, lead: str) -> None:
    work.pin(tx, lead, call.body["stage"], call.by_whom, call.now)


def _tags(tx: Session, call: Call, lead: str) -> None:
    for tag in call.body.get("add", ()):
        work.tag(tx, lead, tag, call.by_whom, call.now)
    for tag in call.body.get("remove", ()):
        work.tag(tx, lead, tag, call.by_whom, call.now, remove=True)


def _act(name: str, path: str, title: str, act: Act, body: Schema, example: Row, method: str = "PUT") -> Endpoint:
    return Endpoint(
        name=name,
        method=method,
        path=f"/leads/{{contact_id}}/{path}",
        scope="leads:write",
        title=title,
        does=_acted(act),
        reply=LEAD,
        body=body,
        example=example,
        problems=("conflict",) if name == "set_owner" else (),
    )


ADDRESS = line("The address of somebody of the team; empty for nobody.", 254)
DAY_OR_NONE = line("A day, like 2027-03-01; empty for none.", 10)
TAGS = array(line("One tag.", 31, 1), "Which.", 20)
ENDPOINTS = (
    _act(
        *("set_owner", "owner", "Give it to somebody, or to nobody", _owner),
        object_({"owner": ADDRESS, "expected": line("Only if this one has it now.", 254)}, "owner"),
        {"owner": "", "expected": ""},
    ),
    _act(
        *("set_next_step", "next-step", "Say what is next; an empty step is none", _next_step),
        object_({"step": words("What.", 2000), "next_on": DAY_OR_NONE}, "step"),
        {"step": "Call", "next_on": "2027-03-01"},
    ),
    _act(
        *("add_note", "notes", "Write a note into its history", _note),
        object_({"text": words("What.", 2000, 1)}, "text"),
        {"text": "Wants an offer for two sites."},
        "POST",
    ),
    _act(
        *("snooze", "snooze", "Out of the list until a day; empty shows it again", _snooze),
        object_({"until": DAY_OR_NONE}, "until"),
        {"until": "2027-03-08"},
    ),
    _act(
        *("set_outcome", "outcome", "Won or lost, and why; empty opens it again", _outcome),
        object_({"outcome": one_of("Which.", "won", "lost", ""), "reason": words("Why.", 2000)}, "outcome"),
        {"outcome": "won", "reason": "Signed for a year."},
    ),
    _act(
        *("set_stage", "stage", "The stage, whatever the points say; empty goes by the points again", _stage),
        object_({"stage": one_of("Which.", *work.STAGES, "")}, "stage"),
        {"stage": "hot"},
    ),
    _act(
        *("set_tags", "tags", "Add and remove tags", _tags),
        object_({"add": TAGS, "remove": TAGS}),
        {"add": ["fair"], "remove": []},
        "POST",
    ),
)
