"""Fills templates with one person's data; the only package that imports Jinja's sandbox and parser for templates of users.

Templates are written by users, so they run in an immutable sandbox: unknown names fail, output is escaped by default, values are
plain, and a budget limits their work.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError

from builder.personalise import budget
from builder.personalise.condition import holds
from builder.personalise.figures import LANGUAGE
from builder.personalise.sandbox import Sandbox
from builder.personalise.wire import WireSandbox

_HTML = Sandbox(autoescape=True, undefined=StrictUndefined)
_WIRE = WireSandbox(undefined=StrictUndefined)
_TEXT = Sandbox(autoescape=False, undefined=StrictUndefined)
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")  # line breaks and controls; joiners and no-break spaces stay

Context = Mapping[str, Any]
__all__ = ["LANGUAGE", "CannotPersonalise", "Context", "holds", "html", "line", "text", "wire"]


class CannotPersonalise(Exception):
    """The template uses data that this person lacks, or fails on it. The message is a sentence."""


def html(template: str, context: Context) -> str:
    """Fill an HTML template, with every value escaped. Raises CannotPersonalise."""
    return _render(_html_template, template, context)


def wire(template: str, context: Context) -> str:
    """Fill an HTML template as `html` does and encode it as quoted-printable. Raises CannotPersonalise."""
    return _render(_wire_template, template, context)


def text(template: str, context: Context) -> str:
    """Fill a plain-text template. Raises CannotPersonalise."""
    return _render(_text_template, template, context)


def line(template: str, context: Context) -> str:
    """Fill a plain-text template for one line (a subject, a question): white space and control characters become one space."""
    return _BREAKS.sub(" ", text(template, context)).strip(" ")


def _render(parsed: Callable[[str], Template], template: str, context: Context) -> str:
    try:
        return budget.spend(parsed(template).generate(context))
    except TemplateSyntaxError as error:
        raise CannotPersonalise(f"The template is not Jinja: {error.message}") from error
    except TemplateError as error:
        raise CannotPersonalise(f"The template cannot be filled in: {error.message}.") from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError) as error:
        raise CannotPersonalise(f"The template fails on this person's data: {error}.") from error
    except SyntaxError as error:  # loops nested deeper than Python allows
        raise CannotPersonalise(f"The template is too deeply nested: {error.msg}.") from error


@lru_cache(maxsize=256)
def _html_template(template: str) -> Template:
    return _HTML.from_string(template)


@lru_cache(maxsize=256)
def _wire_template(template: str) -> Template:
    return _WIRE.from_string(template)


@lru_cache(maxsize=1024)
def _text_template(template: str) -> Template:
    return _TEXT.from_string(template)
