"""Measures the work with many contacts. `imports` times a list from the uploaded file to its report, and its undo."""

from __future__ import annotations

import time
from collections.abc import Iterator

from server import store as stores
from server.bench import place
from server.contacts.imports import source, staging, steps
from server.settings import Settings
from server.store import Store

NEVER = 2**62
DOMAINS = 20_000  # companies in the list


def run(settings: Settings, rows: int, database: str = "") -> str:
    """Import a list of `rows` people into an empty store and return the report. `database` is the address of another engine's."""
    data = "\n".join(_list(rows)).encode("cp1252")
    with place.folder(settings, database) as own, stores.open(own.database) as store:
        store.migrate()
        steps_ = [*_imports(store, data, rows)]
    total = sum(seconds for name, seconds in steps_ if name != "undo")
    lines = [f"  {name:<8} {seconds:6.1f} s  {rows / seconds:>9,.0f} rows/s" for name, seconds in steps_]
    head = f"import of {rows:,} contacts ({len(data) / 1e6:.0f} MB, {store.engine}): {total:.1f} s"
    return "\n".join([head, *lines])


def _imports(store: Store, data: bytes, rows: int) -> Iterator[tuple[str, float]]:
    began = time.perf_counter()
    import_id = staging.stage(store, "bench.csv", source.open_list(data), "bench", _now())
    yield "read", time.perf_counter() - began
    yield "check", _timed(store, import_id)
    store.write(lambda tx: steps.begin(tx, import_id, _now()))
    yield "import", _timed(store, import_id)
    with store.read() as tx:
        assert tx.contacts.count() == rows, "every row came in"  # noqa: S101
    store.write(lambda tx: steps.begin_undo(tx, import_id))
    yield "undo", _timed(store, import_id)


def _timed(store: Store, import_id: str) -> float:
    began = time.perf_counter()
    steps.advance(store, import_id, _now, NEVER, "CO")
    return time.perf_counter() - began


def _list(rows: int) -> Iterator[str]:
    """Yield the lines of a list as spreadsheets in Colombia write it."""
    yield "Nombre;Apellidos;Correo;Empresa;Teléfono;País;Etiquetas"
    for at in range(rows):
        number, company = f"3{at % 10**9:09d}"[:10], at % DOMAINS
        yield f"Ana {at};Díaz Peña;ana.diaz{at}@empresa{company}.example.com;Empresa {company};{number};Colombia;Feria, VIP"


def _now() -> int:
    return time.time_ns() // 1_000_000
