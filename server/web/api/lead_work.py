"""Changes leads as sales does on the lead's page: owner, next step, notes, snooze, outcome, stage, tags.

Each change enters the lead's history under the key's name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.sales import money, work
from server.sales.history import NotPossible
from server.sales.work import AlreadyOwned
from server.store import Session
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.leads import AMOUNT, LEAD, get, owners_of, user_of
from server.web.api.problems import ApiProblem, field
from server.web.api.schema import Schema, array, integer, line, object_, one_of, words

WHY = {
    "next_on": "This is not a date.",
    "until": "This is not a date.",
    "reason": "Give a reason of at least one word.",
    "note": "A note needs at least one word.",
    "tag": "A tag has lower-case letters, digits, - and _, and is at most 31 characters long.",
    "currency": "Give the currency of the amount as a code of ISO 4217, such as COP.",
    "on": "This is not a date.",
    "owner": "No active team member has this email address.",
}
Act = Callable[[Session, Call, str], None]


def _acted(act: Act) -> Callable[[Session, Call], ApiReply]:
    def does(tx: Session, call: Call) -> ApiReply:
        try:
            act(tx, call, call.path["contact_id"])
        except LookupError as error:
            raise ApiProblem("not_found", "This contact has no lead.") from error
        except NotPossible as wrong:
            raise field(
                f"/{'text' if wrong.field == 'note' else wrong.field}",
                WHY.get(wrong.field, "This value is not possible."),
            ) from wrong
        except AlreadyOwned as taken:
            owner = owners_of(tx).get(taken.owner_id, "") or "nobody"
            raise ApiProblem("conflict", f"The owner of this lead is {owner}, not the one in `expected`.") from taken
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
    body = call.body
    if body["outcome"]:
        ended = (body.get("amount", 0), body.get("currency", ""), body.get("on", ""))
        work.finish(tx, lead, body["outcome"], body.get("reason", ""), call.by_whom, call.now, *ended)
    else:
        work.reopen(tx, lead, call.by_whom, call.now)


def _stage(tx: Session, call: Call, lead: str) -> None:
    work.pin(tx, lead, call.body["stage"], call.by_whom, call.now)


def _tags(tx: Session, call: Call, lead: str) -> None:
    for tag in call.body.get("add", ()):
        work.tag(tx, lead, tag, call.by_whom, call.now)
    for tag in call.body.get("remove", ()):
        work.tag(tx, lead, tag, call.by_whom, call.now, remove=True)


def _act(name: str, path: str, title: str, act: Act, body: Schema, example: ApiReply, method: str = "PUT") -> Endpoint:
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


ADDRESS = line("The email address of a team member; empty for nobody.", 254)
DAY_OR_NONE = line("A date, such as 2027-03-01; empty for none.", 10)
TAGS = array(line("A tag.", 31, 1), "The tags.", 20)
ENDPOINTS = (
    _act(
        *("set_owner", "owner", "Set the owner of a lead, or remove it", _owner),
        object_(
            {"owner": ADDRESS, "expected": line("Change the owner only if this address is the owner now.", 254)},
            "owner",
        ),
        {"owner": "", "expected": ""},
    ),
    _act(
        *("set_next_step", "next-step", "Set the next step of a lead; an empty step removes it", _next_step),
        object_({"step": words("The next step.", 2000), "next_on": DAY_OR_NONE}, "step"),
        {"step": "Call", "next_on": "2027-03-01"},
    ),
    _act(
        *("add_note", "notes", "Add a note to the history of a lead", _note),
        object_({"text": words("The note.", 2000, 1)}, "text"),
        {"text": "Wants an offer for two sites."},
        "POST",
    ),
    _act(
        *("snooze", "snooze", "Hide a lead from the list until a date; an empty date shows it again", _snooze),
        object_({"until": DAY_OR_NONE}, "until"),
        {"until": "2027-03-08"},
    ),
    _act(
        *(
            "set_outcome",
            "outcome",
            "Mark a lead as won or lost, with the reason; an empty outcome reopens it",
            _outcome,
        ),
        object_(
            {
                "outcome": one_of("The outcome.", "won", "lost", ""),
                "reason": words("The reason.", 2000),
                "amount": integer(AMOUNT, 0, money.MOST),
                "currency": line("The currency of the amount (ISO 4217), such as COP.", 3),
                "on": line("The date of the outcome, such as 2027-03-01; today in UTC by default.", 10),
            },
            "outcome",
        ),
        {"outcome": "won", "reason": "Signed for a year.", "amount": 1200000000, "currency": "COP"},
    ),
    _act(
        *("set_stage", "stage", "Fix the stage of a lead; an empty stage lets the points decide again", _stage),
        object_({"stage": one_of("The stage.", *work.STAGES, "")}, "stage"),
        {"stage": "hot"},
    ),
    _act(
        *("set_tags", "tags", "Add and remove tags of a lead", _tags),
        object_({"add": TAGS, "remove": TAGS}),
        {"add": ["fair"], "remove": []},
        "POST",
    ),
)
