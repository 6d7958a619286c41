"""Reads every page of the played week as its readers do: people's words for emails, questions, flows, calendars and zones, no slugs."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient

from builder import catalog, emails
from server import settings as all_settings
from server.cli import demo_account
from server.contacts import zones
from server.settings import Settings
from server.store import Store
from tests.server import apps
from tests.server.cli.test_story import DAY_MS, environment, played
from tests.server.world import ROOT, World

EACH = 3  # pages of one kind
UNSEEN = {"script", "style", "code", "pre", "textarea", "title"}
FOR_PROGRAMMERS = {  # pages whose readers write files or programs, and meet the names they typed there
    "audit.index": "names what was changed as the commands do",
    "keys.index": "is for programs",
    "webhooks.index": "is for programs",
    "webhooks.show": "is for programs",
    "email_editor.edit": "edits the text, in which the names stand",
    "inbox.source": "is the raw mail",
}


class Text(HTMLParser):
    """Collects the text that a reader sees, and the links of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.links, self._inside = list[str](), list[str](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._inside.append(tag)
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]
        self.words += [
            value for name, value in attrs if name in ("aria-label", "title", "placeholder", "alt") and value
        ]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.words.append(data)


def test_no_page_of_the_week_shows_a_slug(tmp_path: Path, file: Path, now: int) -> None:
    now = now // DAY_MS * DAY_MS + DAY_MS
    with played(tmp_path, file, now) as store:
        settings = all_settings.load("none.toml", environment(tmp_path, tmp_path / "story.db", 25))
        world = World(store, settings, apps.over(settings, store), now, {}, {})
        names = slugs(store)
        seen = list(pages(world.app, world.signed_in(demo_account.ADDRESS)))
    found = {
        f"{endpoint}: {name} in “{words.strip()[:80]}”"
        for endpoint, page in seen
        if endpoint not in FOR_PROGRAMMERS
        for words in page.words
        for name in names & set(re.findall(r"[\w/-]+", words))
        if stands_as_a_name(name, words.strip())
    }
    assert len({endpoint for endpoint, _ in seen}) > 50, "the links lead to every kind of page"
    assert sorted(found) == []


def stands_as_a_name(name: str, words: str) -> bool:
    """Whether it is the name and not an English word in the mail of somebody who reads English."""
    return bool(re.search(r"[-_/]", name)) or words == name or words.startswith(f"{name} ·") or f"«{name}»" in words


def slugs(store: Store) -> set[str]:
    """The names in files and links: of emails, their questions, flows, calendars, topics, zones and settings. Tags are words of people."""
    folder = ROOT / "templates/emails"
    sources = [catalog.read(folder / name) for name in catalog.names(folder)]
    blocks = {block for source in sources for block in emails.compile(source, source.languages[0]).blocks}
    with store.read() as tx:
        kept = {row["name"] for row in (*tx.flows.all(), *tx.calendars.every())}
        tags = {tag for row in tx.contacts.page(after="", limit=999) for tag in row["tags"].split(",")}
    options = {field.name for field in dataclasses.fields(Settings) if "_" in field.name}
    named = {source.name for source in sources} | {source.topic for source in sources}
    return (named | kept | blocks | options | set(zones.OFFERED)) - tags - {zones.UNSAID}


def pages(app: Flask, browser: FlaskClient) -> Iterator[tuple[str, Text]]:
    """Follow the links from the first page, at most EACH pages of one kind."""
    seen, kinds, waiting = set[str](), Counter[str](), deque(["/today"])
    router = app.url_map.bind("localhost")
    while waiting:
        path = waiting.popleft()
        endpoint = router.match(urlsplit(path).path, "GET")[0] if router.test(urlsplit(path).path, "GET") else ""
        if path in seen or not endpoint or endpoint.startswith("static") or kinds[endpoint] >= EACH:
            continue
        seen.add(path)
        reply = browser.get(path, headers={"Accept-Language": "es"}, follow_redirects=True)
        if reply.status_code != 200 or reply.mimetype != "text/html":
            continue
        kinds[endpoint] += 1
        page = Text(reply.text)
        waiting += [each.split("#")[0] for each in page.links if each.startswith("/")]
        yield endpoint, page
