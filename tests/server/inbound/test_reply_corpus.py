"""Replies in eight languages are read as a person would read them: none wrongly, and nine of ten at least."""

from __future__ import annotations

import pytest

from server.inbound import answer_words, auto_replies, inbound_mail, quote_cutter
from tests.server.inbound import reply_corpus
from tests.server.inbound.reply_corpus import Case, Expected

UNCLEAR_SHARE = 0.1


@pytest.mark.parametrize("language", reply_corpus.LANGUAGES)
def test_the_corpus_is_fifty_replies_a_language(language: str) -> None:
    assert len(reply_corpus.cases(language)) + _excepted(language) == 50


@pytest.mark.xfail(reason="the parser does not understand them yet", strict=True)
@pytest.mark.parametrize("language", reply_corpus.LANGUAGES)
def test_no_reply_is_read_wrongly_and_nine_of_ten_are_understood(language: str) -> None:
    wrong, unclear, clear = [], [], 0
    for case in reply_corpus.cases(language):
        wanted, got = reply_corpus.expected(case), read(case)
        clear += wanted[0] != "unclear"
        if got == wanted:
            continue
        (unclear if got[0] == "unclear" else wrong).append((case["id"], wanted, got))
    assert wrong == []
    assert len(unclear) <= UNCLEAR_SHARE * clear, unclear


def read(case: Case) -> Expected:
    mail = inbound_mail.read(reply_corpus.mail(case))
    if auto_replies.is_automatic(mail):
        return "automatic", {}
    said = quote_cutter.written(mail.text)
    found = {}
    for block in reply_corpus.blocks(case):
        values = answer_words.values(block, said, free=case["way"] == "free")
        if values:
            found[block.name] = tuple(" ".join(value.split()) for value in values) if block.limit else values
    return ("answer", found) if found else ("unclear", {})


def _excepted(language: str) -> int:
    return sum(name.startswith(f"{language}-") for name in reply_corpus.EXCEPTIONS)
