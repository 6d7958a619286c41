"""However pieces meet in a message, no encoded line is over 76 characters, and what is decoded is what was written."""

import binascii
from email import message_from_bytes, policy
from typing import Any

import pytest

from builder import catalog, emails, messages, quoted
from builder.lint.sense import SENDER
from tests.builder.emails import files

MANY = {"data": {"stars": list(range(60)), "none": "", "url": "https://example.com/?a=1&b=2"}}
INSIDE = [
    '{% for s in data.stars %}<b style="color:#333333">star</b>{% endfor %}',
    '{% if 1 %}<b style="color:#333333">star</b>{% endif %}' * 60,
    "{{ data.none }}<b style='color:#333333'>star</b>" * 60,
    "{% for n in data.stars %}★★{% endfor %}",
    "{% for n in data.stars %}{% if n %}<b>ñ</b>{% endif %}{% endfor %}",
    "{% for n in data.stars %}=== {{ n }} ===  {% endfor %}",
    "{% for n in data.stars %}<a href='{{ data.url }}{{ n }}'>x</a>{{ data.none }}😀{% endfor %}",
]


@pytest.mark.parametrize("inside", INSIDE)
def test_no_line_of_a_message_is_longer_than_76(inside: str) -> None:
    source = catalog.parse("try", files(f"<mj-text>{inside}</mj-text>") | {"try/sample.json": _json(MANY)})
    email, ana = emails.compile(source, "es"), messages.sample(source)
    wire = messages.write(email, SENDER, ana, 0)
    assert max(map(len, wire.split(b"\r\n"))) <= quoted.LIMIT + 2  # a header may say 78
    message: Any = message_from_bytes(wire, policy=policy.default)
    parts = {
        part.get_content_type(): part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()
    }
    filled = messages.fill(email, SENDER, ana, 0)
    assert parts["text/html"].decode().replace("\r\n", "\n") == filled.html
    body = wire.split(b"\r\n\r\n", 1)[1].split(b"\r\n")
    assert max(map(len, body)) <= quoted.LIMIT


@pytest.mark.parametrize(
    "pieces",
    [
        ["x" * 500, "y" * 76, "z"],
        ["ñ" * 90, "", "ab cd" * 99],
        ["x" * 74 + "★", "=", "a b ", " c"],
        ["a" * 76, "a" * 75, "two\r\nlines", "ends\r\n", "."],
    ],
)
def test_pieces_that_are_joined_make_no_long_line_and_read_as_they_were(pieces: list[str]) -> None:
    joined = "".join(map(quoted.closed, pieces))
    assert max(map(len, joined.split("\r\n"))) <= quoted.LIMIT
    assert binascii.a2b_qp(joined).decode() == "".join(pieces)


def _json(sample: dict[str, Any]) -> str:
    import json

    return json.dumps(sample)
