"""Lists the sentences of refused brands and images, and defines the exception that carries one. `server/texts.py` translates them."""

from __future__ import annotations

from server.errors import CannotDo

SENTENCES = {
    "no_name": "Write the name of the sender, as recipients know it.",
    "long_text": "Use at most {most} characters here.",
    "bad_color": "“{value}” is no colour. Write it as #0f6b5f: # and six digits from 0-9 and a-f.",
    "bad_font": "Choose one of the fonts in the list.",
    "bad_contact": "“{value}” is no email address. Write it as name@domain.",
    "bad_link": "“{value}” is no web address. Write the whole address, beginning with https://.",
    "many_links": "Write at most {most} addresses, one on each line.",
    "no_logo": "The logo is no longer in the library. Choose or upload another one.",
    "no_file": "Choose an image on your device first.",
    "svg": (
        "“{name}” is an SVG drawing, which most mail programs do not show. Export it as PNG, at least 600 pixels wide, and upload that."
    ),
    "no_image": "“{name}” is no PNG, JPEG, GIF or WebP image. Save it in one of these formats and upload it again.",
    "large_file": "“{name}” has more than {most} MB. Save it smaller, for example 1,600 pixels wide, and upload it again.",
    "many_pixels": (
        "“{name}” has more than {most} million pixels. Make it smaller, for example 1,600 pixels wide, and upload it again."
    ),
    "damaged": "“{name}” is damaged or incomplete and cannot be read. Save or export it anew and upload it again.",
    "is_shown": "This image stays: sent messages, a draft or the brand show it. They are listed below.",
}


class Refused(CannotDo):
    """A row of SENTENCES with its values; `field` is the field of a form that it is about, if there is one."""

    def __init__(self, rule: str, field: str = "", **values: object) -> None:
        super().__init__(SENTENCES[rule], **values)
        self.rule, self.field = rule, field
