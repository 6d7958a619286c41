"""Lists the leads worth calling now, with the reasons, and shows one lead with its scores and timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, abort, g, render_template, request

from server import jsontext, tasks
from server.contacts import contacts, phones
from server.flows import table as flow_table
from server.qualify import leads, scoring, sentences
from server.reports import timeline
from server.sales import decisive, inbox
from server.sales.decisive import Fact, Line
from server.sales.inbox import Filter
from server.web import access, language, viewer
from server.web.paging import page_number
from server.web.room import Menu, Room
from server.web.sales import reply_reasons, verdict_messages, work_words
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.leads import LeadsChangedRow

room = Room(
    "leads",
    __name__,
    access={
        "index": "leads.read",
        "show": "leads.read",
        "news": "leads.read",
    },
    menu=Menu("people", lambda: language.text("Leads")),
)
room.add_app_template_filter(scoring.strongest)
room.add_app_template_filter(scoring.uncounted)
room.add_app_template_filter(reply_reasons.sentence, "why_no_answer")
room.add_app_template_filter(reply_reasons.task_title)
room.add_app_template_filter(phones.chat)
room.add_app_template_filter(work_words.amount)
room.add_app_template_filter(work_words.outcome_day)
NEWS_MOST = 5  # names of new answers that the open list shows at once


@room.app_template_filter()
def reason(row: dict[str, object]) -> str:
    """Write a stored reason as a sentence in the page's language."""
    return sentences.sentence(row, language.current(), language.day(int(str(row["at"]))))


@room.app_template_filter()
def decided(facts: list[Fact], reasons: list[dict[str, Any]]) -> list[Line]:
    """Write what decides about a lead, one line each; the strongest reason is the second one if a single fact is known."""
    lines = decisive.lines(facts, language.current(), now_ms(), viewer.zone())
    known = {line.question for line in lines}
    others = [each for each in reasons if each["points"] > 0 and each["question"] not in known]
    counting = [each for each in others if not scoring.uncounted(each, reasons)]
    once = list({each["question"]: each for each in reversed(counting)}.values())[
        ::-1
    ]  # one answer may add to two scores
    missing = max(0, decisive.FACTS_MOST - len(lines))
    return [*lines, *(_plain(each) for each in once[:missing])]


@room.app_template_filter()
def headline(facts: list[Fact]) -> str:
    """Write the decisive facts about a person as one line for the user."""
    return decisive.headline(facts, language.current(), now_ms(), viewer.zone())


@room.app_template_filter()
def speaks_against(facts: list[Fact]) -> bool:
    """Return whether the decisive facts are a reason not to call."""
    return decisive.speaks_against(facts)


@room.app_template_filter()
def effect_name(entry: timeline.Entry) -> str:
    """Write the effect of a flow in a word or two, or that it was taken back."""
    did = flow_table.effect(entry["taken_back"] or entry["did"])
    name = language.text(did.label) if did else entry["did"]
    return language.text("Taken back: %(what)s") % {"what": name} if entry["taken_back"] else name


@room.app_template_filter()
def sign(row: tuple[str, dict[str, int]]) -> str:
    """Write a sign behind a verdict as words."""
    return verdict_messages.sentence(row)


@room.get("/leads")
def index() -> str:
    """List leads, the highest worth first. `view`, `stage`, `owner`, `product` and `tag` filter, `q` searches, `all` includes those of
    machines.
    """
    wanted, page = chosen(), page_number()
    with state().store.read() as tx:
        found = inbox.search(tx, wanted, page)
        shown = {
            "stages": found.stages,
            "products": inbox.products(tx),
            "machines": int(tx.leads.machines()),
            "version": inbox.version(tx),
            "owners": viewer.names(tx),
            "facts": decisive.of_all(tx, [row["contact_id"] for row in found.rows], now_ms()),
        }
    rows, more = found.rows[: inbox.PAGE], len(found.rows) > inbox.PAGE
    return render_template(
        "leads/index.html", rows=rows, wanted=wanted, page=page, more=more, args=args(wanted), **shown
    )


@room.get("/leads/news")
def news() -> Response:
    """Return whether a lead changed since `version` and who answered; the open list polls it every few seconds."""
    since = request.args.get("version", "0")
    since_ms = int(since) if since.isascii() and since.isdigit() else 0
    with state().store.read() as tx:
        version = inbox.version(tx)
        rows = tx.leads.changed(since_at=since_ms, limit=NEWS_MOST) if version > since_ms else []
    told = [{"name": _name(row), "stage": row["stage"]} for row in rows if row["answered_at"] > since_ms]
    return Response(jsontext.dumps({"version": version, "answered": told}), mimetype="application/json")


@room.get("/leads/<contact_id>")
def show(contact_id: str) -> str:
    """Show one lead: scores, the reason for every point, the forms to work on it, and the timeline."""
    return page_of(contact_id)


def page_of(contact_id: str, wrong: str = "", typed: Mapping[str, str] | None = None) -> str:
    """Render the lead's page. `wrong` names the form field with an invalid value, `typed` holds the form's values. Abort with 404 for
    an unknown contact.
    """
    with state().store.read() as tx:
        contact = tx.contacts.by_id(id=contact_id) or abort(404)
        lead = leads.by_contact(tx, contact_id)
        only_answers = request.args.get("history") == "answers"
        happened = timeline.of_contact(tx, contact_id)
        owners = viewer.names(tx)
        facts = decisive.of_contact(tx, contact["id"], now_ms())
        todo = [task for task in tasks.of_contact(tx, contact_id) if not task["done_at"]]
    return render_template(
        "leads/show.html",
        lead=lead,
        facts=facts,
        contact=contact,
        timeline=timeline.told_by_people(happened) if only_answers else happened,
        only_answers=only_answers,
        dimensions=scoring.DIMENSIONS,
        owners=owners,
        tasks=todo,
        flow_table=flow_table,
        days=viewer.soon(),
        currency=state().settings.currency,
        wrong=wrong,
        typed=typed or {},
    )


def chosen() -> Filter:
    """Read the filter from the page's address."""
    asked = request.args
    view = asked.get("view", "")
    view = view if view in inbox.VIEWS else _first_view()
    return Filter(
        today=viewer.today(),
        view=view,
        free=view == "ours",
        text=asked.get("q", ""),
        stage=asked.get("stage", ""),
        owner=g.user["id"] if view in ("mine", "ours") else asked.get("owner", ""),
        product=asked.get("product", ""),
        tag=asked.get("tag", ""),
        everyone="all" in asked,
        sort=asked["sort"] if asked.get("sort") in inbox.SORTS else "",
    )


def _first_view() -> str:
    """Return the view that opens first: for sales their own and free leads, because a colleague's lead is not theirs to call."""
    return "ours" if access.may("leads.work") else "open"


def args(wanted: Filter) -> dict[str, str | None]:
    """Return the filter as arguments of an address, without defaults."""
    return {
        "view": wanted.view if wanted.view != _first_view() else None,
        "q": wanted.text or None,
        "stage": wanted.stage or None,
        "owner": wanted.owner if wanted.owner and wanted.view not in ("mine", "ours") else None,
        "product": wanted.product or None,
        "tag": wanted.tag or None,
        "all": "" if wanted.everyone else None,
        "sort": wanted.sort or None,
    }


def _plain(reason: dict[str, Any]) -> Line:
    words = sentences.plain(reason, language.current(), language.day(int(reason["at"])))
    return Line(words, against=False, question=reason["question"])


def _name(row: LeadsChangedRow) -> str:
    return contacts.full_name(row) or row["address"]
