"""Columns behind conditions share the width of their row with those that are there, as if the others had never been written."""

from __future__ import annotations

import re

import pytest

from builder import catalog, emails, lint, messages
from builder.lint.sense import SENDER
from tests.builder.emails import whole

COLUMN = "<mj-column><mj-text>{} is on its way to you now</mj-text></mj-column>"
A, B, C = map(COLUMN.format, "ABC")


def shown(row: str) -> list[tuple[str, str]]:
    """The columns of a row as they go out: what they say, and their width in Outlook and in browsers."""
    made = whole(f"<mjml><mj-body><mj-section>{row}</mj-section></mj-body></mjml>")
    assert lint.check("try", made) == []
    source = catalog.parse("try", made)
    filled = messages.fill(emails.compile(source, "es"), SENDER, messages.sample(source), 0)
    html = filled.html.split("<body", 1)[1]
    assert re.findall(r"([ABC]) is on", filled.text) == re.findall(r"([ABC]) is on", html)
    assert html.count("<!--[if") == html.count("<![endif]-->")
    widths = re.findall(r'<td style="vertical-align:top;width:(\d+)px;">.*?([ABC]) is on', html)
    classes = re.findall(r"mj-column-per-([\d-]+)\" style", html)
    assert [round(float(each.replace("-", ".")) * 6) for each in classes] == [int(width) for width, _ in widths]
    return [(letter, width) for width, letter in widths]


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (f"{{% if data.url %}}{A}{{% endif %}}{B}", [("A", "300"), ("B", "300")]),
        (f"{{% if not data.url %}}{A}{{% endif %}}{B}", [("B", "600")]),
        (f"{{% if not data.url %}}{A}{{% else %}}{B}{C}{{% endif %}}", [("B", "300"), ("C", "300")]),
        (f"{A}{{% if 1 > 2 %}}{B}{{% elif data.url %}}{C}{{% endif %}}", [("A", "300"), ("C", "300")]),
        (f"{{% if data.url %}}{A}{{% endif %}}{{% if 1 > 2 %}}{B}{{% endif %}}{C}", [("A", "300"), ("C", "300")]),
        (f"<mj-raw>{{% if data.url %}}</mj-raw>{A}<mj-raw>{{% endif %}}</mj-raw>{B}{C}",
         [("A", "200"), ("B", "200"), ("C", "200")]),
    ],
)  # fmt: skip
def test_columns_share_the_width_of_their_row(row: str, columns: list[tuple[str, str]]) -> None:
    assert shown(row) == columns


def test_a_question_in_such_a_row_is_asked_once() -> None:
    ask = '<mj-column><ac-confirm name="good" question="¿Llegó bien tu pedido?" /></mj-column>'
    made = whole(f"<mjml><mj-body><mj-section>{{% if data.url %}}{A}{{% endif %}}{ask}</mj-section></mj-body></mjml>")
    source = catalog.parse("try", made)
    email = emails.compile(source, "es")
    filled = messages.fill(email, SENDER, messages.sample(source), 0)
    assert filled.html.count("¿Llegó bien tu pedido?") == filled.text.count("¿Llegó bien tu pedido?") == 1
