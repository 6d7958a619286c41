"""Writes Gmail's one-click action: a button beside the subject, as schema.org JSON-LD in the html part's head.

One action for each mail: the first option of the first confirm block. Source: developers.google.com/gmail/markup.
"""

import json
from collections.abc import Iterable

from builder.blocks import Block
from builder.eligibility import carried

PATH = "g"
POST = "http://schema.org/HttpRequestMethod/POST"  # GET is the default, and GET changes nothing here


def action(blocks: Iterable[Block]) -> Block | None:
    """Return the block that the button answers, or None."""
    return next((block for block in blocks if block.kind in carried("gmail")), None)


def document(block: Block, base_url: str, token: str) -> str:
    """Write the JSON-LD for a personalised confirm block."""
    first = block.options[0]
    handler = {"@type": "HttpActionHandler", "url": f"{base_url}/{PATH}/{token}/{first.value}", "method": POST}
    return json.dumps(
        {
            "@context": "http://schema.org",
            "@type": "EmailMessage",
            "description": block.question,
            "potentialAction": {"@type": "ConfirmAction", "name": first.label, "handler": handler},
        },
        ensure_ascii=False,
    )
