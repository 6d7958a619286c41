"""Finds emails that some people cannot read: with images off, or in a language that the body lacks."""

import re
from collections.abc import Iterator, Sequence

from builder.lint.view import View, at, in_file
from builder.problems import Problem

FEW_WORDS = 10  # beside images: no more than a greeting and a name
SMALL_PX = 160  # an image up to this wide is a logo or an icon
BRAND_WORDS = 5  # a file with fewer has only names, which need no translation
_WORD = re.compile(r"[^\W\d_]{2,}")


def check(view: View) -> Iterator[Problem]:
    """Check one body for image-only."""
    images = [piece.element for piece in view.pieces if piece.kind == "image" and not piece.shared]
    large = [image for image in images if _width(image.get("width")) > SMALL_PX]
    words = sum(piece.words for piece in view.pieces if piece.kind != "image" and not piece.shared)
    if large and words < FEW_WORDS:
        said = f"Beside its images this email says {words} word{'s' * (words != 1)}."
        yield at(
            large[0], "image-only", said, "Say in an <mj-text> what the images say; many people read with images off."
        )


def untranslated(views: Sequence[View]) -> Iterator[Problem]:
    """Report untranslated-body: files with words that are the same in every language."""
    first, *others = views
    for path in _spoken(first).intersection(*map(_spoken, others)) if others else ():
        text = first.email.files[path]
        if "acto.language" not in text:  # such a file chooses its words by language
            stem, language = path.removesuffix(".mjml"), others[0].language
            said = f"The subject is in “{first.language}” and “{language}”; this file is in one language."
            yield in_file(path, "untranslated-body", said, f"Write {stem}.{language}.mjml beside it.")


def _spoken(view: View) -> set[str]:
    """Return the files with words of their own."""
    words: dict[str, int] = {}
    for piece in view.pieces:
        path = piece.element.source.path
        words[path] = words.get(path, 0) + len(_WORD.findall(piece.text))
    return {path for path, count in words.items() if count >= BRAND_WORDS}


def _width(written: str) -> float:
    """Parse a width in px; an image without one is as wide as its column."""
    number = re.match(r"\d{1,5}", written)
    return float(number[0]) if number else 600.0
