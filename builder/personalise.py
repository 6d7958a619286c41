"""Fills in one person. Templates are written by users, so they run in an immutable sandbox: strict about names that do not
exist, escaping by default, with plain values only.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

_HTML = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
_TEXT = ImmutableSandboxedEnvironment(autoescape=False, undefined=StrictUndefined, keep_trailing_newline=True)
for _environment in (_HTML, _TEXT):
    _environment.globals.clear()  # no lipsum, cycler, namespace: data in, text out
    _environment.globals["range"] = lambda *bounds: range(*bounds)[:1000]

Context = Mapping[str, Any]


class CannotPersonalise(Exception):
    """The template asks for what this person's data lacks, or fails on it. The message is a sentence."""


def html(template: str, context: Context) -> str:
    """An HTML template with every value escaped. Raises CannotPersonalise."""
    return _render(_html_template(template), context)


def text(template: str, context: Context) -> str:
    """A plain-text template. Raises CannotPersonalise."""
    return _render(_text_template(template), context)


def line(template: str, context: Context) -> str:
    """A plain-text template for one line (a subject, a question): white space and control characters become one space."""
    printable = "".join(" " if not character.isprintable() else character for character in text(template, context))
    return " ".join(printable.split())


def syntax_error(template: str) -> TemplateSyntaxError | None:
    """What is wrong with a template's Jinja, if anything; carries `lineno` and `message`."""
    try:
        _TEXT.parse(template)
    except TemplateSyntaxError as error:
        return error
    return None


def unknown_filters(template: str) -> TemplateError | None:
    """A filter or test that does not exist shows when a template is compiled, not when it is parsed."""
    try:
        _TEXT.compile(template)
    except TemplateError as error:
        return error
    return None


def names(template: str) -> set[str]:
    """The top-level names a template reads."""
    return set(meta.find_undeclared_variables(_TEXT.parse(template)))


def _render(template: Template, context: Context) -> str:
    try:
        return template.render(context)
    except TemplateError as error:
        raise CannotPersonalise(f"The template cannot be filled in: {error.message}.") from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
        raise CannotPersonalise(f"The template fails on this person's data: {error}.") from error


@lru_cache(maxsize=256)
def _html_template(template: str) -> Template:
    return _HTML.from_string(template)


@lru_cache(maxsize=1024)
def _text_template(template: str) -> Template:
    return _TEXT.from_string(template)
