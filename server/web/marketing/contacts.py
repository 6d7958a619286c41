"""Lists contacts with search and filters, and shows one: its fields, what may be sent to it, and everything that happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import abort, redirect, render_template, request, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from server import tasks
from server.contacts import contacts, own_fields, phones, place, search, suppressions, tags
from server.flows import table as flow_table
from server.qualify import leads
from server.reports import timeline
from server.sales import decisive
from server.store import Session
from server.web import access, language, viewer
from server.web.marketing import contact_words
from server.web.paging import page_number
from server.web.room import Menu, Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.contacts import ContactsFoundRow

room = Room(
    "contacts",
    __name__,
    access={
        "index": "contacts.read",
        "show": "contacts.read",
    },
    menu=Menu("people", lambda: language.text("Contacts"), lambda: access.may("contacts.edit")),
)
room.add_app_template_filter(phones.written, "telephone")
room.add_app_template_filter(phones.whatsapp_url, "whatsapp")
room.add_app_template_filter(contact_words.country)
room.add_app_template_filter(contact_words.field_titles)
room.add_app_template_filter(contact_words.refusal)
PAGE, COUNTED = 50, 10_001
NONE = "-"  # in a filter: contacts without a language or a country


class Wanted(NamedTuple):
    """The filter of the list; '' matches everything. `mail` is yes or no: whether the contact may get marketing mail."""

    typed: str = ""
    tag: str = ""
    language: str = ""
    country: str = ""
    mail: str = ""

    @property
    def args(self) -> dict[str, str | None]:
        """Return the arguments of an address with this filter."""
        names = {"typed": "q", "tag": "tag", "language": "language", "country": "country", "mail": "mail"}
        return {names[field]: value or None for field, value in self._asdict().items()}


def read(args: MultiDict[str, str]) -> Wanted:
    """Return the filter of an address."""
    typed, tag, spoken, country, mail = (
        args.get(name, "")[:200] for name in ("q", "tag", "language", "country", "mail")
    )
    return Wanted(typed, tag, spoken, country, mail if mail in ("yes", "no") else "")


def find(tx: Session, wanted: Wanted, limit: int, offset: int) -> list[ContactsFoundRow]:
    """Return the contacts that match, newest first."""
    return tx.contacts.found(
        **search.patterns(wanted.typed),
        tag=search.within(wanted.tag),
        language=wanted.language,
        country=wanted.country,
        suppressed={"yes": "no", "no": "yes"}.get(wanted.mail, ""),
        limit=limit,
        offset=offset,
    )


@room.get("/contacts")
def index() -> str:
    """List contacts; `q` searches, `tag`, `language`, `country` and `mail` filter."""
    wanted, page = read(request.args), page_number()
    with state().store.read() as tx:
        rows = find(tx, wanted, PAGE + 1, (page - 1) * PAGE)
        shown = {
            "total": tx.contacts.counted(limit=COUNTED),
            "tags": sorted({tag for row in tx.contacts.tags_in_use() for tag in tags.read(row["tags"])}),
            "countries": [row["country"] for row in tx.contacts.countries_in_use() if row["country"]],
        }
    more = len(rows) > PAGE
    return render_template("contacts/index.html", rows=rows[:PAGE], more=more, page=page, wanted=wanted, **shown)


@room.get("/contacts/<contact_id>")
def show(contact_id: str) -> str | Response:
    """Show a contact; the id of one that was merged leads to the one that is kept."""
    with state().store.read() as tx:
        contact = contacts.by_id(tx, contact_id) or abort(404)
        if contact["id"] != contact_id:
            return redirect(url_for("contacts.show", contact_id=contact["id"]))
        shown = _of(tx, contact_id, contact["email_key"])
    return render_template(
        "contacts/show.html",
        contact=contact,
        fields=own_fields.read(contact["fields"]),
        tags=tags.read(contact["tags"]),
        refusals=[row for row in shown["suppressions"] if row["address_key"] == contact["email_key"]],
        assumed={"country": place.country(contact, state().settings), "zone": place.zone(contact, state().settings)},
        flow_table=flow_table,
        words=suppressions.WORDS,
        **shown,
    )


def _of(tx: Session, contact_id: str, email_key: str) -> dict[str, Any]:
    """Read what belongs to a contact, for its page."""
    return {
        "lead": leads.by_contact(tx, contact_id),
        "suppressions": tx.suppressions.of_contact(contact_id=contact_id),
        "aliases": [row for row in tx.contacts.aliases_of(contact_id=contact_id) if row["email_key"] != email_key],
        "facts": decisive.of_contact(tx, contact_id, now_ms()),
        "tasks": [task for task in tasks.of_contact(tx, contact_id) if not task["done_at"]],
        "bookings": [row for row in tx.bookings.of_contact(contact_id=contact_id) if row["state"] == "booked"],
        "timeline": timeline.of_contact(tx, contact_id),
        "owners": viewer.names(tx),
    }
