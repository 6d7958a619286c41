"""A backup of the small world, and a second world over what was restored from it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg

from server import store as stores
from server.backup import creation, restoration
from server.campaigns import plans, steps
from server.campaigns.plans import Plan
from server.store.copies import columns_of, quoted
from tests.server import apps
from tests.server.world import World

LATER = 60_000


def on_its_way(world: World) -> str:
    """A campaign to everybody, whose first page is due."""
    campaign = world.store.write(lambda tx: plans.add(tx, Plan("diagnosis", time_zone="UTC"), "mara", world.now))
    steps.start(world.store, world.settings, campaign, "mara", "en", world.now - world.settings.undo_seconds * 1000)
    return campaign


def back_up(world: World, target: Path, *, keys: bool = True) -> Path:
    creation.make(world.store, target, Path(world.settings.keys_file) if keys else None, world.now + LATER)
    return target


def restored(world: World, source: Path, database: str, folder: Path) -> World:
    """The world restored on another machine, an hour after the backup."""
    settings = replace(
        world.settings, database=database, data_dir=str(folder), keys_file=str(folder / "keys"), origins={}
    )
    folder.mkdir(exist_ok=True)
    restoration.restore(settings, source, None, world.now + 60 * LATER)
    store = stores.open(database)
    store.migrate()
    return replace(world, settings=settings, store=store, app=apps.over(settings, store))


def everything(database: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, read past the program."""
    with closing(sqlite3.connect(":memory:")) as schema:
        from server.store import migrations

        for statement in (
            migrations.TABLE,
            *(each for step in migrations.steps() for each in migrations.statements(step.sql)),
        ):
            schema.execute(migrations.for_engine(statement, "sqlite"))
        columns = columns_of(schema)
    queries = {table: f"SELECT {quoted(names)} FROM {table}" for table, names in columns.items()}
    if stores.is_file(database):
        with closing(sqlite3.connect(database)) as connection:
            return {table: sorted(connection.execute(query), key=repr) for table, query in queries.items()}
    with psycopg.connect(database) as server:
        return {table: sorted(server.execute(query.encode()).fetchall(), key=repr) for table, query in queries.items()}
