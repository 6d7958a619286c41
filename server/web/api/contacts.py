"""Lists, searches and returns contacts, and adds or updates one or hundreds at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from server.contacts import addresses, contacts, more_details, search
from server.contacts.addresses import BadAddress
from server.contacts.editing import WrongFields
from server.contacts.more_details import MoreDetails
from server.errors import CannotDo
from server.store import Session
from server.web.api import cursors
from server.web.api.contact_fields import ANA, CONTACT, FIELDS, INPUT, as_json
from server.web.api.endpoint import LARGE, ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem, field
from server.web.api.schema import (
    PAGING,
    array,
    closed_object,
    integer,
    line,
    moment,
    object_,
    page_of,
    read_moment,
)

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

BULK_MOST = 500


def index(tx: Session, call: Call) -> ApiReply:
    """List contacts by id, after the cursor."""
    limit, (after,) = call.query["limit"], cursors.after(call, ("",))
    words = search.patterns(call.query.get("q", ""))
    since = read_moment(call.query["updated_since"]) if "updated_since" in call.query else 0
    address = _key(call.query["email"], parameter=True) if "email" in call.query else ""
    rows = tx.contacts.listed(after=after, since_at=since, email_key=address, limit=limit + 1, **words)
    return cursors.page(rows, limit, lambda row: (row["id"],), as_json)


def get(tx: Session, call: Call) -> ApiReply:
    """Return a contact. Raises Problem."""
    return as_json(require(tx, call.path["contact_id"]))


def upsert(tx: Session, call: Call) -> ApiReply:
    """Add a contact, or update the one with this address. Raises Problem."""
    row = contacts.upsert(tx, call.body["email"], call.now, **{name: call.body.get(name, "") for name in FIELDS})
    _add_details(tx, [(row["email_key"], call.prepared)], call.now)
    return as_json(require(tx, row["id"]))


def bulk(tx: Session, call: Call) -> ApiReply:
    """Add or update the contacts that `_rows` has checked."""
    rows, details = call.prepared
    contacts.upsert_many(tx, rows, call.now)
    _add_details(tx, details, call.now)
    return {"received": len(rows)}


def require(tx: Session, contact_id: str) -> ContactsRow:
    """Return a contact. Raises Problem if there is none with this id."""
    found = contacts.by_id(tx, contact_id)
    if found is None:
        raise ApiProblem("not_found", "There is no contact with this id.")
    return found


def _add_details(tx: Session, details: Sequence[tuple[str, MoreDetails]], now: int) -> None:
    try:
        more_details.add(tx, details, now)
    except CannotDo as why:
        raise ApiProblem("invalid", f"Nothing was stored. {why}") from why


def _one(call: Call) -> MoreDetails:
    """Check one contact before the transaction. Raises Problem with every mistake."""
    _key(call.body["email"])
    try:
        return more_details.check(call.body, call.state.settings.default_country)
    except WrongFields as wrong:
        raise ApiProblem("invalid", errors=_errors(wrong, "")) from wrong


def _rows(call: Call) -> tuple[list[contacts.ContactFields], list[tuple[str, MoreDetails]]]:
    """Check all contacts before the transaction. Raises Problem with the place of each mistake, so that all are stored or none."""
    rows: list[contacts.ContactFields] = []
    details: list[tuple[str, MoreDetails]] = []
    errors: list[dict[str, str]] = []
    for place, given in enumerate(call.body["contacts"]):
        try:
            rows.append(_row(given))
            more = more_details.check(given, call.state.settings.default_country)
            details.append((rows[-1]["email_key"], more))
        except BadAddress as error:
            errors.append({"pointer": f"/contacts/{place}/email", "detail": error.why})
        except WrongFields as wrong:
            errors += _errors(wrong, f"/contacts/{place}")
    if errors:
        raise ApiProblem("invalid", "Nothing was stored. Correct the fields listed in `errors`.", errors[:20])
    return rows, details


def _row(given: Mapping[str, Any]) -> contacts.ContactFields:
    """Return the columns of a contact. Raises BadAddress."""
    return {
        "email": given["email"].strip(),
        "email_key": addresses.key(given["email"]),
        "first_name": given.get("first_name", ""),
        "last_name": given.get("last_name", ""),
        "company": given.get("company", ""),
        "language": given.get("language", ""),
    }


def _errors(wrong: WrongFields, place: str) -> list[dict[str, str]]:
    return [{"pointer": f"{place}/{name}", "detail": str(why)} for name, why in wrong.problems.items()]


def _key(address: str, parameter: bool = False) -> str:
    try:
        return addresses.key(address)
    except BadAddress as error:
        if parameter:
            raise ApiProblem("bad_parameter", errors=[{"parameter": "email", "detail": error.why}]) from error
        raise field("/email", error.why) from error


QUERY: dict[str, Any] = {
    "q": line("Search words in name, company or address, in any order; accents do not matter.", 200),
    "email": line("Only the contact with this email address.", 254),
    "updated_since": moment("Only contacts that changed at this moment or later."),
    **PAGING,
}
BULK = object_({"contacts": array(object_(INPUT, "email"), "The contacts to add or update.", BULK_MOST, 1)}, "contacts")
ENDPOINTS = (
    Endpoint(
        name="list_contacts",
        method="GET",
        path="/contacts",
        scope="contacts:read",
        title="List or search contacts",
        does=index,
        reply=page_of(CONTACT),
        query=QUERY,
        exports="contacts",
    ),
    Endpoint(
        name="upsert_contact",
        method="POST",
        path="/contacts",
        scope="contacts:write",
        title="Add a contact, or update the one with this address",
        help="A field that is left out or empty keeps its stored value.",
        does=upsert,
        prepare=_one,
        reply=CONTACT,
        body=object_(INPUT, "email"),
        example=ANA,
        about="id",
    ),
    Endpoint(
        name="upsert_contacts",
        method="POST",
        path="/contacts/bulk",
        scope="contacts:write",
        title=f"Add or update up to {BULK_MOST} contacts, all or none",
        does=bulk,
        prepare=_rows,
        reply=closed_object({"received": integer("The number of contacts added or updated.")}),
        body=BULK,
        example={"contacts": [ANA, {"email": "grace@example.org", "language": "en"}]},
        most_bytes=LARGE,
    ),
    Endpoint(
        name="get_contact",
        method="GET",
        path="/contacts/{contact_id}",
        scope="contacts:read",
        title="Get a contact",
        does=get,
        reply=CONTACT,
    ),
)
