"""Takes a user's decision about who gave an answer, a person or a machine, from the lead's page."""

from __future__ import annotations

from typing import Literal, cast

from flask import abort, g, redirect, request, url_for
from werkzeug import Response

from server.capture import overrides
from server.capture.overrides import Decision
from server.web.room import Room
from server.web.state import now_ms, state

room = Room(
    "overrule",
    __name__,
    access={
        "decide": "verdicts.overrule",
    },
)
VERDICTS = ("machine", "person")
REASON_MAX = 500


@room.post("/leads/<contact_id>/overrule")
def decide(contact_id: str) -> Response:
    """Store the decision. Require a reason, which the page's form demands before it sends."""
    form = request.form
    verdict, reason = form.get("verdict", ""), form.get("reason", "").strip()[:REASON_MAX]
    if verdict not in VERDICTS or not reason:
        abort(400)
    decision = Decision(
        contact_id,
        form.get("message_id", ""),
        form.get("block", ""),
        form.get("nonce", ""),
        cast(Literal["machine", "person"], verdict),
        reason,
        g.user["email"],
    )
    try:
        overrides.overrule(state().store, decision, state().rules, now_ms())
    except LookupError:
        abort(404)
    return redirect(url_for("leads.show", contact_id=contact_id))
