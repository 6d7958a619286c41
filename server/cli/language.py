"""Chooses the language of the command line (--language, else the terminal's) and translates its sentences from translations/."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import click

from builder import translation
from builder.source import LANGUAGES

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # POSIX: the first that is not empty decides
CATALOGUE = Path(__file__).parent / "translations"
CHOSEN = "acto.language"
ERROR = "Error: "  # as click begins the line


def chosen() -> str:
    """Return the language given with `acto --language`; empty without it."""
    context = click.get_current_context(silent=True)
    return str(context.meta.get(CHOSEN, "")) if context else ""


def current() -> str:
    """Return the language for messages: the chosen one, else the terminal's, else English."""
    named = next(filter(None, map(os.environ.get, VARIABLES)), "") or ""
    return chosen() or (named[:2] if named[:2] in LANGUAGES else translation.ENGLISH)


def translated(english: str) -> str:
    """Translate sentences to the current language, line by line; a sentence that the catalogue lacks stays English."""
    return "\n".join(_line(line) for line in english.split("\n"))


def _line(line: str) -> str:
    text = line.strip()
    other = translation.text(text, current(), CATALOGUE)
    return line.replace(text, translation.text(text, current()) if other == text else other) if text else line


class Help(click.HelpFormatter):
    """Formats click's help in the current language: its own words, our docstrings and the help of options."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{translated('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(translated(heading))

    def write_text(self, text: str) -> None:
        super().write_text("\n\n".join(translated(" ".join(part.split())) for part in text.split("\n\n")))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().write_dl([(name, _help(text)) for name, text in rows], *args, **more)


def _help(text: str) -> str:
    """Translate the help of an option; click appends its default and its range in brackets."""
    words, gap, brackets = text.partition("  [")
    brackets = brackets.replace("default: ", f"{translated('default')}: ").replace("required", translated("required"))
    return translated(words) + gap + brackets


click.Context.formatter_class = Help


class Group(click.Group):
    """A group of commands that lists each with its whole first sentence, because a cut one has no translation."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first(command.help or "")) for name, command in commands if command])


def _first(docstring: str) -> str:
    """Return the first sentence of a docstring, in the current language."""
    return translated(" ".join(docstring.split("\n\n")[0].split())).split(". ")[0].removesuffix(".") + "."


class WrongCall(click.UsageError):
    """A usage error that click prints, already translated to the language that was current when it was raised."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(error.message, error.ctx)
        self.exit_code = error.exit_code  # type: ignore[misc]
        shown = StringIO()
        error.show(shown)
        self.shown = "\n".join(_shown(line) for line in shown.getvalue().rstrip().split("\n"))

    def show(self, file: Any = None) -> None:
        click.echo(self.shown, file=file, err=True)


def _shown(line: str) -> str:
    return (
        f"{translated(ERROR.strip())} {translated(line.removeprefix(ERROR))}"
        if line.startswith(ERROR)
        else translated(line)
    )


@contextmanager
def wrong_calls() -> Iterator[None]:
    """Translate usage errors to the current language."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:  # shows the help, which is in the current language already
        raise
    except click.UsageError as error:
        raise error if isinstance(error, WrongCall) else WrongCall(error) from error
