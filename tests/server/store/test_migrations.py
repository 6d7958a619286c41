"""One history of the schema for both engines."""

import ast
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from server import jsontext
from server import store as stores
from server.branding import images
from server.store import Store, StoreTooNew, migrations, required, sql


def test_migrating_again_does_nothing(store: Store) -> None:
    assert store.migrate() == []


def test_an_empty_database_gets_the_whole_history(engine: str, new_database: Callable[[str], str]) -> None:
    with stores.open(new_database(engine)) as store:
        assert store.migrate() == [step.name for step in migrations.steps()]


def test_processes_that_start_together_migrate_once(engine: str, new_database: Callable[[str], str]) -> None:
    address = new_database(engine)

    def start(_: int) -> list[str]:
        with stores.open(address) as store:
            return store.migrate()

    with ThreadPoolExecutor(4) as pool:
        taken = sorted(pool.map(start, range(4)))
    assert taken == [[], [], [], [step.name for step in migrations.steps()]]


def test_a_step_that_fails_leaves_nothing_behind(
    engine: str, new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = migrations.steps()
    bad = migrations.Step(9999, "9999_bad", "CREATE TABLE half (id TEXT);\nSELECT nonsense FROM nowhere;\n")
    with stores.open(new_database(engine)) as store:
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "steps", lambda: [*good, bad])
            with pytest.raises(Exception, match="nowhere"):
                store.migrate()
        assert store.migrate() == [step.name for step in good]


def test_a_database_of_a_newer_version_is_left_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = migrations.Step(9999, "9999_newer", "CREATE TABLE newer (id TEXT);\n")
    known = migrations.steps()
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "steps", lambda: [*known, newer])
        assert store.migrate() == ["9999_newer"]
    with pytest.raises(StoreTooNew, match="at migration 9999, and this version of Acto supports up to"):
        store.migrate()


FILLED = """
INSERT INTO events (contact_id, id, message_id, block, kind, value, channel, nonce, grade, at)
  VALUES ('c', 'e1', 'm', 'need', 'answered', '["crm"]', 'page', 'early', 'posted', 1000);
INSERT INTO events (contact_id, id, message_id, block, kind, value, channel, nonce, grade, at)
  VALUES ('c', 'e2', 'm', 'need', 'answered', '["none"]', 'page', 'counts', 'posted', 5000);
INSERT INTO answers (contact_id, message_id, block, email, value, grade, state, answered_at, confirm_at, question, points)
  VALUES ('c', 'm', 'need', 'x', '["none"]', 'posted', 'confirmed', 5000, 7000, '', '[]');
"""


def test_an_answer_of_the_first_schema_keeps_the_moment_from_which_it_stands(
    engine: str, new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever `hold_seconds` was: what counts says when it was to count."""
    steps = migrations.steps()
    filled = migrations.Step(9998, "9998_filled", FILLED)
    with stores.open(new_database(engine)) as store:
        with monkeypatch.context() as patch:
            patch.setattr(migrations, "steps", lambda: [*steps[:2], filled, *steps[2:]])
            store.migrate()
        with store.read() as tx:
            rows = tx.events.of_block(contact_id="c", message_id="m", block="need")
    assert [(row["at"], row["stands_at"]) for row in rows] == [(1000, 301_000), (5000, 7_000)]


NAMED = """
INSERT INTO segments (id, name, name_key, rule, by_whom, created_at, updated_at)
  VALUES ('s1', 'Año "50%"', 'ano', '{}', 'ana', 1, 1), ('s2', 'Año', 'ano 2', '{}', 'ana', 1, 1);
INSERT INTO flows (name, version, active, rule, by_whom, created_at, updated_at)
  VALUES ('a', 1, 1, '{"if":{"segment":"Año \\"50%\\""},"then":[]}', 'ana', 1, 1),
         ('b', 1, 1, '{"if":{"segment":"Gone"},"then":[]}', 'ana', 1, 1),
         ('c', 1, 1, '{"if":{"segment":"Año"},"then":[]}', 'ana', 1, 1);
"""


def test_a_flow_that_named_its_segment_refers_to_it_by_id(
    engine: str, new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = migrations.steps()
    before = [step for step in steps if step.version < 26]
    with stores.open(new_database(engine)) as store:
        with monkeypatch.context() as patch:
            named = migrations.Step(25_000, "named", NAMED)
            patch.setattr(migrations, "steps", lambda: [*before, named, *steps[len(before) :]])
            store.migrate()
        with store.read() as tx:
            rules = [row["rule"] for row in tx.flows.all()]
    assert [jsontext.loads(rule)["if"]["segment"] for rule in rules] == ["s1", "Gone", "s2"]


SHOWN = """
INSERT INTO images (id, kind, width, height, size, name, alt_es, alt_en, content, by_whom, created_at)
  VALUES ('0123456789abcdef0123456789abcdef', 'png', 1, 1, 1, '', '', '', '', 'ana', 1),
         ('f123456789abcdef0123456789abcdef', 'png', 1, 1, 1, '', '', '', '', 'ana', 1);
INSERT INTO email_versions (id, name, files, created_at)
  VALUES ('v1', 'diagnosis', '{"x":"/i/0123456789abcdef0123456789abcdef-1x1.png"}', 1),
         ('v2', 'diagnosis', '{"y":"/i/0123456789abcdef0123456789abcdef-1x1.png"}', 1), ('v3', 'nps', '{}', 1);
"""


def test_the_images_of_versions_that_were_stored_before_are_known(
    engine: str, new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = migrations.steps()
    before = [step for step in steps if step.version < 26]
    with stores.open(new_database(engine)) as store:
        with monkeypatch.context() as patch:
            shown = migrations.Step(25_000, "shown", SHOWN)
            patch.setattr(migrations, "steps", lambda: [*before, shown, *steps[len(before) :]])
            store.migrate()
        with store.read() as tx:
            found = images.uses(tx)
    assert found == {"0123456789abcdef0123456789abcdef": images.Uses(["diagnosis"], [], False)}


def test_a_script_is_cut_into_its_statements() -> None:
    script = "-- a; b\nCREATE TABLE x (y TEXT DEFAULT ';'); -- c\nSELECT 1;\n"
    assert len(migrations.statements(script)) == 2


def test_every_query_runs_on_both_engines(store: Store) -> None:
    """Each parameter gets a value of its written type: text for a number would pass on SQLite and fail on PostgreSQL."""
    whole, queries = _whole_numbers(), sql.load("sqlite3")
    assert len(queries) > 200
    assert {f"{query.noun}.{query.name}" for query in queries} == set(whole)
    failed = {name: error for query in queries if (error := _error(store, query, whole[name := _name(query)]))}
    assert failed == {}


def test_a_query_that_an_engine_refuses_is_found(store: Store) -> None:
    """The control: a text as the number of rows."""
    (query,) = (each for each in sql.load("sqlite3") if _name(each) == "contacts.page")
    assert _error(store, query, {"limit"}) == ""
    assert _error(store, query, set())


class Undo(Exception):
    """What was tried leaves nothing behind."""


def _error(store: Store, query: sql.Query, whole: set[str]) -> str:
    """What the engine says against it, or nothing."""
    params = {name: 1 if name in whole else "x" for name in query.parameters}
    params |= dict.fromkeys(re.findall(r"json_each\((?::|%\()(\w+)", query.sql), '["x"]')
    given = {"rows": [params]} if query.kind is sql.Kind.INSERT_UPDATE_DELETE_MANY else params

    def run(tx: stores.Session) -> None:
        getattr(getattr(tx, query.noun), query.name)(**given)
        raise Undo

    try:
        store.write(run)
    except Undo:
        return ""
    except Exception as error:  # each engine's library has errors of its own
        return f"{type(error).__name__}: {error}"
    raise AssertionError("the query was not undone")


def _name(query: sql.Query) -> str:
    return f"{query.noun}.{query.name}"


def _whole_numbers() -> dict[str, set[str]]:
    """Query -> its parameters that are whole numbers, as the type files beside the queries state them."""
    modules = [(path.stem, ast.parse(path.read_text())) for path in sql.FOLDER.glob("*.pyi") if path.stem != "__init__"]
    classes = {each.name: each for _, module in modules for each in module.body if isinstance(each, ast.ClassDef)}
    return {
        f"{noun}.{method.name}": _of_method(method, classes)
        for noun, module in modules
        for each in module.body
        if isinstance(each, ast.ClassDef) and not each.bases
        for method in each.body
        if isinstance(method, ast.FunctionDef)
    }


def _of_method(method: ast.FunctionDef, classes: dict[str, ast.ClassDef]) -> set[str]:
    given = [*method.args.args[1:], *method.args.kwonlyargs, *filter(None, [method.args.kwarg])]
    types = {each.arg: ast.unparse(required(each.annotation)) for each in given}
    for rows in re.findall(r"(?:Iterable|Unpack)\[(\w+)\]", " ".join(types.values())):
        for field in classes[rows].body:
            if isinstance(field, ast.AnnAssign):
                types[ast.unparse(field.target)] = ast.unparse(field.annotation)
    return {name for name, type_ in types.items() if re.match(r"int\b", type_)}
