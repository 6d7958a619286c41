"""Serves the page behind a link of a mail from the page cache, in front of Flask.

The recipients of a campaign open their pages in the same minutes. Such a page needs no session and no language but its email's, so it
takes a third of Flask's time. Flask renders the pages that are not cached, and fills the cache.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from server import capture
from server.capture import block_state
from server.web import hits, page_visits
from server.web.headers import recipients_page
from server.web.recipient import answer_pages
from server.web.reply import Reply
from server.web.state import State, now_ms

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LINK = re.compile(hits.PATH + "([^/]+)/([^/]+)")


def is_link(environ: WSGIEnvironment) -> bool:
    """Return whether the request opens a link of a mail with a choice in it."""
    return environ["REQUEST_METHOD"] == "GET" and LINK.fullmatch(environ["PATH_INFO"]) is not None


def read(state: State, environ: WSGIEnvironment) -> Reply | None:
    """Return the page of a link, or None if it is not cached or asks about a calendar. Raises TooMany and the exceptions of
    `refusals.REASONS`.
    """
    found = LINK.fullmatch(environ["PATH_INFO"])
    assert found, "is_link said so"  # noqa: S101
    (token, choice), now = found.groups(), now_ms()
    state.floods.check(token, environ, now)
    action = state.keyring.read("answer", token, now // 1000)
    with state.store.read() as tx:
        asked = capture.find(tx, action)
        if asked is None or asked.block.calendar:
            return None
        standing = block_state.of(tx, asked, now)
    nonce = answer_pages.new_page()
    key = answer_pages.page_key(asked, standing, (choice,))
    body = state.page_cache.of(key, answer_pages.holes(state, asked, token, nonce))
    if body is None:
        return None
    cookie = page_visits.opened(state, environ, action, choice, nonce)
    return recipients_page(state.settings, body, cookie)
