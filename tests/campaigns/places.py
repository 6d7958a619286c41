"""New databases of one engine, into which a history restores its backups."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres


@dataclass
class Places:
    """Databases beside each other: files in `folder`, or databases of the PostgreSQL `server`."""

    folder: Path
    server: str = ""
    made: int = 0

    def new(self) -> str:
        """The address of an empty database."""
        self.made += 1
        return postgres.create(self.server, self._name) if self.server else str(self.folder / f"{self._name}.db")

    def remove_last(self) -> None:
        """Remove the newest database; its store is closed."""
        if self.server:
            postgres.drop(self.server, self._name)
        for path in self.folder.glob(f"{self._name}.db*"):
            path.unlink()

    @property
    def _name(self) -> str:
        return f"history_{self.made}"


@contextmanager
def places(engine: str) -> Iterator[Places]:
    """Places of an engine, gone afterwards with all databases."""
    with tempfile.TemporaryDirectory(prefix="acto-histories-") as folder:
        if engine == "sqlite":
            yield Places(Path(folder))
            return
        with postgres.running() as server:
            yield Places(Path(folder), server)
