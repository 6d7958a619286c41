"""A column that is renamed in a `.sql` file is a type error where it is read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from server.store import sql
from tests import postgres as servers
from tests.golden import expressions, query_types
from tests.golden.query_columns import describe

ROOT = Path(__file__).parents[3]
READER = """
from server.store import Session

def confirmed(tx: Session) -> int:
    return sum(row["total"] for row in tx.answers.totals(email="hello") if row["state"] == "confirmed")
"""


def test_the_types_are_those_of_the_queries_as_they_stand(migrated: servers.Migrated, file: Path) -> None:
    wanted = query_types.files(*describe(migrated.empty(), file))
    written = {path.name: path.read_text(encoding="utf-8") for path in sql.FOLDER.glob("*.pyi")}
    assert written == wanted, "run: make golden"


def test_a_renamed_column_is_a_type_error_where_it_is_read(
    migrated: servers.Migrated, file: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "server" / "store", tmp_path / "server" / "store")
    (tmp_path / "server" / "__init__.py").touch()
    (tmp_path / "reader.py").write_text(READER, encoding="utf-8")
    assert _type_errors(tmp_path) == ""
    queries = tmp_path / "server" / "store" / "queries"
    answers = (queries / "answers.sql").read_text(encoding="utf-8")
    (queries / "answers.sql").write_text(answers.replace("state, COUNT(*) AS total", "state, COUNT(*) AS people"))
    for name, text in query_types.files(*describe(migrated.empty(), file, queries)).items():
        (queries / name).write_text(text, encoding="utf-8")
    assert 'TypedDict "AnswersTotalsRow" has no key "total"' in _type_errors(tmp_path)


def _type_errors(folder: Path) -> str:
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "reader.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize(
    ("expression", "nullable"),
    [
        ("COUNT(*) AS n FROM t", False),
        ("MAX(at) AS n FROM t", True),
        ("MAX(at) AS n FROM t GROUP BY id", False),
        ("COUNT(*) FILTER (WHERE state = 'failed') AS n FROM t", False),
        ("COALESCE(t.at, 0) AS n FROM t", False),
        ("(SELECT COUNT(*) FROM t) AS n", False),
        ("(SELECT id FROM t ORDER BY id LIMIT 1) AS n", True),
        ("'' AS n FROM t", False),
        ("NULLIF(a, b) AS n FROM t", True),
        ("n FROM (SELECT MIN(at) AS n FROM t) AS first WHERE n IS NOT NULL", False),
    ],
)
def test_an_expression_is_null_unless_it_cannot_be(expression: str, nullable: bool) -> None:
    assert expressions.may_be_null(f"SELECT {expression}", "n") is nullable


@pytest.mark.parametrize(
    ("query", "always"),
    [
        ("SELECT COUNT(*) FROM t", True),
        ("SELECT COUNT(*) FROM t GROUP BY id", False),
        ("SELECT at FROM t LIMIT 1", False),
        ("INSERT INTO t (id) VALUES (:id) RETURNING *", True),
        ("INSERT INTO t (id) VALUES (:id) ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING *", True),
        ("INSERT INTO t (id) VALUES (:id) ON CONFLICT (id) DO NOTHING RETURNING *", False),
    ],
)
def test_only_a_count_and_a_row_that_is_written_are_certain(query: str, always: bool) -> None:
    assert expressions.always_a_row(query) is always
