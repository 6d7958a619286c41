"""The guard of the API: `Authorization: Bearer acto_…`, and a scope for every endpoint.

    room = Blueprint("api", __name__, url_prefix="/api/v1")
    key.guard(room, {"api.contacts": "contacts:read", …})

An endpoint without a row is refused. The key stands in `g.key`.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, current_app, g, jsonify, request

from server.people import api_keys
from server.people.api_keys import SCOPES
from server.web.hits import network
from server.web.limits import Limit
from server.web.state import now_ms, state

USED_EVERY_MS = 60_000
GUESSES, CALLS = (20, 300), (1200, 60)  # wrong keys of a network, calls of a key: how many in how many seconds


def guard(room: Blueprint, scopes: Mapping[str, str]) -> None:
    """Ask for a key on every endpoint of the room; `scopes` says which scope each needs."""
    unknown = set(scopes.values()) - set(SCOPES)
    if unknown:
        raise ValueError(f"no such scope: {', '.join(sorted(unknown))}")

    @room.before_request
    def require_key() -> Response | None:
        return check(scopes.get(request.endpoint or ""))


def check(scope: str | None) -> Response | None:
    """None lets the call pass; anything else is the reply. RFC 6750 section 3 says what to answer."""
    now, (guesses, calls) = now_ms(), _limits()
    key, here = _key(now), network(request.remote_addr or "")
    if key is None:  # a right key always comes in: the mistake of a neighbour must not shut it out
        if wait := guesses.wait_seconds(here, now):
            return refusal(
                429, "too_often", "Too many wrong keys came from your network. Wait and try again.", wait=wait
            )
        guesses.note(here, now)
        return refusal(401, "no_key", "This needs a key: Authorization: Bearer acto_…", error="invalid_token")
    if wait := calls.wait_seconds(key.id, now):
        return refusal(429, "too_often", f"This key made {CALLS[0]} calls within {CALLS[1]} s. Wait.", wait=wait)
    calls.note(key.id, now)
    if scope is None or scope not in key.scopes:
        needs = f"This needs a key with the scope {scope}." if scope else "No scope opens this."
        return refusal(403, "wrong_scope", needs, error="insufficient_scope")
    g.key = key
    return None


def refusal(status: int, code: str, message: str, wait: int = 0, error: str = "") -> Response:
    """The shape of every error of the API."""
    response = jsonify({"error": {"code": code, "message": message}})
    response.status_code = status
    if wait:
        response.headers["Retry-After"] = str(wait)
    if error:
        response.headers["WWW-Authenticate"] = f'Bearer realm="acto", error="{error}"'
    return response


def _key(now: int) -> api_keys.Key | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        return None
    with state().store.read() as tx:
        found = api_keys.find(tx, secret.strip(), now)
    if found:
        _note_use(found.id, now)
    return found


def _note_use(key_id: str, now: int) -> None:
    """At most once a minute, and then in a commit of its own: reading stays reading."""
    noted: Limit = current_app.extensions.setdefault("acto.api-used", Limit(1, USED_EVERY_MS // 1000))
    if not noted.wait_seconds(key_id, now):
        noted.note(key_id, now)
        state().store.write(lambda tx: tx.api_keys.used(id=key_id, at=now, before_at=now - USED_EVERY_MS))


def _limits() -> tuple[Limit, Limit]:
    limits: tuple[Limit, Limit] = current_app.extensions.setdefault("acto.api", (Limit(*GUESSES), Limit(*CALLS)))
    return limits
