"""Records in the activity log that a key reads personal data through the API, as CSV exports are recorded."""

from __future__ import annotations

from server.accounts import audit
from server.web.api.endpoint import Call, Endpoint
from server.web.limits import Limit

EVERY_SECONDS = 3600  # one line an hour for a program that reads continuously


def note(endpoint: Endpoint, call: Call) -> None:
    """Record the read before the data is sent, in a transaction of its own, because the read itself must not write."""
    if not endpoint.exports:
        return
    noted: Limit = call.state.limits.setdefault("api-exports", Limit(1, EVERY_SECONDS))
    which = f"{call.key.id} {endpoint.exports}"
    if not noted.wait_seconds(which, call.now):
        noted.note(which, call.now)
        call.state.store.write(lambda tx: audit.add(tx, call.by_whom, "data.exported", endpoint.exports, call.now))
