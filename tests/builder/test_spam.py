"""SpamAssassin over every starter as it leaves: nothing of it costs a point, the hidden preheader included."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace

import pytest

from builder import catalog, emails, messages
from builder.source import EmailSource
from tests.builder.test_parity import EVERYWHERE, NOW, STARTERS

SENDER = replace(EVERYWHERE, amp=False)  # SpamAssassin takes the words of AMP for a text part that says something else
MOST_POINTS = 0.1  # rules that weigh a hundredth only note what is there
NOTES = {
    "HTML_MESSAGE",
    "NO_RECEIVED",
    "NO_RELAYS",
    "LOTS_OF_MONEY",
    "HTML_IMAGE_RATIO_06",
    "HTML_IMAGE_RATIO_08",
}  # that it is html, that nobody relayed it, that it names sums, and how much of it is an image, which costs nothing
Judged = tuple[float, tuple[str, ...]]
_MAIL = re.compile(r"^X-Spam-Status: (.*?)\n(?=\S).*?^Message-ID: <(.*?)@", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.skipif(
    not shutil.which("spamassassin"), reason="SpamAssassin is not installed (apt-get install spamassassin)"
)


def wire(source: EmailSource, language: str, name: str) -> bytes:
    recipient = replace(messages.sample(source), recipients=1, message_id=name)
    return messages.write(emails.compile(source, language), SENDER, recipient, NOW)


def judged(mails: Sequence[bytes]) -> dict[str, Judged]:
    """Points and rules by the Message-ID; one process for all, without the network. It prints them in an order of its own."""
    box = b"".join(
        b"From ana@example.com Thu Jan  1 00:00:00 2026\n" + each.replace(b"\r\n", b"\n") + b"\n\n" for each in mails
    )
    done = subprocess.run(
        ["spamassassin", "-L", "--mbox", "--cf=report_safe 0"], input=box, capture_output=True, check=True
    )
    return {name: _read(status) for status, name in _MAIL.findall(done.stdout.decode())}


def _read(status: str) -> Judged:
    joined = re.sub(r"\s+", "", status)
    points, rules = re.search(r"score=(-?[\d.]+)", joined), re.search(r"tests=([A-Z0-9_,]+?)auto", joined)
    assert points and rules, status
    return float(points[1]), tuple(sorted(rules[1].split(",")))


def test_no_starter_costs_a_point_and_its_preheader_changes_nothing() -> None:
    mails = {}
    for name in catalog.names(STARTERS):
        source = catalog.read(STARTERS / name)
        for language in source.languages:
            assert source.preheader[language], "each starter has one"
            mails[f"{name}-{language}"] = wire(source, language, f"{name}-{language}")
            mails[f"{name}-{language}-bare"] = wire(replace(source, preheader={}), language, f"{name}-{language}-bare")
    found = judged([*mails.values()])
    assert found.keys() == mails.keys() and len(found) == 56
    assert {name: each for name, each in found.items() if each != found[name.removesuffix("-bare") + "-bare"]} == {}
    assert {name: each for name, each in found.items() if each[0] > MOST_POINTS or set(each[1]) - NOTES} == {}


def test_words_that_cannot_be_seen_are_noticed() -> None:
    source = catalog.read(STARTERS / "csat-after-support")
    hidden = b'=\n<font color=3D"#ffffff">se gana dinero con esto</font>=\n</body>'
    plain = wire(source, "es", "plain")
    spoilt = plain.replace(b"Message-ID: <plain", b"Message-ID: <spoilt").replace(b"</body>", hidden)
    assert hidden in spoilt
    found = judged([plain, spoilt])
    assert "HTML_FONT_LOW_CONTRAST" in set(found["spoilt"][1]) - set(found["plain"][1])
