"""Which addresses can be written to."""

from __future__ import annotations

import pytest

from server.contacts import addresses
from server.contacts.addresses import BadAddress


def test_an_address_of_this_machine_reaches_its_own_mail_server_and_other_reserved_names_nobody() -> None:
    assert addresses.key("Admin@acto.localhost") == "admin@acto.localhost"
    with pytest.raises(BadAddress):
        addresses.key("admin@acto.invalid")
