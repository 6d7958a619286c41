"""The tables of docs/settings.md, docs/commands.md, docs/segments.md and docs/api.md, as the code has them."""

from __future__ import annotations

from pathlib import Path

import click

from server.cli import main
from server.segments import table as segments
from server.settings import Setting, Settings, Stream, rows
from tests.server import api_reference

DOCS = Path(__file__).resolve().parents[2] / "docs"
BEGIN, END = "<!-- {name}: written by make golden -->", "<!-- end of {name} -->"


def tables() -> dict[tuple[str, str], str]:
    """(file, name of the table) -> its lines."""
    return {
        ("settings.md", "settings"): _settings(rows(Settings)),
        ("settings.md", "streams"): _settings(rows(Stream)),
        ("api.md", "endpoints"): api_reference.endpoints(),
        ("api.md", "problems"): api_reference.problems(),
        ("segments.md", "conditions"): _conditions(),
        ("commands.md", "commands"): "\n".join(_command(command, "acto") for command in _listed(main)),
    }


def _conditions() -> str:
    lines = ["| `is` | fields | a contact that meets it |", "|---|---|---|"]
    for word in segments.CONDITIONS:
        fields = ", ".join(f"[`{each.name}`]" if each.optional else f"`{each.name}`" for each in word.fields)
        said = "; ".join(yes for yes, _ in word.sentences.values())
        lines.append(f"| `{word.name}` | {fields} | {said} |")
    return "\n".join(lines)


def write() -> None:
    """Puts the tables between their marks."""
    for (file, name), lines in tables().items():
        path = DOCS / file
        before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN.format(name=name))
        _, _, after = rest.partition(END.format(name=name))
        path.write_text(before + marked(name, lines) + after, encoding="utf-8")


def marked(name: str, lines: str) -> str:
    return f"{BEGIN.format(name=name)}\n{lines}\n{END.format(name=name)}"


def _settings(listed: tuple[Setting, ...]) -> str:
    lines = ["| setting | default | what it is |", "|---|---|---|"]
    lines += [
        f"| `{row.name}` | {f'`{row.default}`' if row.default != '' else '(empty)'} | {row.help} |" for row in listed
    ]
    return "\n".join(lines)


def _command(command: click.Command, above: str) -> str:
    name = f"{above} {command.name}"
    if isinstance(command, click.Group) and not command.invoke_without_command:
        return "\n".join(_command(each, name) for each in _listed(command))
    own = f"### `{name}`{_arguments(command)}\n\n{_help(command)}\n"
    below = [_command(each, name) for each in _listed(command)] if isinstance(command, click.Group) else []
    return "\n".join([own + _options(command), *below])


def _listed(group: click.Group) -> list[click.Command]:
    within = click.Context(group)
    found = (group.get_command(within, name) for name in group.list_commands(within))
    return [command for command in found if command]


def _arguments(command: click.Command) -> str:
    names = [str(each.name).upper() for each in command.params if isinstance(each, click.Argument)]
    return f" `{' '.join(names)}`" if names else ""


def _help(command: click.Command) -> str:
    return " ".join((command.help or "").split())


def _options(command: click.Command) -> str:
    found = [
        each for each in command.params if isinstance(each, click.Option) and each.help != "Show this message and exit."
    ]
    lines = [
        f"- `{', '.join(each.opts)}`: {each.help}" if each.help else f"- `{', '.join(each.opts)}`" for each in found
    ]
    return "".join(f"\n{line}" for line in lines) + ("\n" if lines else "")
