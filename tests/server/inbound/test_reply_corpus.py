"""Replies in eight languages are read as a person would read them: none wrongly, and nine of ten at least."""

from __future__ import annotations

from typing import Any

import pytest

from server.inbound import auto_replies, inbound_mail, own_words, reply_reader
from tests.server.inbound import reply_corpus
from tests.server.inbound.reply_corpus import Case, Expected

UNCLEAR_SHARE = 0.1


@pytest.mark.parametrize("language", reply_corpus.LANGUAGES)
def test_the_corpus_is_fifty_replies_a_language(language: str) -> None:
    assert len(reply_corpus.cases(language)) + _excepted(language) == 50


@pytest.mark.parametrize("language", reply_corpus.LANGUAGES)
def test_no_reply_is_read_wrongly_and_nine_of_ten_are_understood(language: str) -> None:
    wrong: list[Any] = []
    unclear: list[Any] = []
    clear = 0
    for case in reply_corpus.cases(language):
        wanted, got = reply_corpus.expected(case), read(case)
        clear += wanted[0] != "unclear"
        if got == wanted:
            continue
        (unclear if got[0] == "unclear" else wrong).append((case["id"], wanted, got))
    assert wrong == []
    assert len(unclear) <= UNCLEAR_SHARE * clear, unclear


def read(case: Case) -> Expected:
    """Through everything but the store and the signature."""
    mail = inbound_mail.read(reply_corpus.mail(case))
    if auto_replies.is_automatic(mail):
        return "automatic", {}
    blocks = reply_corpus.blocks(case)
    names = (reply_corpus.person(case),)
    said = own_words.of(mail, names, above_line=case["way"] == "mailto")
    understood = reply_reader.understand(blocks, said, names=names, open_=[block.name for block in blocks])
    written = {block.name for block in blocks if block.limit}
    found = {
        name: tuple(" ".join(value.split()) for value in values) if name in written else values
        for name, values in understood.answers.items()
    }
    return understood.reading, found


def _excepted(language: str) -> int:
    return sum(name.startswith(f"{language}-") for name in reply_corpus.EXCEPTIONS)
