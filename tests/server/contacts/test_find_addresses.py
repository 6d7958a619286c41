"""Addresses of people who refused mail are found in any text, none as that of another person, and none is dropped silently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.contacts.imports import source
from server.errors import CannotDo
from tests.server.contacts.importing import workbook

FORMS = (
    *("{}", "{}.", "<{}>", "({})", "[{}]", "'{}'", '"{}"', "“{}”", "‘{}’", "«{}»", "Ana <{}>", "Ana '{}'"),
    *("mailto:{}", "mailto:{}?subject=Baja", "<a href='mailto:{}'>", "SMTP:{}", "Correo:{}", "Correo: {}"),
    *("email={}", 'email="{}"', "email='{}'", "user=7 email={}", "prvs=12ab={}"),
)
BETWEEN = (", ", ";", "\n", "\r\n", "\t", " | ", " y ", " ")
word = st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True)
local = st.lists(word, min_size=1, max_size=3).flatmap(
    lambda words: st.sampled_from(".'+-_&").map(lambda sign: sign.join(words))
)
address = st.builds("{}@{}.example.org".format, local, word)


@given(st.lists(st.tuples(address, st.sampled_from(FORMS)), min_size=1, max_size=5), st.sampled_from(BETWEEN))
def test_an_address_is_found_in_whatever_form_it_is_written(written: list[tuple[str, str]], between: str) -> None:
    text = between.join(form.format(each) for each, form in written)
    assert source.find_addresses(text.encode()) == (list(dict.fromkeys(each for each, _ in written)), [])


@pytest.mark.parametrize(
    "piece",
    [
        *("@acme", "nonsense@", "o’brien@example.org", "josé@example.com", "ana@example.org/beto@example.org"),
        *(
            "https://example.org/bajas?de=ana@",
            "ana@@example.org",
            "ana@localhost-",
            "x=@example.org",
            "ana@example,org",
        ),
    ],
)
def test_a_piece_that_is_no_address_is_returned_and_suppresses_nobody(piece: str) -> None:
    found, unread = source.find_addresses(f"{piece}\nana@example.com\n{piece}\n".encode())
    assert found == ["ana@example.com"] and unread == [piece.partition(",")[0].rpartition(":")[2]]


def test_an_at_sign_that_stands_alone_is_no_entry() -> None:
    assert source.find_addresses(b"ana@example.com @ home").unread == []


@pytest.mark.parametrize(
    "file",
    [
        *("filed@example.com".encode(each) for each in ("utf-8", "utf-8-sig", "utf-16", "cp1252")),
        "Núñez,filed@example.com".encode("cp1252"),
        "Núñez;filed@example.com\n".encode("utf-16"),
        workbook([["who"], ["filed@example.com"]]),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_each_text_is_decoded_by_itself(file: bytes, first: bool) -> None:
    pasted = "Peña <pasted@example.com>".encode()
    files = (file, pasted) if first else (pasted, file)
    assert set(source.find_addresses(*files).keys) == {"filed@example.com", "pasted@example.com"}


@pytest.mark.parametrize("files", [(), (b"",), (b"", b""), (b"nobody", b"@"), (workbook([["who"]]), b"nobody@")])
def test_no_address_in_any_text_is_refused(files: tuple[bytes, ...]) -> None:
    with pytest.raises(CannotDo, match="no email address"):
        source.find_addresses(*files)


@pytest.mark.parametrize("begins", [b"email\n", b"PK\x03\x04", "email\n".encode("utf-16"), b" "])
@pytest.mark.parametrize("read", [source.open_list, source.find_addresses])
def test_a_file_that_is_too_large_is_refused_and_not_cut(begins: bytes, read: object) -> None:
    line = b"ana@example.com\n"
    data = begins + line * (source.FILE_MOST // len(line) + 1)
    with pytest.raises(CannotDo, match="larger than 32 MB"):
        read(data)  # type: ignore[operator]
