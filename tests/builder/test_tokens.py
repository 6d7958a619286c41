"""What a link's token lets its holder do, and what it does not."""

import contextlib
import string
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.tokens import DAY_SECONDS, MAX_AGE_DAYS, Action, Keyring, Purpose, TokenExpired, TokenInvalid

NOW = 1_800_000_000
CONTACT, MESSAGE = "01hzcontact000000001", "01hzmessage000000002"
KEYRING = Keyring(["old key", "new key"])
TOKEN = KEYRING.sign("answer", CONTACT, MESSAGE, "need", NOW)
ACTION = Action("answer", CONTACT, MESSAGE, "need", NOW)
CHARACTERS = string.ascii_letters + string.digits + "-_.=%é "


def test_a_token_says_what_was_signed() -> None:
    assert KEYRING.read("answer", TOKEN, NOW) == ACTION


def test_a_token_stands_in_a_url_as_it_is_and_is_short() -> None:
    assert quote(TOKEN, safe="") == TOKEN
    assert len(TOKEN) < 130


def test_a_token_for_one_purpose_is_none_for_another() -> None:
    for signed in MAX_AGE_DAYS:
        for read in MAX_AGE_DAYS:
            token = KEYRING.sign(signed, CONTACT, MESSAGE, "", NOW)
            if signed == read:
                assert KEYRING.read(read, token, NOW).purpose == read
            else:
                with pytest.raises(TokenInvalid):
                    KEYRING.read(read, token, NOW)


def test_an_older_key_still_reads_and_the_newest_signs() -> None:
    older, newest = Keyring(["old key"]), Keyring(["new key"])
    assert KEYRING.read("answer", older.sign("answer", CONTACT, MESSAGE, "need", NOW), NOW) == ACTION
    assert newest.read("answer", TOKEN, NOW) == ACTION
    with pytest.raises(TokenInvalid):
        older.read("answer", TOKEN, NOW)


@pytest.mark.parametrize("purpose", MAX_AGE_DAYS)
def test_a_token_works_to_its_last_second_and_then_says_when_it_was_made(purpose: Purpose) -> None:
    token = KEYRING.sign(purpose, CONTACT, MESSAGE, "", NOW)
    last = NOW + MAX_AGE_DAYS[purpose] * DAY_SECONDS
    assert KEYRING.read(purpose, token, last).signed_at == NOW
    with pytest.raises(TokenExpired) as caught:
        KEYRING.read(purpose, token, last + 1)
    assert (caught.value.action.message_id, caught.value.max_age_days) == (MESSAGE, MAX_AGE_DAYS[purpose])


def test_leaving_works_longer_than_any_law_asks() -> None:
    assert MAX_AGE_DAYS["unsubscribe"] >= 60  # CASL; CAN-SPAM asks 30


def test_one_changed_character_is_refused_or_changes_nothing() -> None:
    """The last character of a signature carries two bits that nobody reads: such a string says the same."""
    for at in range(len(TOKEN)):
        for character in CHARACTERS:
            _refused_or_the_same(TOKEN[:at] + character + TOKEN[at + 1 :])


def test_a_token_cut_short_or_made_longer_is_refused_or_says_the_same() -> None:
    for at in range(len(TOKEN)):
        _refused_or_the_same(TOKEN[:at])
        _refused_or_the_same(TOKEN[:at] + "." + TOKEN[at:])
    for tail in ("=", "A", "\x00", "\n", "/yes", "." * 300, "é"):
        _refused_or_the_same(TOKEN + tail)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_other_text_is_no_token(text: str) -> None:
    with pytest.raises(TokenInvalid):
        KEYRING.read("answer", text, NOW)


def _refused_or_the_same(token: str) -> None:
    with contextlib.suppress(TokenInvalid):
        assert KEYRING.read("answer", token, NOW) == ACTION


def test_a_reply_address_is_short_loses_its_case_and_one_changed_character_is_refused() -> None:
    token = KEYRING.sign_reply(MESSAGE, 3)
    assert len(f"r+{token}") <= 64  # RFC 5321 4.5.3.1.1
    said = KEYRING.read_reply(token.upper())
    assert (said.message_id, said.place) == (MESSAGE, 3)
    for at in range(len(token)):
        for character in string.ascii_lowercase + string.digits + "-_.=%é ":
            changed = token[:at] + character + token[at + 1 :]
            if changed != token:
                with pytest.raises(TokenInvalid):
                    KEYRING.read_reply(changed)


def test_a_reply_token_is_read_with_every_key_and_is_no_answer_token() -> None:
    token = Keyring(["old key"]).sign_reply(MESSAGE, 0)
    assert KEYRING.read_reply(token).message_id == MESSAGE
    with pytest.raises(TokenInvalid):
        KEYRING.read("answer", token, NOW)
    with pytest.raises(TokenInvalid):
        KEYRING.read_reply(TOKEN)
