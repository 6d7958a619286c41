"""Checks the structure of the code by reading its source: imports, sizes, the clock, and the checkers; new files are included."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = sorted(path for room in ("builder", "server") for path in (ROOT / room).rglob("*.py"))
ALL = [*CODE, *sorted((ROOT / "tests").rglob("*.py"))]
MAX_FILE_LINES, MAX_FUNCTION_LINES = 250, 50

DOORS = {  # a library and the only places that may import it
    "mjml": ("builder/mjml.py",),
    "css_inline": ("builder/inlining.py",),
    "itsdangerous": ("builder/tokens.py",),
    "lxml": ("builder/formats/amp/tree.py", "server/inbound/reply_html.py"),
    "tinycss2": ("builder/formats/amp/css.py",),
    "jinja2": ("builder/personalise/", "server/notices/notice_templates.py", "server/web/"),
    "cryptography": ("builder/dkim.py", "server/bench/script.py", "server/cli/story/", "server/push/"),
    "aiosql": ("server/store/",),
    "icalendar": ("builder/formats/calendar.py", "server/inbound/calendar_reply.py", "server/booking/ics_"),
    "recurring_ical_events": ("server/booking/ics_reading.py",),
    "holidays": ("server/contacts/public_holidays.py",),
    "dkim": ("server/inbound/dkim_verification.py", "server/bench/script.py", "server/cli/story/"),
    "dns": ("server/dns_records.py",),
    "jsonschema": ("server/web/api/reading.py",),
    "joserfc": (
        "builder/formats/signed_card.py",
        "server/web/recipient/provider_tokens.py",
        "server/push/encryption.py",
    ),
    "http_ece": ("server/push/encryption.py",),
    "nh3": ("server/web/",),
    "standardwebhooks": ("server/webhooks/signing.py",),
    "PIL": ("server/branding/decoding.py",),
    "sqlite3": ("server/store/",),
    "sqlite_utils": ("server/store/",),
    "psycopg": ("server/store/",),
    "psycopg_pool": ("server/store/",),
    "smtplib": ("server/sending/", "server/bench/script.py"),
    "aiosmtpd": ("server/sending/",),
    "flask": ("server/__init__.py", "server/web/", "server/cli/story/"),
    "flask_wtf": ("server/web/",),
    "werkzeug": ("server/web/", "server/cli/story/"),
    "argon2": ("server/accounts/",),
    "pyotp": ("server/accounts/totp.py",),
    "zxcvbn": ("server/accounts/password_strength.py",),
    "segno": ("server/web/",),
    "openpyxl": ("server/contacts/xlsx_read.py",),
    "defusedxml": ("server/contacts/xlsx_read.py",),
    "phonenumbers": ("server/contacts/phones.py",),
    "babel": (
        "server/web/",
        "server/texts.py",
        "server/sales/money.py",
        "builder/dates.py",
        "builder/personalise/figures.py",
    ),
    "click": ("server/cli/",),
    "rich": ("server/cli/", "server/bench/"),
    "granian": ("server/cli/", "server/bench/"),
}
PURE = (
    "server",
    "flask",
    "sqlite3",
    "psycopg",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "smtplib",
    "subprocess",
    "time",
)
CLOCK = re.compile(r"(time\.)?time(_ns)?|(datetime\.)*(datetime\.(now|utcnow|today)|date\.today)")
MAY_ASK_THE_CLOCK = (
    *("server/web/", "server/cli/", "server/bench/"),
    *("server/sending/delivery.py", "server/sending/local_mail.py"),
)
TABLES = (
    "server/qualify/scoring.py",
    "server/flows/table.py",
    "server/webhooks/bodies.py",
    "server/sending/gate.py",
)  # pages a salesperson can read: they import nothing of ours


def test_the_builder_is_pure() -> None:
    """Forbids the server, a database, the network and the clock."""
    assert not [(path, name) for path, name in _imports("builder/") if name.split(".")[0] in PURE or name in PURE]


@pytest.mark.parametrize("library", DOORS)
def test_one_library_has_one_door(library: str) -> None:
    allowed = DOORS[library]
    users = {path for path, name in _imports("") if name.split(".")[0] == library}
    assert users, "a library that nobody imports is no longer needed"
    assert not {path for path in users if not path.startswith(allowed)}


def test_only_web_and_the_workers_ask_the_clock() -> None:
    asked = [
        (_name(path), node.lineno)
        for path in CODE
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and CLOCK.fullmatch(ast.unparse(node.func))
    ]
    assert asked, "the server works with real time somewhere"
    assert not [place for place in asked if not place[0].startswith(MAY_ASK_THE_CLOCK)]


def test_nothing_is_left_to_chance() -> None:
    """Forbids the module random, whose runs cannot be repeated; ids and keys come from secrets."""
    assert not [path for path, name in _imports("") if name == "random" and not path.startswith("server/bench/")]


@pytest.mark.parametrize("table", TABLES)
def test_the_tables_import_nothing_of_ours(table: str) -> None:
    assert (ROOT / table).exists()
    assert not [name for path, name in _imports(table) if name.startswith(("server", "builder"))]


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL}
    assert not {path: lines for path, lines in long.items() if lines > MAX_FILE_LINES}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{_name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in ALL
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    assert not {name: lines for name, lines in long.items() if lines > MAX_FUNCTION_LINES}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        _name(path) for path in CODE if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(_tree(path))
    ]
    assert not silent


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]], ids=" ".join
)
def test_the_checkers_agree(command: list[str]) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _imports(room: str) -> Iterator[tuple[str, str]]:
    """Yield (file, module) for every import below a path."""
    return ((_name(path), module) for path in CODE if _name(path).startswith(room) for module in _imported(path))


@cache
def _imported(path: Path) -> list[str]:
    """List the modules that a file imports; `from x import y` counts as x and as x.y."""
    found = []
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
