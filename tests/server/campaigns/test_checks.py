"""Checks an email before it goes to many: each check is right for a good email and names the fault of a bad one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from builder import catalog
from builder.catalog import EmailSource
from builder.eligibility import FormatVerdict
from server.campaigns import checks
from server.campaigns.forecast import Forecast
from server.http_client.client import Door
from server.settings import Settings
from tests.server.world import ROOT

SETTINGS = Settings(postal_address="Calle 1, Bogotá")
NOBODY = Forecast(2, True, 2, (), (), (("es", 2),), 0, 0, 0)
BODY = "<mjml><mj-body><mj-section><mj-column><mj-text>{text}</mj-text></mj-column></mj-section></mj-body></mjml>"


def email(text: str) -> EmailSource:
    toml = 'class = "transactional"\ntopic = "t"\nstream = "transactional"\n[subject]\nes = "Hola"\n'
    toml += '[brief]\ndo = "a"\nlearn = "b"\nthen = "c"\n'
    files = {"x/email.toml": toml, "x/body.mjml": BODY.format(text=text), "x/sample.json": json.dumps({"person": {}})}
    return catalog.parse("x", files)


def why(verdict: FormatVerdict) -> list[str]:
    return list(verdict.why)


def says(found: list[checks.Check]) -> list[tuple[str, dict[str, object]]]:
    return [(each.says, each.values) for each in found]


@contextmanager
def site() -> Iterator[str]:
    """A site whose pages answer with the status that stands in their path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(self.path.strip("/")))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_links_that_answer_that_are_gone_and_that_nobody_can_check_are_told_apart() -> None:
    door = Door(private={"127.0.0.1"}, timeout_seconds=3)
    with site() as url:
        text = "".join(f'<a href="{url}/{status}">x</a>' for status in (200, 404, 410, 403, 503))
        text += '<a href="https://nothing.invalid/">x</a>'
        found = checks.of_links(SETTINGS, email(text), door)
    assert sorted(each.says for each in found) == ["right", *["unchecked"] * 3, *["wrong"] * 2]
    assert found[0].values == {"number": 1}
    assert {each.values["why"] for each in found if each.says == "wrong"} == {404, 410}


def test_an_email_without_links_says_so() -> None:
    assert [each.english for each in checks.of_links(SETTINGS, email("Hola"), Door())] == [checks.SENTENCES["no_links"]]


def test_a_version_that_gmail_would_cut_is_wrong() -> None:
    found = checks.of_email(SETTINGS, email("palabra " * 14_000), NOBODY, str, why)
    assert ("wrong", {"language": "es", "size": 113}) in [
        (says_, {**values, "size": 113} if "size" in values else values) for says_, values in says(found)
    ]
    assert not [each for each in checks.of_email(SETTINGS, email("Hola"), NOBODY, str, why) if each.says == "wrong"]


def test_people_who_read_another_language_and_people_without_a_place_are_counted() -> None:
    mixed = replace(NOBODY, languages=(("es", 1), ("en", 7)), no_country=3)
    found = says(checks.of_email(SETTINGS, email("Hola"), mixed, str, why))
    assert ("warning", {"number": 7, "language": "en", "other": "es"}) in found
    assert ("warning", {"number": 3, "country": "CO", "zone": "America/Bogota"}) in found


def test_every_starter_passes_the_checks_that_need_no_network() -> None:
    for name in catalog.names(ROOT / "templates/emails"):
        source = catalog.parse(name, catalog.collect(ROOT / "templates/emails" / name))
        assert not [each for each in checks.of_email(SETTINGS, source, NOBODY, str, why) if each.says == "wrong"], name


def test_a_format_that_does_not_leave_says_why() -> None:
    found = says(checks.of_email(SETTINGS, email("Hola"), NOBODY, str, why))
    assert ("off", {"format": "kinetic", "why": "no_block; one_tap_is_less"}) in found


def test_the_hours_of_the_law_are_promised_only_where_they_are_applied() -> None:
    marketing = replace(email("Hola"), mail_class="marketing")
    for hours, sentence in (("law", checks.SENTENCES["marketing"]), ("any", checks.SENTENCES["marketing_any"])):
        found = checks.of_email(replace(SETTINGS, marketing_hours=hours), marketing, NOBODY, str, why)
        assert [each.english for each in found if each.english.startswith("Marketing")] == [sentence]
