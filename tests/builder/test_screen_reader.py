"""A mail as a screen reader takes it: what is said, in which order, and what is left out."""

from pathlib import Path

import pytest

from builder import catalog, emails, messages, screen_reader
from builder.context import Sender
from builder.mime import Address
from builder.screen_reader import Utterance
from builder.tokens import Keyring

STARTERS = Path(__file__).parents[2] / "templates/emails"
SENDER = Sender(Address("Norte", "a@example.com"), "Calle 1", "https://a.example", "a.example", Keyring(["key"]))

SAID = {
    "a heading has its level": ("<h2>¿Vienes?</h2>", [Utterance("heading", "¿Vienes?", 2)]),
    "words around a link keep their order": (
        "<p>Lee <a href=x>las <b>condiciones</b></a> antes.</p>",
        [Utterance("text", "Lee"), Utterance("link", "las condiciones"), Utterance("text", "antes.")],
    ),
    "a label stands for what it names": (
        '<a href=x aria-label="4 de 5">★<span>4</span></a><p>y</p>',
        [Utterance("link", "4 de 5"), Utterance("text", "y")],
    ),
    "an image is its words": ('<p><img src=x alt="La sala"></p>', [Utterance("image", "La sala")]),
    "an image without words decorates": ('<p>Hola<img src=x alt=""></p>', [Utterance("text", "Hola")]),
    "a linked image names its link": ('<a href=x><img src=x alt="Norte"></a>', [Utterance("link", "Norte")]),
    "parts of a list are parts of a list": (
        "<ul><li>Uno</li><li>Dos</li></ul>",
        [Utterance("item", "Uno"), Utterance("item", "Dos")],
    ),
    "tables that arrange are silent": (
        "<table><tr><td>A</td><td>B</td></tr></table>",
        [Utterance("text", "A"), Utterance("text", "B")],
    ),
    "what is hidden is not said": (
        '<div style="display: none">uno</div><p hidden>dos</p><p aria-hidden="true">tres <a>cuatro</a></p><p>cinco</p>',
        [Utterance("text", "cinco")],
    ),
    "nor is what only Outlook sees": ("<!--[if mso]><p>uno</p><![endif]--><p>dos</p>", [Utterance("text", "dos")]),
    "nor a head, a style, a script": (
        "<head><title>T</title><style>p{}</style></head><body><script>x</script><p>y</p></body>",
        [Utterance("text", "y")],
    ),
    "entities are what they stand for": ("<p>Uno &amp; dos&nbsp;tres</p>", [Utterance("text", "Uno & dos tres")]),
    "a tag left open hides nothing": (
        "<div><p>uno<p>dos</div><p>tres",
        [Utterance("text", "uno"), Utterance("text", "dos"), Utterance("text", "tres")],
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_it_is_said_as_a_browser_would_have_it_said(case: str) -> None:
    html, said = SAID[case]
    assert screen_reader.read(html) == said


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", catalog.names(STARTERS))
def test_of_a_starter_every_question_is_a_heading_and_every_link_has_a_name(name: str, language: str) -> None:
    source = catalog.read(STARTERS / name)
    email = emails.compile(source, language)
    said = screen_reader.read(messages.fill(email, SENDER, messages.sample(source), 0).html)
    assert said[0].kind != "link", "who writes is said before anything can be pressed"
    assert [each.level for each in said if each.kind == "heading"][:1] == [1]
    assert sum(each.level == 2 for each in said) >= any(not block.when for block in email.blocks.values())
    assert not [each for each in said if each.text.startswith(("http", "{", "}"))]
