"""How an image is laid out before it has loaded."""

import re

import pytest

from tests.builder.amp.conftest import Validate
from tests.builder.amp.documents import column, document, filled

FONT = '<mj-attributes><mj-all font-family="Georgia" /></mj-attributes>'
URL = "https://example.com/a.png"
RAW = f'<mj-text><img src="{URL}" alt="" {{}}></mj-text>'
CASES = (  # what the author writes, width, height, layout
    (f'<mj-image src="{URL}" alt="" width="300px" height="100px" />', "300", "100", "responsive"),
    (f'<mj-image src="{URL}" alt="" height="90px" fluid-on-mobile="true" />', "550", "90", "responsive"),
    (RAW.format('width="300" height="100"'), "300", "100", "intrinsic"),
    (RAW.format('style="width: 300px; height: 100px; max-height: 9px"'), "300", "100", "intrinsic"),
    (RAW.format('width="600" height="300" style="width:100%;max-width:600px;height:auto"'), "600", "300", "intrinsic"),
    (RAW.format('width="24" height="24"'), "24", "24", "fixed"),
    ('<mj-image src="{{ acto.images }}/x-640x240.png" alt="" width="320px" />', "320", "120", "responsive"),
    ('<mj-text><img src="{{ acto.images }}/x-640x240.jpg" alt=""></mj-text>', "640", "240", "intrinsic"),
    (
        '<mj-social><mj-social-element name="x" href="https://example.com" icon-size="30px" /></mj-social>',
        "30",
        "30",
        "fixed",
    ),
)


@pytest.mark.parametrize(("inside", "width", "height", "layout"), CASES)
def test_an_image_has_both_dimensions_and_a_layout(
    validate: Validate, inside: str, width: str, height: str, layout: str
) -> None:
    source = column(inside, FONT)
    assert document(source).losses == ()
    (tag,) = re.findall(r"<amp-img [^>]*>", filled(source))
    assert [re.search(rf'\b{name}="([^"]*)"', tag)[1] for name in ("width", "height", "layout")] == [
        width,
        height,
        layout,
    ]
    assert validate(filled(source)) == []


def test_the_address_of_an_image_may_be_the_message_s_own(validate: Validate) -> None:
    source = column('<mj-image src="{{ data.url }}" alt="{{ person.first_name }}" width="9px" height="9px" />', FONT)
    assert 'src="https://example.com/?a=1&amp;b=2"' in filled(source)
    assert 'alt="Ana"' in filled(source)
    assert validate(filled(source)) == []
