"""Emails: the templates on disk, each format and language as a recipient gets it, and what lint says."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from builder import catalog, emails, lint, messages, personalise
from builder.catalog import EmailSource
from builder.messages import Filled
from builder.problems import BrokenTemplate, errors
from server.errors import CannotDo
from server.sending import compose
from server.web import headers
from server.web.state import now_ms, state

room = Blueprint("emails", __name__)


@room.get("/emails")
def index() -> str:
    folder = _folder()
    rows = [{"name": name, **_looked_at(name)} for name in catalog.names(folder)]
    return render_template("emails/index.html", rows=rows, folder=folder)


@room.get("/emails/<name>")
def show(name: str) -> str:
    """The preview, in the language asked for, with the sample's person."""
    looked = _looked_at(_known(name))
    source = looked["source"]
    asked = request.args.get("language", "")
    spoken = source.speaks(asked) if source else ""
    filled, failure = _filled(source, spoken) if source and not errors(looked["problems"]) else (None, "")
    return render_template(
        "emails/show.html",
        name=name,
        **looked,
        filled=filled,
        failure=failure,
        spoken=spoken,
        narrow=request.args.get("width") == "phone",
        blocks=emails.compile(source, spoken).blocks if source and filled else {},
    )


@room.get("/emails/<name>/html")
def html(name: str) -> Response:
    """The html part alone, for the preview's frame."""
    source = _looked_at(_known(name))["source"]
    try:
        filled, _ = _filled(source, source.speaks(request.args.get("language", ""))) if source else (None, "")
    except BrokenTemplate:
        filled = None
    return headers.mail(filled.html) if filled else abort(404)


def _folder() -> Path:
    return Path(state().settings.templates_dir)


def _known(name: str) -> str:
    return name if name in catalog.names(_folder()) else abort(404)


def _looked_at(name: str) -> dict[str, Any]:
    return _checked(name, frozenset(catalog.collect(_folder() / name).items()))


@lru_cache(maxsize=64)
def _checked(name: str, content: frozenset[tuple[str, str]]) -> dict[str, Any]:
    """The email and what lint says of it: worked out once for each content, since it takes some 40 ms."""
    files = dict(content)
    source, _ = catalog.inspect(name, files)
    return {"source": source, "problems": lint.check(name, files)}


def _filled(source: EmailSource, language: str) -> tuple[Filled | None, str]:
    """The sample's message, or why there is none."""
    email = emails.compile(source, language)
    try:
        sender = compose.sender(state().settings, source.stream, state().keyring, signed=False)
        return messages.fill(email, sender, messages.sample(source), now_ms()), ""
    except (personalise.CannotPersonalise, CannotDo) as error:
        return None, str(error)
