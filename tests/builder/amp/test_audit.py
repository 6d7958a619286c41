"""What the validator passes and an email must not hold: our own check finds it, and our own documents have none of it."""

import pytest

from builder.formats.amp import audit
from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import column, filled

GOOD = filled(column('<mj-text>Buenas</mj-text><ac-rate name="a" question="¿Qué tal?" />'))
MISSED = (  # kind, what stood there, what stands there now
    ("fixed", "<style amp-custom>", "<style amp-custom>.a{color:red;position : Fixed}"),
    ("fixed", "Buenas", '<span style="position:sticky">Buenas</span>'),
    ("unbound", "Buenas", '<span [text]="a">Buenas</span>'),
    ("unbound", "Buenas", '<span data-amp-bind-text="a">Buenas</span>'),
    ("unescaped", "{{message}}", "{{{message}}}"),
    ("method", 'method="post"', 'method="get"'),
    ("method", 'method="post"', ""),
)


def test_a_document_of_ours_has_nothing_of_it() -> None:
    assert audit.faults(GOOD) == ()


@pytest.mark.parametrize(("kind", "before", "after"), MISSED)
def test_what_the_validator_passes_is_found(validate: Validate, kind: str, before: str, after: str) -> None:
    assert before in GOOD
    spoiled = GOOD.replace(before, after, 1)
    assert validate(spoiled) == [], "the validator has learnt this; the check can go"
    assert [fault.kind for fault in audit.faults(spoiled)] == [kind]


def test_a_person_may_write_of_fixed_positions_and_three_braces() -> None:
    sample = {"person": {"first_name": "position:fixed {{{x}}} [text]=a <form method=get>"}, "data": {}}
    assert audit.faults(filled(column("<mj-text>{{ person.first_name }}</mj-text>"), sample=sample)) == ()


def test_a_part_has_200_000_bytes_at_most(validate: Validate) -> None:
    long = GOOD.replace("Buenas", "á" * 100_000)
    assert [fault.kind for fault in audit.faults(long)] == ["part-size"]
    assert audit.faults(GOOD.replace("Buenas", "á" * 90_000)) == ()
