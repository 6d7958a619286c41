"""Shows the emails on disk: a preview of each format and language as a recipient gets it, and the problems that lint finds."""

from __future__ import annotations

import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, g, render_template, request

from builder import catalog, emails, lint, messages, translation
from builder.catalog import EmailSource
from builder.personalise import CannotPersonalise
from builder.problems import errors
from server.errors import CannotDo
from server.sending import compose, preview
from server.sending.preview import Preview
from server.web import headers, language
from server.web.marketing.previews import conditions, format_names, frames, pages, preview_options
from server.web.marketing.previews.preview_options import Look
from server.web.room import Menu, Room
from server.web.state import now_ms, state

room = Room(
    "emails",
    __name__,
    access={
        "index": "emails.read",
        "show": "emails.read",
        "frame": "emails.read",
    },
    menu=Menu("work", lambda: language.text("Emails")),
)


def get_ready(app: Flask) -> threading.Thread:
    """Prepare a thread that checks every email once, started by the first request of a signed-in user. Fill the cache, because a first
    visit to the list would take some seconds. A server without users never runs it.
    """
    looking = threading.Thread(target=_look_ahead, args=(app,), name="emails", daemon=True)
    only_one = threading.Lock()

    @app.after_request
    def look(response: Response) -> Response:
        if g.get("user") and only_one.acquire(blocking=False):
            looking.start()
        return response

    return looking


def _look_ahead(app: Flask) -> None:
    with app.app_context():
        for name in catalog.names(_folder()):
            began = time.perf_counter()
            _looked_at(name)
            time.sleep(time.perf_counter() - began)  # so that it takes half a core at most


@room.get("/emails")
def index() -> str:
    """List the emails."""
    folder = _folder()
    rows = [{"name": name, **_row(name)} for name in catalog.names(folder)]
    return render_template("emails/index.html", rows=rows, folder=folder, words=format_names)


@room.get("/emails/<name>")
def show(name: str) -> str:
    """Show an email in the format and language of the address, with the sample's person."""
    looked = _looked_at(_known(name))
    looking, shown, failure = _shown(looked)
    seen = pages.of(shown, looking) if shown and looking else {}
    return render_template(
        "emails/show.html", name=name, **looked, look=looking, shown=shown, failure=failure, words=format_names, **seen
    )


@room.get("/emails/<name>/<any(html, kinetic, amp):part>")
def frame(name: str, part: str) -> Response:
    """Return one part alone, for the preview's frame."""
    looking, shown, _ = _shown(_looked_at(_known(name)))
    html = pages.framed(shown, part, now_ms()) if shown else ""
    return headers.mail(frames.in_scheme(html, bool(looking and looking.dark))) if html else abort(404)


def _folder() -> Path:
    return Path(state().settings.templates_dir)


def _known(name: str) -> str:
    return name if name in catalog.names(_folder()) else abort(404)


def _looked_at(name: str) -> dict[str, Any]:
    """Return the source and its problems in the user's language."""
    looked = _checked(name, frozenset(catalog.collect(_folder() / name).items()))
    return {**looked, "problems": [translation.problem(each, language.current()) for each in looked["problems"]]}


@lru_cache(maxsize=512)
def _checked(name: str, content: frozenset[tuple[str, str]]) -> dict[str, Any]:
    """Return the source and the problems that lint finds; cached by the content of its files, since a check is slow."""
    files = dict(content)
    source, _ = catalog.inspect(name, files)
    return {"source": source, "problems": lint.check(name, files)}


def _row(name: str) -> dict[str, Any]:
    """Return an email's row for the list; without details if it has errors."""
    looked = _looked_at(name)
    source: EmailSource | None = looked["source"]
    if source is None or errors(looked["problems"]):
        return {**looked, "subject": "", "questions": 0, "marks": {}}
    spoken = source.speaks(language.current())
    try:
        found = preview.verdicts(state().settings, source)
        subject = preview.subject(state().settings, source, spoken, now_ms())
    except (CannotPersonalise, CannotDo) as error:
        return {**looked, "subject": str(error), "questions": 0, "marks": {}}
    marks = {format_: each for format_, each in found.items() if preview.state(each) != "off"}
    return {**looked, "subject": subject, "questions": len(emails.compile(source, spoken).blocks), "marks": marks}


def _shown(looked: dict[str, Any]) -> tuple[Look | None, Preview | None, str]:
    """Return the preview's options, the sample's message in every format, and why there is none; the first two are None for an email
    with errors.
    """
    source: EmailSource | None = looked["source"]
    if source is None or errors(looked["problems"]):
        return None, None, ""
    looking = preview_options.read(request.args, source, language.current())
    email = emails.compile(source, looking.language)
    recipient = conditions.with_answers(messages.sample(source), looking)
    try:
        sender = compose.sender(state().settings, source.stream, state().keyring, signed=False)
        return looking, preview.make(email, sender, recipient, now_ms()), ""
    except (CannotPersonalise, CannotDo) as error:
        return looking, None, str(error)
