"""One email for one person, as it leaves."""

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from builder import catalog, emails, messages
from builder.messages import Recipient, Sender
from builder.mime import Address
from builder.personalise import CannotPersonalise
from builder.tokens import Keyring
from tests.builder.emails import files

NOW = 1_803_913_200_000
BASE = "https://answers.subdomain.a-company-with-a-long-name.example.com"
KEYRING = Keyring(["a key"])
SENDER = Sender(Address("Lumbre", "hola@example.com"), "Calle 1 # 2-3", BASE, "example.com", KEYRING)
ANA = Recipient(
    "01hz0000000000000001",
    "01hz0000000000000002",
    Address("Ana Ñandú", "ana@example.com"),
    {"first_name": "Ana <b>", "last_name": "", "company": "", "email": "ana@example.com"},
    {"order": {"id": "A-1"}, "url": 'https://example.com/?a=1&b="2"'},
)
INSIDE = """<mj-text>Hola {{ person.first_name }}: <a href="{{ data.url }}">ver</a></mj-text>
<ac-rate name="recommend" scale="nps" question="¿Nos recomendarías, {{ person.first_name }}?" />
<ac-confirm name="a_name_as_long_as_a_name_may_be" question="¿Hablamos?" />
<mj-text>{{ sender.postal_address }} <a href="{{ acto.unsubscribe_url }}">Salir</a></mj-text>"""


def compiled(mail_class: str) -> emails.CompiledEmail:
    return emails.compile(catalog.parse("try", files(INSIDE, mail_class)), "es")


def sent(mail_class: str, recipient: Recipient = ANA) -> EmailMessage:
    raw = messages.write(compiled(mail_class), SENDER, recipient, NOW)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = (message.get_body([kind]) for kind in ("plain", "html"))
    assert text
    assert html
    return text.get_content().replace("\r\n", "\n"), html.get_content().replace("\r\n", "\n")


def links(text: str) -> set[str]:
    return set(re.findall(rf"{re.escape(BASE)}[^\s\"'<>]*", text))


def test_marketing_can_be_left_with_one_press() -> None:
    """RFC 8058: both headers; and the same link where a person sees it."""
    message = sent("marketing")
    text, html = parts(message)
    url = str(message["List-Unsubscribe"]).strip("<>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url.startswith("https://")
    assert f'href="{url}"' in html
    assert url in text
    assert KEYRING.read("unsubscribe", urlsplit(url).path.split("/")[-1], NOW // 1000).contact_id == ANA.contact_id
    assert message["List-Id"] == "<news.example.com>"


def test_a_transactional_message_has_no_list_headers() -> None:
    message = sent("transactional")
    assert not [name for name in message if name.lower().startswith("list-")]
    assert message["Auto-Submitted"] == "auto-generated"


def test_html_and_text_offer_the_same_links() -> None:
    text, html = parts(sent("marketing"))
    assert links(text) == links(html)
    assert len(links(text)) == 11 + 2 + 1


def test_every_link_says_who_which_message_and_which_block() -> None:
    for url in links(parts(sent("marketing"))[0]):
        _, room, token, *choice = urlsplit(url).path.split("/")
        action = KEYRING.read("answer" if room == "a" else "unsubscribe", token, NOW // 1000)
        assert (action.contact_id, action.message_id, action.signed_at) == (ANA.contact_id, ANA.message_id, NOW // 1000)
        assert (bool(action.block), len(choice)) == ((True, 1) if room == "a" else (False, 0))


def test_addresses_of_ours_stay_under_300_characters() -> None:
    assert max(map(len, links(parts(sent("marketing"))[1]))) < 300


def test_a_retry_is_the_same_message() -> None:
    first, again = sent("marketing"), sent("marketing", replace(ANA, data=dict(ANA.data)))
    assert first["Message-ID"] == again["Message-ID"] == f"<{ANA.message_id}@example.com>"
    assert first.as_bytes() == again.as_bytes()


def test_a_person_is_filled_in_safely_everywhere() -> None:
    message = sent("marketing")
    text, html = parts(message)
    assert message["Subject"] == "Hola Ana <b>"
    assert "Hola Ana <b>:" in text
    assert "¿Nos recomendarías, Ana <b>?" in text
    assert "Hola Ana &lt;b&gt;:" in html
    assert "Ana <b>" not in html
    assert 'href="https://example.com/?a=1&amp;b=&#34;2&#34;"' in html


def test_what_is_written_is_what_is_previewed() -> None:
    filled = messages.fill(compiled("marketing"), SENDER, ANA, NOW)
    text, html = parts(sent("marketing"))
    assert (text, html) == (filled.text, filled.html)


def test_a_person_without_what_the_template_asks_for_is_told_of() -> None:
    with pytest.raises(CannotPersonalise, match="url"):
        sent("marketing", replace(ANA, data={}))


def test_the_sample_is_a_person_like_any_other() -> None:
    source = catalog.parse("try", files(INSIDE, "marketing"))
    filled = messages.fill(emails.compile(source, "es"), SENDER, messages.sample(source), NOW)
    assert filled.subject == "Hola Ana"


def test_compiling_the_same_version_twice_is_done_once() -> None:
    assert compiled("marketing") is compiled("marketing")
