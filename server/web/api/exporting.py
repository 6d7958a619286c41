"""People who leave through the API stand in the activity log, as those who leave as a file do."""

from __future__ import annotations

from server.accounts import audit
from server.web.api.endpoint import Call, Endpoint
from server.web.limits import Limit

EVERY_SECONDS = 3600  # a program that reads all day long is one line an hour, not one a page


def note(endpoint: Endpoint, call: Call) -> None:
    """Before anything leaves, and in a transaction of its own: reading stays reading."""
    if not endpoint.exports:
        return
    noted: Limit = call.state.limits.setdefault("api-exports", Limit(1, EVERY_SECONDS))
    which = f"{call.key.id} {endpoint.exports}"
    if not noted.wait_seconds(which, call.now):
        noted.note(which, call.now)
        call.state.store.write(lambda tx: audit.add(tx, call.by_whom, "data.exported", endpoint.exports, call.now))
