"""The page of a link in a mail, in front of Flask: from a copy, where there is one.

A campaign's thousands open their pages in the same minutes. Such a page needs no session and no language but its email's, so it costs a
third of what it costs in Flask, which renders the copy and every page that has none.
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
    return environ["REQUEST_METHOD"] == "GET" and LINK.fullmatch(environ["PATH_INFO"]) is not None


def read(state: State, environ: WSGIEnvironment) -> Reply | None:
    """The page of a link, if there is a copy. Raises what `refusals.REASONS` names, and TooMany."""
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
