"""Every format asks the same: proved for every starter email, and the proof is seen to fail on each kind of damage."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from builder import catalog, emails, messages, parity
from builder.context import Sender
from builder.eligibility import Format
from builder.messages import Filled, Recipient
from builder.mime import Address
from builder.parity import Difference
from builder.tokens import Keyring
from tests.builder.emails import files

STARTERS = Path(__file__).parents[2] / "templates/emails"
NOW = 1_795_000_000_000  # November 2026: before the times that the samples offer
EVERYWHERE = Sender(
    address=Address("Brújula", "hola@example.com"),
    postal_address="Calle 1 # 2-3",
    base_url="https://acto.example.com",
    domain="example.com",
    keyring=Keyring(["key"]),
    amp=True,
    gmail=True,
    originator="00000000-0000-0000-0000-000000000000",
    reply_domain="in.example.com",
)
INSIDE = """
<ac-rate name="stars" question="¿Qué tal {{ person.first_name }}?" scale="stars" />
<ac-choose name="many" question="¿Qué temas?" pick="many">
  <ac-option value="a">Uno &amp; dos</ac-option>
  <ac-option value="b">"Tres"</ac-option></ac-choose>
<ac-confirm name="coming" question="¿Vienes?" />
<ac-book name="slot" question="¿Cuándo?" slots="data.slots"><ac-option value="none">Ninguna</ac-option></ac-book>
<ac-answer name="text" question="¿Algo más?" />
<ac-explore name="parts" question="¿Qué miras?">
  <ac-option value="x" title="La X">Esto.</ac-option>
  <ac-option value="y" title="La Y">Lo otro.</ac-option></ac-explore>
<ac-answer name="late" question="¿Por qué?" when="known.stars <= 2" />
"""
SAMPLE = '{"person": {"first_name": "Ana"}, "data": {"slots": [{"start": "2026-12-03T10:00-05:00"}, {"start": "2020-01-01T10:00Z"}]}}'


def prove(name: str, language: str) -> list[Difference]:
    email = emails.compile(catalog.read(STARTERS / name), language)
    recipient = replace(messages.sample(email.source), recipients=1)
    on = [each for each, verdict in messages.eligible(email, EVERYWHERE, recipient).items() if verdict.on]
    filled = messages.fill(email, EVERYWHERE, recipient, NOW)
    return parity.prove(email, EVERYWHERE, recipient, filled, on, NOW)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("name", catalog.names(STARTERS))
def test_a_starter_asks_the_same_in_every_format(name: str, language: str) -> None:
    assert prove(name, language) == []


def test_one_of_each_block_asks_the_same_in_every_format() -> None:
    on, differences = _proved(lambda filled: filled)
    assert set(on) == {"html", "kinetic", "text", "amp", "card", "gmail", "mailto"}
    assert differences == []


DAMAGE: dict[str, tuple[Format, Callable[[Filled], Filled]]] = {
    "a link of the html is lost": ("html", lambda f: replace(f, html=f.html.replace('/4"', '"'))),
    "the html asks something else": ("html", lambda f: replace(f, html=f.html.replace("Qué temas", "Qué tumas"))),
    "the text lacks an answer": ("text", lambda f: replace(f, text=f.text.replace("/none", "/nome"))),
    "a token of the text is another's": ("text", lambda f: replace(f, text=f.text.replace("/a/0", "/a/1", 1))),
    "AMP sends another value": ("amp", lambda f: replace(f, amp=f.amp.replace('value="5"', 'value="6"'))),
    "AMP posts elsewhere": ("amp", lambda f: replace(f, amp=f.amp.replace("/amp/", "/map/", 1))),
    "the card offers less": ("card", lambda f: replace(f, card=f.card.replace('"value": "b"', '"value": "c"'))),
    "the Gmail button says no": ("gmail", lambda f: replace(f, gmail=f.gmail.replace('/yes"', '/no"'))),
    "a mail's letter means another": ("mailto", lambda f: replace(f, html=f.html.replace("A%20%3D", "B%20%3D"))),
    "a mail goes to another message": ("mailto", lambda f: replace(f, html=f.html.replace("mailto:r+0", "mailto:r+1"))),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_the_proof_fails_on_damage_and_names_the_format(case: str) -> None:
    format_, damage = DAMAGE[case]
    _, differences = _proved(damage)
    assert differences
    assert format_ in {difference.format for difference in differences}


def test_a_question_that_is_not_due_is_in_no_format() -> None:
    _, differences = _proved(lambda filled: filled, known={"stars": 1})
    assert differences == []
    filled, _ = _filled({"stars": 1})
    assert "¿Por qué?" in filled.text and "¿Por qué?" in filled.html and "¿Por qué?" in filled.amp
    filled, _ = _filled({})
    assert "¿Por qué?" not in filled.text + filled.html + filled.amp + filled.card


def _proved(
    damage: Callable[[Filled], Filled], known: dict[str, int] | None = None
) -> tuple[list[Format], list[Difference]]:
    filled, (email, recipient) = _filled(known or {})
    on = [each for each, verdict in messages.eligible(email, EVERYWHERE, recipient).items() if verdict.on]
    return on, parity.prove(email, EVERYWHERE, recipient, damage(filled), on, NOW)


def _filled(known: dict[str, int]) -> tuple[Filled, tuple[emails.CompiledEmail, Recipient]]:
    email = emails.compile(catalog.parse("try", files(INSIDE, sample_json=SAMPLE)), "es")
    recipient = replace(messages.sample(email.source), known=known)
    return messages.fill(email, EVERYWHERE, recipient, NOW), (email, recipient)
