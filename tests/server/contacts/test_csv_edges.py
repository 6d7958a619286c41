"""Lists with a zero byte, a quote too many, columns nobody asked for, and people who want no mail: each told once, and rightly."""

from __future__ import annotations

import time

import pytest

from server.contacts import contacts, csv_import, suppressions
from server.sending import gate
from server.store import Store

Told = list[tuple[int, str]]


def told(data: bytes) -> tuple[list[str], Told]:
    """The addresses that come in, and what is told with its line."""
    rows, problems = csv_import.read(data)
    return [row.email for row in rows], [(problem.line, problem.rule) for problem in problems]


@pytest.mark.parametrize(
    ("cell", "others"),
    [
        ("Pi\0a", ""),
        ("\0", ""),
        ("Pía\0\0\0", ""),
        ('"Pi\0a"', ""),
        ("Pia", "x\0"),  # in a column that is not used
        ("Pia\0" + "x" * 5_000, ""),
    ],
)
def test_a_row_with_a_zero_byte_is_named_once_and_the_others_go_in(
    store: Store, now: int, cell: str, others: str
) -> None:
    text = f"email,nombre,idioma\nbuena1@example.com,Ana,\nmala@example.com,{cell},{others}\nbuena2@example.com,Eva,\n"
    rows, problems = csv_import.read(text.encode())
    assert [(problem.line, problem.rule, problem.left_out) for problem in problems] == [(3, "zero_byte", True)]
    for language in ("es", "en"):
        assert "\0" not in problems[0].sentence(language) and len(problems[0].sentence(language)) < 200
    assert csv_import.import_contacts(store, rows, now) == (2, 0)


def test_a_zero_byte_far_down_keeps_no_other_row_out(store: Store, now: int) -> None:
    lines = [f"r{at}@example.com,{'A' if at != 2_399 else 'A' + chr(0)}" for at in range(2_500)]
    rows, problems = csv_import.read("\n".join(["email,nombre", *lines]).encode())
    assert csv_import.import_contacts(store, rows, now) == (2_499, 0)
    assert [problem.line for problem in problems] == [2_401]


def test_characters_that_are_not_seen_come_in_nowhere() -> None:
    rows, problems = csv_import.read(
        "email,nombre\nana@example.com,\x1b[31mAna \u202eaíraM\u0085 👩\u200d🚀\n".encode()
    )
    assert [row.first_name for row in rows] == ["[31mAna aíraM 👩\u200d🚀"] and not problems


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ('ana@x.co,Ana\nbeto@x.co,"Beto\ncarla@x.co,C', [3]),
        ('ana@x.co,"A"na\ncarla@x.co,C', [2]),
        ('beto@x.co,"Beto\ncarla@x.co,"C"', [2]),
        ('"beto@x.co,Beto\n' + "carla@x.co,C\n" * 3, [2]),
        ('beto@x.co,"Be""to\ncarla@x.co,C', [2]),
        ('beto@x.co,"Beto ""el largo" López"\ncarla@x.co,C', [2]),
        ('carla@x.co,C\nbeto@x.co,"', [3]),
        ('beto@x.co,"Beto\n' + "x@x.co,C\n" * 30_000 + "carla@x.co,C", [2]),  # more than the library lets a cell have
    ],
)
def test_a_quote_that_does_not_match_is_told_once_with_its_row(rows: str, lines: list[int]) -> None:
    emails, found = told(b"email,nombre\n" + rows.encode())
    assert [each for each in found if each[1] != "duplicate"] == [(line, "broken_quotes") for line in lines]
    assert "carla@x.co" in emails and "beto@x.co" not in emails
    first = next(each for each in csv_import.read(b"email,nombre\n" + rows.encode())[1] if each.rule == "broken_quotes")
    assert "expected after" not in first.sentence() and "“" in first.sentence() and "«" in first.sentence("es")


def test_a_quote_in_each_of_50_000_rows_takes_seconds() -> None:
    data = b"email,nombre\n" + b"".join(b'p%d@example.com,"A"b\n' % at for at in range(50_000))
    began = time.monotonic()
    rows, problems = csv_import.read(data)
    assert len(problems) == 50_000 and not rows
    assert time.monotonic() - began < 8


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ("Email Address,First Name,Last Name,Address,MEMBER_RATING,TAGS", "ignored_columns"),
        ("email,notas", "ignored_column"),
        ("email,", ""),
        ("email,email", "ignored_column"),
        ("email,nombre,first name,apellido", "ignored_column"),
        ("email,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p", "ignored_columns"),
        ("email,idioma", ""),
    ],
)
def test_columns_that_are_not_used_are_one_note_and_no_line_left_out(header: str, rule: str) -> None:
    rows, problems = csv_import.read(f"{header}\nzoe1@example.com,Zoe\n".encode())
    assert [row.email for row in rows] == ["zoe1@example.com"]
    notes = [problem for problem in problems if problem.rule != "unknown_language"]
    assert [problem.rule for problem in notes] == ([rule] if rule else []) and not any(
        each.left_out for each in problems
    )


@pytest.mark.parametrize(
    ("text", "reason", "scope"),
    [
        (
            "Record ID,First Name,Last Name,Email,Unsubscribed from all email\n1,Pia,P,pia@x.co,true",
            "unsubscribed",
            "marketing",
        ),
        (
            "Email Address,First Name,UNSUB_TIME,UNSUB_REASON\npia@x.co,Pia,2026-01-01 00:00:00,NORMAL",
            "unsubscribed",
            "marketing",
        ),
        ("uuid,email,name,status\nx,pia@x.co,Pia,blocklisted", "do_not_contact", "all"),
        ("email,do_not_contact\npia@x.co,1", "do_not_contact", "all"),
        ("correo;nombre;dado de baja\npia@x.co;Pia;Sí", "unsubscribed", "marketing"),
        ("Email,HasOptedOutOfEmail\npia@x.co,TRUE", "unsubscribed", "marketing"),
        ("Email Address,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE\npia@x.co,2026-01-01,Navidad", "bounced", "all"),
        ("email,subscribed\npia@x.co,false", "unsubscribed", "marketing"),
        ("email,Estado\npia@x.co,Lista negra", "do_not_contact", "all"),
        ("email,status\npia@x.co,subscribed\npia@x.co,Unsubscribed", "unsubscribed", "marketing"),
        ("email,status\npia@x.co,Marked as spam", "complained", "all"),
    ],
)
def test_who_refused_mail_elsewhere_gets_none(store: Store, now: int, text: str, reason: str, scope: str) -> None:
    rows, problems = csv_import.read(text.encode())
    csv_import.import_contacts(store, rows, now)
    with store.read() as tx:
        pia = contacts.find(tx, "pia@x.co")
        (row,) = tx.suppressions.of_address(address_key="pia@x.co")
        covered = suppressions.covers(tx, "pia@x.co")
    assert pia and row == {"scope": scope, "reason": reason, "at": now}
    assert isinstance(gate.decide(gate.Facts("marketing", covered, "Calle 1", "https://acto.example", now)), gate.Stop)
    assert not any("unsub" in problem.value.casefold() or "status" in problem.value for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "email,Unsubscribed from all email\npia@x.co,false",
        "email,UNSUB_TIME\npia@x.co,",
        "email,status\npia@x.co,enabled",
        "email,do_not_contact\npia@x.co,0",
        "email,subscribed\npia@x.co,yes",
        "email,dado de baja\npia@x.co,No",
        "email,nombre\npia@x.co,Unsubscribed",
    ],
)
def test_who_refused_nothing_is_written_to(store: Store, now: int, text: str) -> None:
    csv_import.import_contacts(store, csv_import.read(text.encode())[0], now)
    with store.read() as tx:
        assert suppressions.covers(tx, "pia@x.co") == frozenset()


def test_a_list_takes_leave_away_and_never_gives_it_back(store: Store, now: int) -> None:
    """The first reason stands, and a later list that says nothing changes nothing."""
    for at, text in enumerate(
        ("email,status\npia@x.co,unsubscribed", "email\npia@x.co", "email,status\npia@x.co,bounced")
    ):
        csv_import.import_contacts(store, csv_import.read(text.encode())[0], now + at)
    with store.read() as tx:
        rows = tx.suppressions.of_address(address_key="pia@x.co")
    assert rows == [
        {"scope": "all", "reason": "bounced", "at": now + 2},
        {"scope": "marketing", "reason": "unsubscribed", "at": now},
    ]


@pytest.mark.parametrize("address", ["josé@example.com", "ñandú@example.com", "пётр@example.com"])
def test_letters_before_the_at_are_told_as_what_they_are(address: str) -> None:
    assert told(f"email\n{address}\nana@example.com\n".encode()) == (["ana@example.com"], [(2, "letters_before_at")])
