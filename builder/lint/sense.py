"""Checks an email's duties to its reader: words for its images, an unsubscribe link, a postal address, and html below the
clipping size.
"""

import html
import re
from collections.abc import Iterator

from builder import emails, messages
from builder.lint import amp, inbox
from builder.lint.names import context
from builder.lint.view import View, at, in_file
from builder.messages import Filled, Recipient, Sender
from builder.mime import Address
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate, Problem
from builder.tokens import Keyring

LARGE_BYTES, TOO_LARGE_BYTES = 80_000, 100_000
IMAGES = frozenset({"mj-image", "mj-carousel-image", "img"})
SENDER = Sender(
    address=Address("Lint", "lint@example.com"),
    postal_address="12 Lint Street, 00000 Exampleville",
    base_url="https://acto.example.com",
    domain="example.com",
    keyring=Keyring(["lint"]),
)
LEAVE = f"{SENDER.base_url}/{messages.PATHS['unsubscribe']}/"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def check(view: View) -> Iterator[Problem]:
    """Check one body for missing-alt."""
    for place in view.places:
        image = place.element
        if image.tag not in IMAGES or any(above.tag == "mj-attributes" for above in place.above):
            continue
        given = view.inheritance.attributes(image)
        linked = "href" in given or any(element.tag == "a" for element in place.above)
        if "alt" not in given:
            fix = 'Say in alt what it shows; alt="" says that it is decoration.'
            yield at(image, "missing-alt", f"<{image.tag}> has no alt.", fix)
        elif linked and not given["alt"].value.strip():
            said = f"<{image.tag}> is a link and its alt is empty."
            yield at(image, "missing-alt", said, "Say in alt where the link leads.")


def check_filled(view: View) -> Iterator[Problem]:
    """Check the message filled with the sample; runs only if the other rules found no error in this language."""
    path = view.email.body(view.language)
    person = context(view)
    nobody = Recipient("0" * 20, "0" * 20, Address("", "ana@example.com"), person["person"], person["data"])
    try:
        compiled = emails.compile(view.email, view.language)
        filled = messages.fill(compiled, SENDER, nobody, 0)
    except BrokenTemplate as broken:
        yield from broken.problems
        return
    except CannotPersonalise as error:
        yield in_file(path, "cannot-fill", str(error), "Correct the template, or the sample.")
        return
    yield from inbox.check(view, filled)
    yield from amp.check(view, compiled)
    yield from _size(path, len(filled.html.encode("utf-8", "replace")))
    if view.email.mail_class == "marketing":
        yield from _owed(view, path, filled)


def _size(path: str, size: int) -> Iterator[Problem]:
    if size > TOO_LARGE_BYTES:
        said = f"The html has {size:,} bytes; mail clients cut it at about 102,000."
        yield in_file(path, "html-too-large", said, f"Bring it under {TOO_LARGE_BYTES:,}.")
    elif size > LARGE_BYTES:
        said = f"The html has {size:,} bytes; mail clients cut it at about 102,000."
        yield in_file(path, "html-large", said, f"Bring it under {LARGE_BYTES:,}.")


def _owed(view: View, path: str, filled: Filled) -> Iterator[Problem]:
    shown = _COMMENT.sub("", filled.html)
    if f'href="{LEAVE}' not in shown or LEAVE not in filled.text:
        said = "This is marketing, and it shows no link to leave the list."
        fix = 'Add <a href="{{ acto.unsubscribe_url }}">…</a> to the footer.'
        yield in_file(path, "missing-unsubscribe", said, fix)
    if html.escape(SENDER.postal_address) not in shown and not _names_brand_address(view, shown):
        said = "This is marketing, and it shows no postal address."
        yield in_file(path, "missing-postal-address", said, "Add {{ sender.postal_address }} to the footer.")


def _names_brand_address(view: View, shown: str) -> bool:
    """Return whether the brand's address is shown; one that is still empty counts where a template prints it."""
    address = view.email.brand(view.language)["address"]
    printed = any("brand.address" in text for text in view.email.files.values())
    return html.escape(address) in shown if address else printed
