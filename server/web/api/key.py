"""Checks the API key (`Authorization: Bearer acto_…`) and its scope on every call.

    room = Blueprint("api", __name__, url_prefix="/api/v1")
    key.guard(room, {"api.contacts": "contacts:read", …})

An endpoint without a row is refused; OPEN needs no key, ANY a key of any scope. The key of the call is in `g.key`.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, g, request

from server.accounts import api_keys
from server.accounts.api_keys import SCOPES
from server.web.api import problems
from server.web.api.problems import ApiProblem
from server.web.hits import network
from server.web.limits import Limit
from server.web.state import now_ms, state

USED_EVERY_MS = 60_000
GUESSES, CALLS = (20, 300), (1200, 60)  # limits for wrong keys of a network and calls of a key: (number, seconds)
OPEN, ANY = "open", "any"
ENDED = {
    "revoked": "This key was revoked. Create another one on the page “API keys”.",
    "expired": "This key has expired. Create another one on the page “API keys”.",
}


def guard(room: Blueprint, scopes: Mapping[str, str]) -> None:
    """Require a key on every endpoint of the room; `scopes` gives the scope that each needs. Raises ValueError for an unknown scope."""
    unknown = set(scopes.values()) - {*SCOPES, OPEN, ANY}
    if unknown:
        raise ValueError(f"no such scope: {', '.join(sorted(unknown))}")

    @room.before_request
    def require_key() -> Response | None:
        try:
            check(scopes.get(request.endpoint or ""))
        except ApiProblem as problem:
            return problems.response(problem)
        return None


def check(scope: str | None) -> None:
    """Check the call's key and count the call; put the key into `g.key`. Raises Problem with the headers of RFC 6750 section 3."""
    if scope == OPEN:
        return
    now, calls = now_ms(), _limits()[1]
    found = _key(now)
    if wait := calls.wait_seconds(found.id, now):
        raise _too_often(
            f"This key reached its limit of {CALLS[0]} calls in {CALLS[1]} seconds. Wait {wait} seconds.", wait
        )
    calls.note(found.id, now)
    if scope is None or (scope != ANY and scope not in found.scopes):
        needs = f"This call needs the scope {scope}; the key has {', '.join(sorted(found.scopes))}."
        raise ApiProblem(
            "wrong_scope", needs if scope else "No scope allows this call.", headers=_says("insufficient_scope")
        )
    g.key = found


def _key(now: int) -> api_keys.Key:
    """Return the call's key. A valid one passes even if its network sent too many wrong ones, so that another client's mistake does not
    block it. Raises Problem.
    """
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip() if kind.lower() == "bearer" else ""
    with state().store.read() as tx:
        found = api_keys.find(tx, secret, now)
        ended = "" if found else api_keys.ended(tx, secret, now)
    if found:
        _note_use(found.id, now)
        return found
    guesses, here = _limits()[0], network(request.remote_addr or "")
    if wait := guesses.wait_seconds(here, now):
        raise _too_often(f"Your network sent too many wrong keys. Wait {wait} seconds.", wait)
    guesses.note(here, now)
    raise ApiProblem("no_key", ENDED.get(ended, ""), headers=_says("invalid_token"))


def _too_often(detail: str, wait: int) -> ApiProblem:
    return ApiProblem("too_often", detail, headers={"Retry-After": str(wait)})


def _says(error: str) -> dict[str, str]:
    return {"WWW-Authenticate": f'Bearer realm="acto", error="{error}"'}


def _note_use(key_id: str, now: int) -> None:
    """Store when the key was last used, once a minute at most and in a transaction of its own, because reading calls must not write."""
    noted: Limit = state().limits.setdefault("api-used", Limit(1, USED_EVERY_MS // 1000))
    if not noted.wait_seconds(key_id, now):
        noted.note(key_id, now)
        state().store.write(lambda tx: tx.api_keys.used(id=key_id, at=now, before_at=now - USED_EVERY_MS))


def _limits() -> tuple[Limit, Limit]:
    limits: tuple[Limit, Limit] = state().limits.setdefault("api", (Limit(*GUESSES), Limit(*CALLS)))
    return limits
