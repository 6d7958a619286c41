"""Bounds every form, and reads the small ones of recipients' pages faster than Flask's form parser or `urllib.parse.parse_qs`.

Flask's parser streams and handles files; the library's accepts bytes, other separators and charsets. For the hundred bytes of an answer
they cost sixteen and four times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from flask import request

from server.branding import decoding
from server.contacts.imports import source

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Fields = dict[str, list[str]]
BODY_MAX_BYTES = 64 * 1024  # the longest form of a recipient is an answer of some hundred bytes
EDITOR, EDITOR_MAX_BYTES = "/emails/", 1024 * 1024  # the form of the editor holds all files of an email
LISTS = ("/contacts/imports/-/new", "/contacts/imports/-/refusals")  # forms with a list of contacts
LIST_MAX_BYTES = source.FILE_MOST + BODY_MAX_BYTES
UPLOADS = ("/images", "/brand")  # forms with an image
UPLOAD_MAX_BYTES = decoding.BYTES_MOST + BODY_MAX_BYTES
FIELDS_MAX = 100
URLENCODED = "application/x-www-form-urlencoded"


def most_bytes(path: str) -> int:
    """Return how long a form to this path may be."""
    if path in UPLOADS:
        return UPLOAD_MAX_BYTES
    if path in LISTS:
        return LIST_MAX_BYTES
    return EDITOR_MAX_BYTES if path.startswith(EDITOR) else BODY_MAX_BYTES


def read() -> Fields:
    """Return the fields of the current request's form by name, urlencoded or multipart. A body that
    `urlencoded` refuses has no fields.
    """
    if is_small_and_urlencoded(request.environ):
        return urlencoded(request.environ)
    return {name: request.form.getlist(name) for name in request.form}


def is_small_and_urlencoded(environ: WSGIEnvironment) -> bool:
    """Return whether `urlencoded` may read the body: urlencoded, with a stated length of at most BODY_MAX_BYTES."""
    length = environ.get("CONTENT_LENGTH") or ""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0]
    return kind == URLENCODED and length.isdecimal() and int(length) <= BODY_MAX_BYTES


def urlencoded(environ: WSGIEnvironment) -> Fields:
    """Parse the body as the URL Standard does (5.1): a missing name or value is the empty string. Return no fields if there are more
    than FIELDS_MAX, or if the body is not UTF-8.
    """
    try:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode("utf-8")
    except UnicodeDecodeError:
        return {}
    found: Fields = {}
    pairs = body.split("&")
    for pair in pairs if len(pairs) <= FIELDS_MAX else ():
        if pair:
            name, _, value = pair.partition("=")
            found.setdefault(_plain(name), []).append(_plain(value))
    return found


def _plain(text: str) -> str:
    return unquote_plus(text) if "%" in text or "+" in text else text
