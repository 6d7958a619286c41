"""The validator itself: it finds what is wrong, so that its silence elsewhere means something."""

import pytest

from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import column, filled

GOOD = filled(column('<mj-text>Buenas</mj-text><ac-rate name="a" question="¿Qué tal?" />'))
SPOILED = {  # what is done to a valid document: (what stood there, what stands there now, what the validator says of it)
    "an image": ("Buenas", '<img src="https://example.com/a.png" width="1" height="1">', "DISALLOWED_TAG"),
    "a script": ("Buenas", "<script>x()</script>", "DISALLOWED_SCRIPT_TAG"),
    "important": ("<style amp-custom>", "<style amp-custom>a{color:red!important}", "CSS_SYNTAX_DISALLOWED_IMPORTANT"),
    "an import": ("<style amp-custom>", "<style amp-custom>@import url(x);", "CSS_SYNTAX_INVALID_AT_RULE"),
    "a form over http": ('action-xhr="https:', 'action-xhr="http:', "INVALID_URL_PROTOCOL"),
    "a warning": (" data-css-strict", "", "WARNING"),
    "another warning": ("</head>", "<title>Buenas</title></head>", "DEPRECATED_TAG"),
    "a missing script": ("amp-mustache-0.2.js", "amp-mustache-9.9.js", "mustache"),
}


def test_a_valid_document_is_valid(validate: Validate) -> None:
    assert validate(GOOD) == []


@pytest.mark.parametrize("case", SPOILED)
def test_an_invalid_document_is_seen_to_fail(validate: Validate, case: str) -> None:
    before, after, said = SPOILED[case]
    assert before in GOOD
    assert said in " ".join(validate(GOOD.replace(before, after, 1)))
