"""Lists the leads with the filters of the page “Leads”, and returns one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from server.notices import notice_templates
from server.qualify import leads, sentences
from server.qualify.leads import Lead
from server.sales import decisive, inbox, work
from server.sales.decisive import Fact
from server.sales.inbox import FIRST, NOBODY, VIEWS, Filter, Place
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem
from server.web.api.schema import (
    PAGING,
    Schema,
    array,
    closed_object,
    id_,
    integer,
    iso,
    line,
    moment,
    one_of,
    page_of,
    string,
)

NAMES = ("first_name", "last_name", "company")
SCORES = ("worth", "interest", "need", "urgency")
VIEW_NAMES = tuple(
    view for view in VIEWS if view not in ("mine", "ours")
)  # a program has no leads of its own; it filters by `owner`
AMOUNT = "The amount of the outcome in the currency's minor unit, such as cents; 0 if nobody stated one."
LEAD = closed_object(
    {
        "contact_id": id_("The contact; also the id of the lead."),
        "address": string("The contact's email address."),
        **{name: string(name.replace("_", " ").capitalize() + ".") for name in NAMES},
        "headline": string(
            "The most important fact now: a yes, a no, an appointment or an unsubscribe; empty for none."
        ),
        "stage": string("The stage: hot, warm or cold."),
        **{name: integer(f"Points: {name}.") for name in SCORES},
        "undecided": integer(
            "The number of answers that a mail scanner may have sent; they give no points until a team member decides."
        ),
        "product": string("The product of interest; empty for none."),
        "owner": string("The email address of the team member who works on it; empty for nobody."),
        "next_step": string("The next step; empty for none."),
        "next_on": string("The date of the next step; empty for none."),
        "snoozed_until": string("The date until which it is hidden from the list; empty when it is not hidden."),
        "outcome": one_of("The outcome; empty for an open lead.", "won", "lost", ""),
        "outcome_reason": string("The reason of the outcome."),
        "outcome_amount": integer(AMOUNT),
        "outcome_currency": string("The currency of the amount (ISO 4217); empty without an amount."),
        "outcome_on": string("The date of the outcome; empty for an open lead."),
        "tags": array(string("A tag."), "The tags."),
        "reasons": array(string("A sentence."), "The reasons for its points, the largest first."),
        "answered_at": moment("When the contact last answered."),
        "updated_at": moment("When the lead last changed."),
    }
)
FILTERS: dict[str, Schema] = {
    "view": {**one_of("The list of the page “Leads” to read.", *VIEW_NAMES), "default": "open"},
    "stage": one_of("Only leads in this stage.", *work.STAGES),
    "owner": line(f"Only leads of the team member with this email address, or `{NOBODY}`.", 254),
    "product": line("Only leads about this product.", 100),
    "tag": line("Only leads with this tag.", 40),
    "q": line("Search words in name, company or address.", 200),
    "language": {**one_of("The language of the sentences.", "en", "es"), "default": "en"},
    **PAGING,
}


def as_json(row: Lead, owners: dict[str, str], language: str, facts: Sequence[Fact]) -> ApiReply:
    """Return a lead as the API shows it, with sentences in `language`; `owners` are the addresses of users by id."""
    kept = {
        "contact_id": row["contact_id"],
        "address": row["address"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "company": row["company"],
        "stage": row["stage"],
        "worth": row["worth"],
        "interest": row["interest"],
        "need": row["need"],
        "urgency": row["urgency"],
        "undecided": row["undecided"],
        "product": row["product"],
        "next_step": row["next_step"],
        "next_on": row["next_on"],
        "snoozed_until": row["snoozed_until"],
        "outcome": row["outcome"],
        "outcome_reason": row["outcome_reason"],
        "outcome_amount": row["outcome_amount"],
        "outcome_currency": row["outcome_currency"],
        "outcome_on": row["outcome_on"],
        "tags": row["tags"],
    }
    why = [sentences.sentence(each, language, notice_templates.day_of(each["at"], language)) for each in row["reasons"]]
    moments = {"answered_at": iso(row["answered_at"]), "updated_at": iso(row["updated_at"])}
    headline = decisive.headline(facts, language)
    return {**kept, "headline": headline, "owner": owners.get(row["owner_id"], ""), "reasons": why, **moments}


def index(tx: Session, call: Call) -> ApiReply:
    """List leads, highest points first, after the cursor."""
    asked, limit = call.query, call.query["limit"]
    owner = asked.get("owner", "")
    wanted = Filter(
        today=datetime.fromtimestamp(call.now / 1000, UTC).date().isoformat(),
        view=asked["view"],
        text=asked.get("q", ""),
        stage=asked.get("stage", ""),
        owner=owner if owner in ("", NOBODY) else user_of(tx, owner) or "-",
        product=asked.get("product", ""),
        tag=asked.get("tag", ""),
    )
    begin = FIRST["worth"], FIRST["answered_at"], FIRST["contact_id"]
    worth, answered_at, contact_id = cursors.after(call, begin)
    place: Place = {"worth": worth, "answered_at": answered_at, "contact_id": contact_id}
    rows = inbox.behind(tx, wanted, place, limit + 1)
    owners, facts = owners_of(tx), decisive.of_all(tx, [row["contact_id"] for row in rows], call.now)
    return cursors.page(
        rows,
        limit,
        lambda row: (row["worth"], row["answered_at"], row["contact_id"]),
        lambda row: as_json(row, owners, asked["language"], facts.get(row["contact_id"], [])),
    )


def get(tx: Session, call: Call) -> ApiReply:
    """Return a lead. Raises Problem."""
    row = leads.by_contact(tx, call.path["contact_id"])
    if row is None:
        raise ApiProblem(
            "not_found", "There is no lead with this id: the contact has not answered yet, or does not exist."
        )
    facts = decisive.of_all(tx, [row["contact_id"]], call.now).get(row["contact_id"], [])
    return as_json(row, owners_of(tx), call.query.get("language", "en"), facts)


def owners_of(tx: Session) -> dict[str, str]:
    """Return the address of every user by id."""
    return {row["id"]: row["email"] for row in tx.users.everybody()}


def user_of(tx: Session, address: str) -> str | None:
    """Return the id of the active user with this address, or None."""
    found = tx.users.by_email(email=address.strip().lower())
    return found["id"] if found and found["active"] else None


ENDPOINTS = (
    Endpoint(
        name="list_leads",
        method="GET",
        path="/leads",
        scope="leads:read",
        title="List leads, highest points first",
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
        title="Get a lead",
        does=get,
        reply=LEAD,
        query={"language": FILTERS["language"]},
    ),
)
