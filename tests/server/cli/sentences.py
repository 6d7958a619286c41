"""Every sentence that the command line can say, found in the code: help, messages, refusals, settings, findings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import click

from server import settings, signing
from server.accounts.team import LastAdmin
from server.backup import restoration
from server.cli import main, overview
from server.cli.backup import KIND_NAMES
from server.integrity.findings import KINDS
from server.settings import Settings, SettingsError, Stream
from server.store import StoreTooNew, sqlite_errors, sqlite_file

ROOT = Path(__file__).resolve().parents[3]
SPOKEN = {"print", "translated", "fail"}  # of the command line alone: `talk.print`
RAISED = {  # which argument holds the sentence
    "CommandRefusal": 0,
    "CannotDo": 0,
    "UsageError": 0,
    "_Wrong": 0,
    "StoreUnavailable": 0,
    "WeakPassword": 1,
    "NotInvited": 1,
}
ELSEWHERE = ("web", "bench")  # what pages and measurements say
GAP = "x"


def everything() -> set[str]:
    """Each sentence with GAP where something differs."""
    return {text for text in (*_help(main), *_written(), *_tables()) if text.replace(GAP, "").strip(" .,:")}


def _help(command: click.Command) -> Iterator[str]:
    yield from (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    yield from (each.help for each in command.params if isinstance(each, click.Option) and each.help)
    if isinstance(command, click.Group):
        within = click.Context(command)
        for name in command.list_commands(within):
            found = command.get_command(within, name)
            assert found
            yield from _help(found)


def _written() -> Iterator[str]:
    for path in sorted((ROOT / "server").rglob("*.py")):
        room = path.relative_to(ROOT / "server").parts[0]
        if room not in ELSEWHERE:
            calls = (
                node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
            )
            yield from (text for call in calls for text in _said(call, room == "cli"))


def _said(call: ast.Call, here: bool) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = RAISED.get(name, 0 if here and name in SPOKEN else None)
    if place is not None and len(call.args) > place:
        yield from _text(call.args[place]).split("\n")
        yield from _choices(call.args[place])
    if name == "SettingsError":
        _, _, problem, fix = map(_text, call.args)
        known = GAP not in (problem, fix) and problem and fix
        yield str(SettingsError("acto.toml", "port", problem, fix)) if known else ""


def _choices(node: ast.expr) -> Iterator[str]:
    """The sentences between which an f-string chooses."""
    for part in node.values if isinstance(node, ast.JoinedStr) else ():
        if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.IfExp):
            yield from (text for text in _text(part.value).split("\n") if text.endswith("."))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
    if isinstance(node, ast.IfExp):
        return f"{_text(node.body)}\n{_text(node.orelse)}"
    return ""


def _tables() -> Iterator[str]:
    for row in (*settings.rows(Settings), *settings.rows(Stream)):
        yield row.help
        yield str(SettingsError("acto.toml", row.name, "has a value that is not valid", f"It must be {row.right}"))
    for sentence, remedy in KINDS.values():
        yield from (sentence.format(contact_id=GAP, message_id=GAP, block=GAP, detail=GAP), remedy)
    yield from KIND_NAMES.values()
    yield from (f"1,234 {name}" for name in ("contacts", "messages", "hits", "events", "answers", "leads"))
    yield from sqlite_errors.REASONS.values()
    yield from (f"1,234 {name}" for name in ("accounts", "account", "contact", "message"))
    yield from (f"Next: acto work  ({why})" for _, _, why in overview.NEXT)
    yield from _overview()
    yield from (str(StoreTooNew(9, 8)), str(LastAdmin()), sqlite_file.EXCHANGED.format(path=GAP))
    yield restoration.NEVER_OVER.format("The database has tables already.")
    yield restoration.NEVER_OVER.format("There is data/acto.db already.")
    yield restoration.NEVER_OVER.format("Another process started to use the database at the same time.")
    yield from (
        str(SettingsError("data/keys", "keys_file", each, signing.FIX)) for each in (signing.MISSING, signing.FOREIGN)
    )


def _overview() -> Iterator[str]:
    """The lines of `acto serve`, as the code has them."""
    tree = ast.parse((ROOT / "server/cli/overview.py").read_text(encoding="utf-8"))
    lines = next(node for node in ast.walk(tree) if isinstance(node, ast.Return) and isinstance(node.value, ast.List))
    assert isinstance(lines.value, ast.List)
    yield from filter(None, map(_text, lines.value.elts))
