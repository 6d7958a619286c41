"""Builds the Flask application: registers the rooms and installs languages, permissions, error pages, response headers and the layers in
front of Flask.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import sys
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from builder.tokens import Keyring
from server import settings as all_settings
from server import shipped, signing
from server import store as stores
from server.accounts.sessions import IDLE_MS
from server.branding.kept import KeptBrand
from server.capture import rules
from server.capture.hit_buffer import HitBuffer
from server.push import keys as push_keys
from server.settings import Settings
from server.store import Store
from server.web import access, avatars, brand, errors, headers, language, session
from server.web.accounts import devices, first_visit, own_account, password_links, sign_in
from server.web.admin import audit, backups, inbox, keys, notices, outbox, team, webhooks
from server.web.api import calls, strays
from server.web.floods import Floods
from server.web.forms import BODY_MAX_BYTES
from server.web.marketing import (
    branding,
    campaign_preparation,
    campaign_watch,
    campaigns,
    contact_editor,
    contact_import_actions,
    contact_imports,
    contact_merge,
    contact_uploads,
    contacts,
    email_actions,
    email_editor,
    emails,
    flows,
    home,
    images,
    new_email,
    own_tests,
    qualification,
    reports,
    runs,
    segment_editor,
    segments,
    why,
)
from server.web.page_cache import PageCache
from server.web.recipient import amp, appointments, ask, cards, feeds, gmail, local_times, not_me, unsubscribe
from server.web.sales import (
    answers,
    booking_week,
    bookings,
    bulk,
    calendars,
    callers,
    export,
    find,
    lead_mail,
    lead_work,
    leads,
    letters,
    overrule,
    tasks,
    today,
    undecided,
)
from server.web.serving.answer_fast_path import AnswerFastPath
from server.web.serving.gateway import Gateway
from server.web.serving.hosts import Hosts
from server.web.serving.request_log import RequestLog
from server.web.state import State, now_ms

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Thresholds of the garbage collector: new objects before a collection, and collections before an older generation is scanned. Sixty
# requests in progress hold thousands of live objects; Python's default of 700 would scan them sixty times a second.
COLLECT = (5_000, 10, 10)
ROOMS = (  # in the order of the menu, which is that of a day's work
    *(
        today,
        home,
        leads,
        lead_work,
        lead_mail,
        letters,
        callers,
        find,
        bulk,
        export,
        overrule,
        tasks,
        bookings,
        booking_week,
        calendars,
        undecided,
        reports,
        answers,
        contacts,
        contact_editor,
        contact_uploads,
        contact_imports,
        contact_import_actions,
        contact_merge,
        segments,
        segment_editor,
        emails,
        new_email,
        email_actions,
        email_editor,
        campaigns,
        campaign_watch,
        campaign_preparation,
        own_tests,
        why,
        images,
        branding,
        flows,
        runs,
        webhooks,
    ),
    *(outbox, notices, inbox, own_account, devices, qualification, team, keys, audit, backups),
    *(session, sign_in, password_links, first_visit),
)
API_ROOMS: tuple[ModuleType, ...] = (calls,)  # their calls carry a key: server/web/api/key.py
RECIPIENT_ROOMS = (  # reached by a token alone; no session, no cookie
    *(ask, appointments, feeds, not_me, amp, gmail, cards, unsubscribe, brand),
)


def create_app(settings: Settings, store: Store) -> Flask:
    """Build the web application over an open, migrated store."""
    app = build()
    attach(app, settings, store)
    return app


def build() -> Flask:
    """Build the application with all rooms but without settings and store; `attach` adds those."""
    templates, static = shipped.path("templates/pages"), shipped.path("static")
    app = Flask("acto", template_folder=str(templates), static_folder=str(static))
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(milliseconds=IDLE_MS),
        MAX_CONTENT_LENGTH=BODY_MAX_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        WTF_CSRF_CHECK_DEFAULT=False,  # the guard asks for the token wherever it asks for a session
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our pages keep to themselves
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    csrf = CSRFProtect(app)
    language.install(app)
    local_times.install(app)
    access.install(app, [each.room for each in ROOMS])
    for room in (*ROOMS, *API_ROOMS, *RECIPIENT_ROOMS):
        app.register_blueprint(room.room)
    strays.install(app)
    session.guard(app, csrf, public=[room.room.name for room in (*API_ROOMS, *RECIPIENT_ROOMS)])
    headers.install(app)
    errors.install(app)
    return app


def attach(app: Flask, settings: Settings, store: Store) -> None:
    """Give `app` its settings, store and signing keys, in place of any earlier ones. Tests reuse one built app, because building the
    rooms takes far longer.
    """
    secrets, secure = signing.keys(store, settings, now_ms()), settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=_session_key(secrets[-1]),
        SECRET_KEY_FALLBACKS=[_session_key(key) for key in secrets[:-1]],
        SESSION_COOKIE_NAME="__Host-acto" if secure else "acto",  # RFC 6265bis 4.1.3.2: no other host can set it
        SESSION_COOKIE_SECURE=secure,
    )
    by = rules.of(settings)
    held = KeptBrand(store, settings)
    pages = PageCache(lambda: held.at(now_ms()).id)
    state = State(
        settings, store, Keyring(secrets), HitBuffer(store, by), by, Floods(settings.message_requests), held, pages
    )
    app.extensions["acto"] = state
    app.jinja_env.globals["played"] = state.played
    avatars.install(app)
    brand.install(app)
    inner: WSGIApplication = Hosts(partial(Flask.wsgi_app, app))
    near = settings.proxies
    if near:  # otherwise limits and evidence would see the proxy's address for every client
        inner = ProxyFix(inner, x_for=near, x_proto=near)
    app.wsgi_app = AnswerFastPath(inner, state, near)  # type: ignore[method-assign]


def from_environment() -> Flask:
    """Build the application for a WSGI server: load acto.toml and the environment, open the store and migrate it."""
    settings = all_settings.load()
    store = stores.open(settings.database, settings.group_commit_max)
    store.migrate()
    app = create_app(settings, store)
    push_keys.read(settings)  # makes the key at the first start
    atexit.register(_close, app)
    return app


def gateway() -> Gateway:
    """Build the RSGI application that Granian serves.

    Freeze the objects that exist by then, which stay until the end. Otherwise the garbage collector would scan them again and again, and
    every request would wait for it.
    """
    app = from_environment()
    emails.get_ready(app)
    tap = app.wsgi_app
    assert isinstance(tap, AnswerFastPath)  # noqa: S101 - create_app put it there
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    settings: Settings = app.extensions["acto"].settings
    log = RequestLog(sys.stderr) if settings.request_log == "yes" else None
    return Gateway(app, tap, settings.threads, partial(_close, app), log)


def _close(app: Flask) -> None:
    state: State = app.extensions["acto"]
    state.hit_buffer.close()
    state.store.close()


def _session_key(key: str) -> str:
    """Derive the key that signs session cookies from a signing key, so that a cookie and a link never share one."""
    return hashlib.sha256(f"acto.session.{key}".encode()).hexdigest()
