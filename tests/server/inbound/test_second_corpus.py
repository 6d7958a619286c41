"""Replies by another hand than the reader's are read as a careful person would: none wrongly, and nine of ten at least."""

from __future__ import annotations

import pytest

from tests.server.inbound import second_corpus
from tests.server.inbound.reply_corpus import LANGUAGES
from tests.server.inbound.test_reply_corpus import UNCLEAR_SHARE, read

UNCLEAR: tuple[str, dict[str, tuple[str, ...]]] = ("unclear", {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_is_read_wrongly_and_nine_of_ten_are_understood(language: str) -> None:
    cases = second_corpus.cases(language)
    missed = [case for case in cases if read(case) not in second_corpus.accepted(case)]
    wrong = [(case["id"], read(case)) for case in missed if read(case) != UNCLEAR]
    clear = [case for case in cases if UNCLEAR not in second_corpus.accepted(case)]
    assert len(cases) == 50
    assert wrong == []
    assert len(missed) <= UNCLEAR_SHARE * len(clear), [case["id"] for case in missed]


def test_each_wish_to_get_no_more_mail_is_seen() -> None:
    cases = [case for language in LANGUAGES for case in second_corpus.cases(language)]
    wishes = [case for case in cases if case["accepted"] == ["unsubscribe"]]
    assert [case["id"] for case in wishes if read(case) != ("unsubscribe", {})] == []
    assert len(wishes) == 23
