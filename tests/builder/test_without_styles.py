"""Options stand apart where a mail program drops styles, and where it drops tables too (Thunderbird's simple html, w3m, lynx)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from playwright.sync_api import sync_playwright

from builder import catalog, emails, messages
from tests import browser
from tests.builder.emails import files
from tests.builder.test_parity import EVERYWHERE, NOW
from tests.look.html import as_browsers_read, as_outlook_reads

BLOCKS = {  # a block, and each of its options as it is shown there, in order
    '<ac-rate name="q" scale="nps" question="NPS?" low="Malo" high="Bueno" />': [str(n) for n in range(11)],
    '<ac-rate name="q" scale="ces" question="CES?" />': [str(n) for n in range(1, 8)],
    '<ac-rate name="q" scale="stars" question="Estrellas?" />': [f"★ {n}" for n in range(1, 6)],
    '<ac-rate name="q" scale="faces" question="Caras?" />': ["😠", "🙁", "😐", "🙂", "😀"],
    '<ac-confirm name="q" question="¿Hablamos?" />': ["Sí", "No"],
    '<ac-confirm name="q" question="¿Hablamos?"><ac-option value="yes">Sí, hablemos</ac-option>'
    '<ac-option value="no">Ahora no</ac-option></ac-confirm>': ["Sí, hablemos", "Ahora no"],
    '<ac-choose name="q" question="¿Cuál?"><ac-option value="a">Uno</ac-option><ac-option value="b">Dos</ac-option>'
    "</ac-choose>": ["Uno", "Dos"],
    '<ac-choose name="q" question="¿Cuáles?" many="true"><ac-option value="a">Uno</ac-option>'
    '<ac-option value="b">Dos</ac-option></ac-choose>': ["Uno", "Dos"],
    '<ac-book name="q" question="¿Cuándo?" slots="data.slots"><ac-option value="none">Ninguna</ac-option></ac-book>': [
        "jueves 3 de diciembre, 10:00 (UTC−5)",
        "Ninguna",
    ],
    '<ac-explore name="q" question="¿Qué?"><ac-option value="a" title="Planes"><p>Desde 20 €.</p></ac-option>'
    '<ac-option value="b" title="Demo"><p>Media hora.</p></ac-option></ac-explore>': [
        "Planes",
        "Desde 20 €.",
        "Demo",
        "Media hora.",
    ],
}
APART = re.compile(r"[\n·]")


def html(block: str, kinetic: bool) -> str:
    made = files(block)
    made["try/email.toml"] += f"\n[formats]\nkinetic = {str(kinetic).lower()}\n"
    email = emails.compile(catalog.parse("try", made), "es")
    off = email.facts.off if kinetic else email.facts.off | {"kinetic"}
    recipient = replace(messages.sample(email.source), recipients=1)
    return messages.fill(replace(email, facts=replace(email.facts, off=off)), EVERYWHERE, recipient, NOW).html


class Plain(HTMLParser):
    """What is left of html without styles and tables: words, and lines where a block of text begins or ends."""

    BLOCKS = frozenset({"div", "p", "br", "h1", "h2", "h3", "li", "ul", "ol", "body"})
    UNSEEN = frozenset({"style", "title", "script"})

    def __init__(self) -> None:
        super().__init__()
        self.text, self.within = "", ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.text += "\n" if tag in self.BLOCKS else ""
        self.within = tag if tag in self.UNSEEN else self.within

    def handle_endtag(self, tag: str) -> None:
        self.text += "\n" if tag in self.BLOCKS else ""
        self.within = "" if tag == self.within else self.within

    def handle_data(self, data: str) -> None:
        self.text += "" if self.within else re.sub(r"\s+", " ", data)


def without_tables(source: str) -> str:
    parser = Plain()
    parser.feed(source)
    return parser.text


def w3m(source: str) -> str:
    done = subprocess.run(
        ["w3m", "-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "200"],
        input=source,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


READERS = [
    without_tables,
    pytest.param(
        w3m, marks=pytest.mark.skipif(not shutil.which("w3m"), reason="w3m is not installed (apt-get install w3m)")
    ),
]


@pytest.mark.parametrize("kinetic", [False, True])
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("block", BLOCKS)
def test_every_option_stands_apart(block: str, reader: object, kinetic: bool) -> None:
    assert callable(reader)
    pieces = [piece.replace("\xa0", " ").strip() for piece in APART.split(reader(html(block, kinetic)))]
    shown = [piece for piece in pieces if piece in BLOCKS[block]]
    wanted = BLOCKS[block]
    assert shown[: len(wanted)] == wanted, pieces
    assert not kinetic or len(shown) in (len(wanted), 2 * len(wanted)), "what reveals stands apart too"


@pytest.fixture(scope="module")
def pictured() -> Iterator[Callable[[str, int], bytes]]:
    """Html as Chromium draws it in a window of some width."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.arguments())
        page = chromium.new_page(java_script_enabled=False)

        def draw(source: str, width: int) -> bytes:
            page.set_viewport_size({"width": width, "height": 600})
            page.set_content(source)
            return page.screenshot(full_page=True)

        yield draw
        chromium.close()


@pytest.mark.parametrize("read", [as_browsers_read, as_outlook_reads])
@pytest.mark.parametrize("block", BLOCKS)
def test_what_keeps_options_apart_is_not_seen(
    block: str, read: Callable[[str], str], pictured: Callable[[str, int], bytes]
) -> None:
    source = html(block, kinetic=True)
    bare = re.sub(
        r"<i [^>]*> · </i>", "", re.sub(r"<div>(<table role=.*?</table>|<label .*?</label>)</div>", r"\1", source)
    )
    assert bare != source or "ac-explore" in block
    for width in (800, 375, 320):
        assert pictured(read(source), width) == pictured(read(bare), width)


def test_a_filter_finds_no_hidden_words() -> None:
    between = re.findall(r"<i ([^>]*)> · </i>", html(next(iter(BLOCKS)), kinetic=False))
    assert len(between) == 10
    assert all('aria-hidden="true"' in each and "font-size:0" in each and "display" not in each for each in between)
