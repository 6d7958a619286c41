"""Every starter email in both languages, as its sample's person gets it."""

import pytest

from builder.catalog import EmailSource
from builder.formats.amp import audit
from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import of_email, starters

CASES = starters()


@pytest.mark.parametrize(("email", "language"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("asked", [True, False], ids=["asked", "nothing asked"])
def test_a_starter_email_is_valid_and_loses_nothing(
    validate: Validate, email: EmailSource, language: str, asked: bool
) -> None:
    part, filled = of_email(email, language, every=asked)
    assert validate(filled) == []
    assert audit.faults(filled) == ()
    assert part.losses == ()
    assert part.css_bytes < 15_000
