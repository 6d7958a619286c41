"""Manages the team: invites users, sets their roles, deactivates them, and switches off a lost second step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, g, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from server import texts
from server.accounts import roles, team, totp
from server.accounts.team import LastAdmin, NotInvited, Post
from server.accounts.users import called
from server.web import language
from server.web.accounts import profile_form
from server.web.room import Menu, Room
from server.web.state import now_ms, state

if TYPE_CHECKING:
    from server.store.queries.users import UsersRow

room = Room(
    "team",
    __name__,
    access={
        "index": "users.manage",
        "invite": "users.manage",
        "invite_again": "users.manage",
        "set_role": "users.manage",
        "set_active": "users.manage",
        "forget_second_step": "users.manage",
    },
    menu=Menu("own", lambda: language.text("Team")),
)


@room.get("/team")
def index() -> Response:
    """List the users."""
    return _page()


@room.post("/team/invite")
def invite() -> Response:
    """Invite a user by mail."""
    form = request.form
    given = (
        form.get("email", ""),
        profile_form.name(form.get("name", "")),
        form.get("role", ""),
        _spoken(form.get("language")),
    )
    try:
        user = team.invite(state().store, _post(), g.user["email"], *given, now_ms())
    except NotInvited as error:
        return _page(error.why)
    return _done(language.text("The invitation to %(who)s is on its way.") % {"who": user["email"]})


@room.post("/team/<user_id>/invite")
def invite_again(user_id: str) -> Response:
    """Send an invitation again."""
    user = team.invite_again(state().store, _post(), g.user["email"], user_id, now_ms()) or abort(409)
    return _done(language.text("The invitation to %(who)s is on its way.") % {"who": user["email"]})


@room.post("/team/<user_id>/role")
def set_role(user_id: str) -> Response:
    """Change a user's role; refuse to demote the last admin."""
    role = request.form.get("role", "")
    try:
        user = team.set_role(state().store, g.user["email"], user_id, role, now_ms()) or abort(404)
    except LastAdmin:
        return _page("last")
    words = {"who": called(user), "role": roles.role_name(role, language.current())}
    return _done(language.text("The role of %(who)s is now: %(role)s.") % words)


@room.post("/team/<user_id>/active")
def set_active(user_id: str) -> Response:
    """Deactivate or reactivate a user; refuse to deactivate the last admin."""
    active = request.form.get("active") == "1"
    try:
        user = team.set_active(state().store, g.user["email"], user_id, active, now_ms()) or abort(404)
    except LastAdmin:
        return _page("last")
    said = language.text("%(who)s can sign in again.") if active else language.text("%(who)s is deactivated.")
    return _done(said % {"who": called(user)})


@room.post("/team/<user_id>/second-step/off")
def forget_second_step(user_id: str) -> Response:
    """Switch off the second step of a user who has lost both phone and recovery codes."""
    user = _user(user_id)
    totp.switch_off(state().store, g.user["email"], user, now_ms())
    return _done(
        language.text("%(who)s signs in with the password alone until they set up codes again.") % {"who": called(user)}
    )


def _page(why: str = "") -> Response:
    with state().store.read() as tx:
        people = tx.users.everybody()
    words = {role: language.text(roles.DUTIES[role]) for role in roles.ROLES}
    page = render_template("team/index.html", people=people, duties=words, why=why, form=request.form)
    return make_response(page, 422 if why else 200)


def _user(user_id: str) -> UsersRow:
    with state().store.read() as tx:
        user: UsersRow = tx.users.by_id(id=user_id) or abort(404)
    return user


def _post() -> Post:
    return Post(state().settings, state().keyring)


def _spoken(given: str | None) -> str:
    return given if given in texts.LANGUAGES else language.current()


def _done(said: str) -> Response:
    flash(said)
    return redirect(url_for("team.index"))
