"""The types of queries are those of the `.sql` files."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.store import sql
from tests import postgres as servers
from tests.golden import expressions, query_types
from tests.golden.query_columns import describe


def test_the_types_are_those_of_the_queries_as_they_stand(migrated: servers.Migrated, file: Path) -> None:
    wanted = query_types.files(*describe(migrated.empty(), file))
    written = {path.name: path.read_text(encoding="utf-8") for path in sql.FOLDER.glob("*.pyi")}
    assert written == wanted, "run: make golden"


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
