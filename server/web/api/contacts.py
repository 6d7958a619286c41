"""Lists, searches and returns contacts, and adds or updates one or hundreds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.contacts import addresses, contacts, search
from server.contacts.addresses import BadAddress
from server.store import Session
from server.web.api import cursors
from server.web.api.endpoint import LARGE, ApiReply, Call, Endpoint
from server.web.api.problems import ApiProblem, field
from server.web.api.schema import (
    PAGING,
    array,
    closed_object,
    id_,
    integer,
    iso,
    line,
    moment,
    object_,
    one_of,
    page_of,
    read_moment,
    string,
)

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsRow

BULK_MOST = 500
FIELDS = ("first_name", "last_name", "company", "language")
INPUT = {
    "email": {**line("The email address. Upper and lower case are the same address.", 254, 3), "format": "email"},
    "first_name": line("First name.", 200),
    "last_name": line("Last name.", 200),
    "company": line("Company.", 200),
    "language": one_of("The language of the contact's emails; empty for each email's first language.", "es", "en", ""),
}
CONTACT = closed_object(
    {
        "id": id_("The contact's id: the `contact_id` of every other endpoint."),
        "email": string("The email address as it was given."),
        **{name: string(INPUT[name]["description"]) for name in FIELDS},
        "created_at": moment("When the contact was added."),
        "updated_at": moment("When the contact last changed."),
    }
)
ANA = {"email": "ana@example.com", "first_name": "Ana", "last_name": "Díaz", "company": "Ferretería Díaz"}


def as_json(row: ContactsRow) -> ApiReply:
    """Return a contact as the API shows it."""
    return {
        "id": row["id"],
        "email": row["email"],
        "first_name": row["first_name"],
        "last_name": row["last_name"],
        "company": row["company"],
        "language": row["language"],
        "created_at": iso(row["created_at"]),
        "updated_at": iso(row["updated_at"]),
    }


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
    _key(call.body["email"])
    return as_json(
        contacts.upsert(tx, call.body["email"], call.now, **{name: call.body.get(name, "") for name in FIELDS})
    )


def bulk(tx: Session, call: Call) -> ApiReply:
    """Add or update the contacts that `_rows` has checked."""
    contacts.upsert_many(tx, call.prepared, call.now)
    return {"received": len(call.prepared)}


def require(tx: Session, contact_id: str) -> ContactsRow:
    """Return a contact. Raises Problem if there is none with this id."""
    found = contacts.by_id(tx, contact_id)
    if found is None:
        raise ApiProblem("not_found", "There is no contact with this id.")
    return found


def _rows(call: Call) -> list[contacts.ContactFields]:
    """Check the addresses of all contacts before the transaction. Raises Problem with the place of each invalid one, so that all are
    stored or none.
    """
    rows: list[contacts.ContactFields] = []
    errors = []
    for place, given in enumerate(call.body["contacts"]):
        try:
            key = addresses.key(given["email"])
        except BadAddress as error:
            errors.append({"pointer": f"/contacts/{place}/email", "detail": error.why})
        else:
            rows.append(
                {
                    "email": given["email"].strip(),
                    "email_key": key,
                    "first_name": given.get("first_name", ""),
                    "last_name": given.get("last_name", ""),
                    "company": given.get("company", ""),
                    "language": given.get("language", ""),
                }
            )
    if errors:
        raise ApiProblem("invalid", "Nothing was stored. Correct the addresses listed in `errors`.", errors[:20])
    return rows


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
