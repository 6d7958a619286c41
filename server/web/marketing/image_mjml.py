"""Writes the line of MJML that puts an image of the library into an email."""

from __future__ import annotations

from html import escape

from server.branding.images import StoredImage

EMAIL_PX = 520  # the width of an email's text: a larger image is shown as wide as that


def line(image: StoredImage, language: str) -> str:
    """Return the tag with the image's description in a language; its address follows `base_url`."""
    alt = escape(image.alt_en if language == "en" else image.alt_es)
    width = min(image.width, EMAIL_PX)
    return f'<mj-image src="{{{{ acto.images }}}}/{image.file}" alt="{alt}" width="{width}px" padding="0 0 16px" />'
