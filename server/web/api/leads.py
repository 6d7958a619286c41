"""Leads: the list of sales with its filters, one of them, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from server.notices import writing
from server.qualify import leads, sentences
from server.sales import work
from server.sales.inbox import NOBODY, VIEWS, Filter
from server.sales.work import NotPossible, Taken
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import Call, Endpoint, Row
from server.web.api.problems import Problem, field
from server.web.api.schema import (
    PAGING,
    Schema,
    id_,
    iso,
    line,
    many,
    moment,
    one_of,
    page_of,
    said,
    thing,
    whole,
    whole_thing,
    words,
)

NAMES = ("first_name", "last_name", "company")
SCORES = ("worth", "interest", "need", "urgency")
WORDS = ("product", "next_step", "next_on", "snoozed_until", "outcome", "outcome_reason")
SHOWN = tuple(view for view in VIEWS if view != "mine")  # a program has no leads of its own: `owner` says whose
WHY = {
    "next_on": "This is no day.",
    "until": "This is no day.",
    "reason": "Say why, in words.",
    "note": "A note needs words.",
    "tag": "A tag has small letters, digits, - and _, at most 31.",
    "owner": "Nobody of the team has this address.",
}
LEAD = whole_thing(
    {
        "contact_id": id_("The contact, and the id of the lead."),
        "address": said("Their address."),
        **{name: said(name.replace("_", " ").capitalize() + ".") for name in NAMES},
        "stage": said("hot, warm or cold."),
        **{name: whole(f"Points: {name}.") for name in SCORES},
        "product": said("What it is about."),
        "owner": said("The address of who has it; empty for nobody."),
        "next_step": said("What is to be done next."),
        "next_on": said("The day for it; empty for none."),
        "snoozed_until": said("The day it is shown again; empty for a lead that is shown."),
        "outcome": one_of("Won, lost or open.", "won", "lost", ""),
        "outcome_reason": said("Why."),
        "tags": many(said("One tag.")),
        "reasons": many(said("One sentence."), "Why it stands where it stands, the heaviest first."),
        "answered_at": moment("The last answer."),
        "updated_at": moment("The last change."),
    }
)
FILTERS: dict[str, Schema] = {
    "view": {**one_of("Which list of sales.", *SHOWN), "default": "open"},
    "stage": one_of("In this stage.", *work.STAGES),
    "owner": line(f"Of whoever has this address, or `{NOBODY}`.", 254),
    "product": line("About this product.", 100),
    "tag": line("With this tag.", 40),
    "q": line("Words of the name, the company or the address.", 200),
    "language": {**one_of("Of the sentences.", "en", "es"), "default": "en"},
    **PAGING,
}
LAST = (2**52, 2**52, "~")
Act = Callable[[Session, Call, str], None]


def shown(row: Row, owners: dict[str, str], language: str) -> Row:
    kept = {name: row[name] for name in ("contact_id", "address", *NAMES, "stage", *SCORES, *WORDS, "tags")}
    why = [sentences.sentence(each, language, writing.day_of(each["at"], language)) for each in row["reasons"]]
    moments = {"answered_at": iso(row["answered_at"]), "updated_at": iso(row["updated_at"])}
    return {**kept, "owner": owners.get(row["owner_id"], ""), "reasons": why, **moments}


def index(tx: Session, call: Call) -> Row:
    asked, limit = call.query, call.query["limit"]
    owner = asked.get("owner", "")
    wanted = Filter(
        today=datetime.fromtimestamp(call.now / 1000, UTC).date().isoformat(),
        view=asked["view"],
        text=asked.get("q", ""),
        stage=asked.get("stage", ""),
        owner=owner if owner in ("", NOBODY) else _user(tx, owner) or "-",
        product=asked.get("product", ""),
        tag=asked.get("tag", ""),
    )
    worth, at, contact = cursors.after(call, LAST)
    behind = {"worth": worth, "answered_at": at, "contact_id": contact}
    rows = [leads.read(row) for row in tx.leads.behind(**wanted.parameters(), **behind, limit=limit + 1)]
    owners = _owners(tx)
    return cursors.page(
        rows,
        limit,
        lambda row: (row["worth"], row["answered_at"], row["contact_id"]),
        lambda row: shown(row, owners, asked["language"]),
    )


def get(tx: Session, call: Call) -> Row:
    row = leads.by_contact(tx, call.path["contact_id"])
    if row is None:
        raise Problem(
            "not_found", "There is no lead of this contact: nothing was answered yet, or there is no contact."
        )
    return shown(row, _owners(tx), call.query.get("language", "en"))


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
            owner = _owners(tx).get(taken.owner_id, "") or "nobody"
            raise Problem("conflict", f"Not what you expected: {owner} has this lead now.") from taken
        return get(tx, replace(call, query={}))

    return does


def _owner(tx: Session, call: Call, lead: str) -> None:
    owner, expected = call.body["owner"], call.body.get("expected")
    found = _user(tx, owner) if owner else ""
    if found is None:
        raise NotPossible("owner")
    if expected is None:
        work.assign(tx, lead, found, call.by_whom, call.now)
    else:
        work.take(tx, lead, found, (_user(tx, expected) or "-") if expected else "", call.by_whom, call.now)


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


def _owners(tx: Session) -> dict[str, str]:
    return {row["id"]: row["email"] for row in tx.users.everybody()}


def _user(tx: Session, address: str) -> str | None:
    found = tx.users.by_email(email=address.strip().lower())
    return str(found["id"]) if found and found["active"] else None


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
TAGS = many(line("One tag.", 31, 1), "Which.", 20)
ENDPOINTS = (
    Endpoint(
        name="list_leads",
        method="GET",
        path="/leads",
        scope="leads:read",
        title="List leads, the most worth a call first",
        does=index,
        reply=page_of(LEAD),
        query=FILTERS,
        exports="leads",
    ),
    Endpoint(
        name="get_lead",
        method="GET",
        path="/leads/{contact_id}",
        scope="leads:read",
        title="One lead",
        does=get,
        reply=LEAD,
        query={"language": FILTERS["language"]},
    ),
    _act(
        *("set_owner", "owner", "Give it to somebody, or to nobody", _owner),
        thing({"owner": ADDRESS, "expected": line("Only if this one has it now.", 254)}, "owner"),
        {"owner": "", "expected": ""},
    ),
    _act(
        *("set_next_step", "next-step", "Say what is next; an empty step is none", _next_step),
        thing({"step": words("What.", 2000), "next_on": DAY_OR_NONE}, "step"),
        {"step": "Call", "next_on": "2027-03-01"},
    ),
    _act(
        *("add_note", "notes", "Write a note into its history", _note),
        thing({"text": words("What.", 2000, 1)}, "text"),
        {"text": "Wants an offer for two sites."},
        "POST",
    ),
    _act(
        *("snooze", "snooze", "Out of the list until a day; empty shows it again", _snooze),
        thing({"until": DAY_OR_NONE}, "until"),
        {"until": "2027-03-08"},
    ),
    _act(
        *("set_outcome", "outcome", "Won or lost, and why; empty opens it again", _outcome),
        thing({"outcome": one_of("Which.", "won", "lost", ""), "reason": words("Why.", 2000)}, "outcome"),
        {"outcome": "won", "reason": "Signed for a year."},
    ),
    _act(
        *("set_stage", "stage", "The stage, whatever the points say; empty goes by the points again", _stage),
        thing({"stage": one_of("Which.", *work.STAGES, "")}, "stage"),
        {"stage": "hot"},
    ),
    _act(
        *("set_tags", "tags", "Add and remove tags", _tags),
        thing({"add": TAGS, "remove": TAGS}),
        {"add": ["fair"], "remove": []},
        "POST",
    ),
)
