"""Which addresses can be written to."""

from __future__ import annotations

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from server.contacts import addresses
from server.contacts.addresses import BadAddress


def test_an_address_of_this_machine_reaches_its_own_mail_server_and_other_reserved_names_nobody() -> None:
    assert addresses.key("Admin@acto.localhost") == "admin@acto.localhost"
    with pytest.raises(BadAddress):
        addresses.key("admin@acto.invalid")


LABELS = st.sampled_from(
    ["a", "-a", "a-", "a--b", "x" * 63, "x" * 64, "xn--nez-7ma", "test", "local", "example", "Ñu", "a_b", "ab1"]
)
ENDS = st.sampled_from(
    ["com", "COM", "co", "test", "invalid", "localhost", "local", "example", "c", "1", "ñ", "a1", "arpa", ""]
)
LOCALS = st.sampled_from(["ana", "ANA.b", ".a", "a..b", "a+b", "x" * 64, "x" * 65, "ñ", "a b", ""])


@given(local=LOCALS, labels=st.lists(LABELS, max_size=4), end=ENDS)
def test_the_quick_way_says_what_the_library_says(local: str, labels: list[str], end: str) -> None:
    address = f"{local}@{'.'.join([*labels, end])}"
    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
        expected = f"{found.local_part.lower()}@{str(found.ascii_domain).lower()}"
    except EmailNotValidError:
        expected = ""
    try:
        assert addresses.key(address) == expected
    except BadAddress:
        assert expected == ""
