"""The form of the editor and of a merge, as a browser sends them back."""

from __future__ import annotations

import html
import re

from werkzeug.test import TestResponse

from server.emails import drafts
from tests.server.web.marketing.desk import Desk

BODY, TOML = "diagnostico-de-mayo/body.mjml", "diagnostico-de-mayo/email.toml"
EDIT = "/emails/diagnostico-de-mayo/edit"


def fields(page: TestResponse) -> dict[str, str]:
    """The form of the editor as a browser sends it back."""
    form = re.search(r'<form class="editor".*?</form>', page.text, re.DOTALL)[0]
    found = re.findall(r'<input (?:type="hidden" )?name="([^"]+)" value="([^"]*)"', form)
    found += re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    chosen = re.findall(
        r'<select name="([^"]+)">(?:(?!</select>).)*?<option(?: value="([^"]*)")? selected>([^<]*)', form
    )
    found += [(name, value or text) for name, value, text in chosen]
    return {name: html.unescape(value).replace("\n", "\r\n") for name, value in found if name != "csrf_token"}


def typed(desk: Desk, **changes: str) -> dict[str, str]:
    return {**fields(desk.browser.get(EDIT)), **changes}


def another_saves(desk: Desk, path: str, old: str, new: str) -> None:
    files = desk.files("diagnostico-de-mayo", 1)
    files[path] = files[path].replace(old, new)
    desk.world.store.write(
        lambda tx: drafts.save(tx, "diagnostico-de-mayo", 1, files, "bruno@example.com", desk.world.now)
    )


def merge_form(page: TestResponse) -> dict[str, str]:
    form = re.search(r'<form class="merge".*?</form>', page.text, re.DOTALL)[0]
    found = re.findall(r'<textarea name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    found += re.findall(r'type="radio" name="([^"]+)" value="([^"]+)" checked', form)
    return {
        "base": re.search(r'name="base" value="(\d+)"', form)[1],
        **{name: html.unescape(text) for name, text in found},
    }
