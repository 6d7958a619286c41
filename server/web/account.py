"""One's own account: name, language and time zone, password, and the second step."""

from __future__ import annotations

import segno
from flask import (
    Blueprint,
    abort,
    current_app,
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

from server.people import account, passwords, totp
from server.people.users import WeakPassword
from server.web import language, profile
from server.web.limits import Limit
from server.web.state import now_ms, state

room = Blueprint("account", __name__)


@room.get("/account")
def index() -> Response:
    return _page()


@room.post("/account")
def save() -> Response:
    form, user_id = request.form, g.user["id"]
    given = {"name": profile.name(form.get("name", "")), "time_zone": form.get("time_zone", "")}
    if form.get("language") not in language.LANGUAGES or given["time_zone"] not in profile.time_zones():
        abort(400)
    spoken = form["language"]
    state().store.write(lambda tx: tx.users.set_profile(id=user_id, language=spoken, **given))
    session.pop("language", None)
    language.speak(spoken)
    return _done(language.text("Saved."))


@room.post("/account/password")
def change_password() -> Response:
    """Ends every other session; this one goes on."""
    if wrong := _not_them():
        return _page(password=wrong)
    try:
        key = account.change_password(state().store, g.user, request.form.get("new", ""), now_ms())
    except WeakPassword as error:
        return _page(password=error.why)
    if key is None:
        abort(409)
    session["key"] = key
    return _done(language.text("Your password is new. Every other session of yours has ended."))


@room.post("/account/second-step")
def second_step() -> Response:
    """The QR code of a new secret, for whoever knows the password; nothing is kept until a code fits it."""
    if wrong := _not_them():
        return _page(second=wrong)
    return _scan(totp.new_secret())


@room.post("/account/second-step/on")
def switch_on() -> Response:
    """The secret comes back from our own form: it is the user's own, and worth nothing before its code fits."""
    secret = request.form.get("secret", "")
    if not totp.is_secret(secret):
        abort(400)
    codes = totp.switch_on(state().store, g.user, secret, request.form.get("code", "")[:40], now_ms())
    if codes is None:
        return _scan(secret, wrong=True)
    return make_response(render_template("account/codes.html", codes=codes))


@room.post("/account/second-step/off")
def switch_off() -> Response:
    if wrong := _not_them():
        return _page(second=wrong)
    totp.switch_off(state().store, g.user["email"], g.user, now_ms())
    return _done(language.text("No code is asked for any more."))


def _page(**wrong: str) -> Response:
    with state().store.read() as tx:
        left = int(tx.users.codes_left(user_id=g.user["id"]))
    shown = {"zones": profile.time_zones(), "codes_left": left, "wrong": wrong}
    return make_response(render_template("account/index.html", **shown), 422 if wrong else 200)


def _scan(secret: str, wrong: bool = False) -> Response:
    address = totp.address(secret, g.user["email"])
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")
    page = render_template("account/scan.html", secret=secret, picture=picture, wrong=wrong)
    return make_response(page, 422 if wrong else 200)


def _not_them() -> str:
    """Empty when the current password is right: a borrowed browser is not enough to take an account over."""
    limit: Limit = current_app.extensions.setdefault("acto.account", Limit(5, 900))
    if limit.wait_seconds(g.user["id"], now_ms()):
        return "often"
    if passwords.verify(g.user["password_hash"], request.form.get("password", "")):
        limit.forget(g.user["id"])
        return ""
    limit.note(g.user["id"], now_ms())
    return "wrong"


def _done(said: str) -> Response:
    flash(said)
    return redirect(url_for("account.index"))
