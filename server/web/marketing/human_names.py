"""Gives templates the filters that turn names of files and links into what people call emails, flows, topics, streams and zones."""

from __future__ import annotations

from collections.abc import Callable

from flask import g

from server.contacts import zones
from server.flows import flow_store
from server.store import Session
from server.texts import text
from server.web import language
from server.web.marketing import campaign_views
from server.web.state import state

TOPICS = {  # of the emails that Acto brings; any other is written as words
    "account": "Account",
    "appointments": "Appointments",
    "consulting": "Consulting",
    "events": "Events",
    "meetings": "Meetings",
    "orders": "Orders",
    "product-news": "Product news",
    "subscriptions": "Subscriptions",
    "support": "Support",
    "surveys": "Surveys",
}
STREAMS = {"marketing": "Marketing", "transactional": "Transactional"}


def email_title(name: str) -> str:
    """Return the title of an email in the reader's language."""
    return _once("email", name, lambda tx: campaign_views.title(tx, state().settings, name))


def flow_title(name: str) -> str:
    """Return the title of a flow; its name for one that was removed or has none."""

    def look(tx: Session) -> str:
        flow = flow_store.by_name(tx, name)
        return (flow.title if flow else "") or name

    return _once("flow", name, look)


def topic(name: str) -> str:
    """Return a topic in words."""
    known = TOPICS.get(name)
    return text(known, language.current()) if known else name.replace("-", " ").replace("_", " ").capitalize()


def stream(name: str) -> str:
    """Return what a stream is called."""
    return text(STREAMS[name], language.current()) if name in STREAMS else name


def zone(name: str) -> str:
    """Return the name of a time zone, such as “Bogotá time”."""
    return zones.display_name(name, language.current())


FILTERS = {
    "email_title": email_title,
    "flow_title": flow_title,
    "topic_name": topic,
    "stream_name": stream,
    "zone_name": zone,
}


def _once(kind: str, name: str, look: Callable[[Session], str]) -> str:
    """Look a name up once for each request."""
    known: dict[tuple[str, str], str] = g.setdefault("human_names", {})
    if (kind, name) not in known:
        with state().store.read() as tx:
            known[kind, name] = look(tx)
    return known[kind, name]
