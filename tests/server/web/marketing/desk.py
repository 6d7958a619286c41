"""A marketer's browser over a world with one email in its templates folder, for tests of emails that are made on pages."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.emails import drafts
from tests.server import apps
from tests.server.world import ROOT, World, csrf

LUCIA = "lucia@example.com"


@dataclass
class Desk:
    """`browser` is Lucía's, who is in marketing and reads Spanish."""

    world: World
    browser: FlaskClient

    def post(self, path: str, **form: Any) -> TestResponse:
        """A form of ours, sent with its token as the editor's are; gives the page that follows."""
        form["csrf_token"] = csrf(self.browser.get("/account"))
        return self.browser.post(path, data=form, content_type="multipart/form-data", follow_redirects=True)

    def make(self, title: str = "Diagnóstico de mayo", starter: str = "diagnosis", **form: str) -> str:
        """A draft from a starter; gives its name."""
        page = self.post(f"/emails/-/new/{starter}", title=title, **form)
        assert page.status_code == 200, page.text
        return page.request.path.removeprefix("/emails/").removesuffix("/edit")

    def files(self, name: str, revision: int) -> dict[str, str]:
        with self.world.store.read() as tx:
            return drafts.read(tx, name, revision)

    def row(self, name: str) -> Any:
        with self.world.store.read() as tx:
            return tx.emails.by_name(name=name)


def sit_down(world: World, folder: Path) -> Desk:
    """Lucía signs in; the templates folder holds the email `welcome` alone."""
    shutil.copytree(ROOT / "templates/emails/_shared", folder / "_shared")
    shutil.copytree(ROOT / "templates/emails/password-reset", folder / "welcome")
    apps.close(world.app)
    world.settings = replace(world.settings, templates_dir=str(folder))
    world.app = apps.over(world.settings, world.store)
    world.add_admin()
    browser = world.member("marketer", LUCIA)
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "es"
    return Desk(world, browser)
