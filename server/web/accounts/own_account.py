"""Serves a user's own account: name, language, time zone, password, the second step, and the list of open sessions."""

from __future__ import annotations

import segno
from flask import (
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug import Response

from server import texts
from server.accounts import passwords, sessions, totp, users
from server.accounts.users import WeakPassword
from server.web import language
from server.web import session as session_guard
from server.web.accounts import browser_names, profile_form
from server.web.limits import Limit
from server.web.room import SIGNED_IN, Menu, Room
from server.web.state import now_ms, state

room = Room(
    "account",
    __name__,
    access={
        "index": SIGNED_IN,
        "save": SIGNED_IN,
        "change_password": SIGNED_IN,
        "second_step": SIGNED_IN,
        "switch_on": SIGNED_IN,
        "switch_off": SIGNED_IN,
        "end_session": SIGNED_IN,
    },
    menu=Menu("own", lambda: language.text("Your account")),
)
SCAN_WITHIN_MS = 600_000  # from the password to the first code
OTHERS = "others"


@room.get("/account")
def index() -> Response:
    """Show the account."""
    return _page()


@room.post("/account")
def save() -> Response:
    """Save name, language and time zone."""
    form, user_id = request.form, g.user["id"]
    given = {"name": profile_form.name(form.get("name", "")), "time_zone": form.get("time_zone", "")}
    if form.get("language") not in texts.LANGUAGES or given["time_zone"] not in profile_form.time_zones():
        abort(400)
    spoken = form["language"]
    state().store.write(lambda tx: tx.users.set_profile(id=user_id, language=spoken, **given))
    session.pop("language", None)
    language.speak(spoken)
    return _done(language.text("Saved."))


@room.post("/account/password")
def change_password() -> Response:
    """Change the password and end every other session of the user."""
    if wrong := _not_them():
        return _page(password=wrong)
    try:
        done = users.change_password(state().store, g.user, g.session, request.form.get("new", ""), now_ms())
    except WeakPassword as error:
        return _page(password=error.why)
    if not done:
        abort(409)
    return _done(language.text("Your password was changed. Your other sessions have ended."))


@room.post("/account/second-step")
def second_step() -> Response:
    """Show the QR code of a new TOTP secret after a check of the password. Store nothing until a first code matches."""
    if wrong := _not_them():
        return _page(second=wrong)
    session["second"] = {"secret": totp.new_secret(), "at": now_ms()}
    return _scan(session["second"]["secret"])


@room.post("/account/second-step/on")
def switch_on() -> Response:
    """Switch the second step on if a code matches the secret shown before. The secret comes from the session, so that a forged form
    cannot set another.
    """
    waiting = session.get("second") or {"secret": "", "at": 0}
    secret = waiting["secret"]
    if now_ms() - waiting["at"] > SCAN_WITHIN_MS:
        return redirect(url_for("account.index"))
    codes = totp.switch_on(state().store, g.user, secret, request.form.get("code", "")[:40], now_ms())
    if codes is None:
        return _scan(secret, wrong=True)
    session.pop("second")
    return make_response(render_template("account/codes.html", codes=codes))


@room.post("/account/second-step/off")
def switch_off() -> Response:
    """Switch the second step off after a check of the password."""
    if wrong := _not_them():
        return _page(second=wrong)
    totp.switch_off(state().store, g.user["email"], g.user, now_ms())
    return _done(language.text("No code is asked for any more."))


@room.post("/account/sessions/end")
def end_session() -> Response:
    """End one of the user's other sessions, or all of them. The current one ends by signing out."""
    user_id, here, asked = g.user["id"], g.session, request.form.get("session", "")
    if asked == OTHERS:
        state().store.write(lambda tx: sessions.end_others(tx, user_id, here))
    elif asked == here or not state().store.write(lambda tx: sessions.end(tx, user_id, asked)):
        abort(409)
    return _done(language.text("It has ended there."))


def _page(**wrong: str) -> Response:
    with state().store.read() as tx:
        left = tx.users.codes_left(user_id=g.user["id"])
        rows = sessions.listed(tx, g.user["id"], now_ms())
    found = [{**row, "browser": browser_names.called(row["agent"]), "here": row["id"] == g.session} for row in rows]
    shown = {
        "zones": profile_form.time_zones(),
        "codes_left": left,
        "sessions": found,
        "owes": session_guard.owes_second_step(),
        "wrong": wrong,
    }
    return make_response(render_template("account/index.html", **shown), 422 if wrong else 200)


def _scan(secret: str, wrong: bool = False) -> Response:
    address = totp.address(secret, g.user["email"])
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")
    page = render_template("account/scan.html", secret=secret, picture=picture, wrong=wrong)
    return make_response(page, 422 if wrong else 200)


def _not_them() -> str:
    """Check the current password, so that a borrowed browser cannot take over the account. Return '' if it is right, else `wrong` or
    `often`.
    """
    limit: Limit = state().limits.setdefault("account", Limit(5, 900))
    if limit.take(g.user["id"], now_ms()):
        return "often"
    if passwords.verify(g.user["password_hash"], request.form.get("password", "")):
        limit.forget(g.user["id"])
        return ""
    return "wrong"


def _done(said: str) -> Response:
    flash(said)
    return redirect(url_for("account.index"))
