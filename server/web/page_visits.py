"""Buffers the hit of an opened answer page, and sets a cookie with a visit id that connects the browser's later requests."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from werkzeug.http import dump_cookie

from builder.tokens import Action
from server.web import hits
from server.web.state import State, now_ms

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

VISIT_SECONDS = 31 * 86_400


def opened(state: State, environ: WSGIEnvironment, action: Action, choice: str, nonce: str) -> str:
    """Buffer the hit of an opened page. Return the Set-Cookie value for a browser that has no visit id yet, else ''."""
    kept = hits.visit(environ, action.message_id)
    visit = kept or secrets.token_urlsafe(12)
    hit = hits.read(environ, action, choice, nonce)
    state.hit_buffer.add(hit._replace(facts={**(hit.facts or {}), "visit": visit}), now_ms())
    if kept:
        return ""
    secure = state.settings.base_url.startswith("https://")
    name = hits.visit_cookie(action.message_id)
    return dump_cookie(name, visit, VISIT_SECONDS, path=hits.PATH, secure=secure, httponly=True, samesite="Lax")
