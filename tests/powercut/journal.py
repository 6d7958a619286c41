"""Records every write, truncation and sync that SQLite makes, by standing between it and its file system.

The default VFS is copied with an xOpen of ours, which gives each file a method table whose xWrite, xTruncate and xSync note what they
did after the original has done it. https://www.sqlite.org/vfs.html
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, addressof, c_char_p, c_int, c_int64, c_void_p, cast, pointer
from dataclasses import dataclass, field

Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)
METHODS = 19  # pointers after iVersion in version 3 of sqlite3_io_methods
WRITE, TRUNCATE, SYNC = 2, 3, 4  # their places: xClose, xRead, xWrite, xTruncate, xSync
NAME = b"acto-powercut"


class Vfs(Structure):
    """sqlite3_vfs, as far as xOpen; the rest is copied as it is."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("max_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("rest", c_void_p * 14),
    )


class Methods(Structure):
    """sqlite3_io_methods."""

    _fields_ = (("version", c_int), ("call", c_void_p * METHODS))


@dataclass(frozen=True)
class Written:
    path: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncated:
    path: str
    size: int


@dataclass(frozen=True)
class Synced:
    """Everything noted of this file before `covers` is on the disk."""

    path: str
    covers: int


@dataclass(frozen=True)
class Acknowledged:
    """A client was told that this is stored."""

    nonce: str


Step = Written | Truncated | Synced | Acknowledged


@dataclass
class Journal:
    """What happened, in order; CPython's list.append is atomic."""

    steps: list[Step] = field(default_factory=list)
    _kept: list[object] = field(default_factory=list)  # callbacks must outlive the files that point to them
    _paths: dict[int, str] = field(default_factory=dict)

    def acknowledge(self, nonce: str) -> None:
        self.steps.append(Acknowledged(nonce))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Everything opened inside is recorded."""
        lib = ctypes.CDLL(_sqlite3.__file__)
        lib.sqlite3_vfs_find.restype = POINTER(Vfs)
        usual = lib.sqlite3_vfs_find(None)
        ours = Vfs.from_buffer_copy(usual.contents)
        ours.name = NAME
        callback = Open(self._opener(usual))  # type: ignore[call-overload]
        ours.open = cast(callback, c_void_p)
        self._kept += [ours, callback]
        lib.sqlite3_vfs_register(pointer(ours), 1)
        try:
            yield
        finally:
            lib.sqlite3_vfs_register(usual, 1)
            lib.sqlite3_vfs_unregister(pointer(ours))

    def _opener(self, usual: object) -> object:
        original = Open(usual.contents.open)  # type: ignore[attr-defined]

        def opened(_: int, name: int, file: int, flags: int, out: object) -> int:
            status = original(addressof(usual.contents), name, file, flags, out)  # type: ignore[attr-defined]
            table = cast(file, POINTER(c_void_p))
            if status == 0 and table[0]:
                self._paths[file] = ctypes.string_at(name).decode() if name else ""
                table[0] = cast(pointer(self._watched(Methods.from_address(table[0]))), c_void_p).value
            return int(status)

        return opened

    def _watched(self, real: Methods) -> Methods:
        copy = Methods.from_buffer_copy(real)
        write, truncate, sync = Write(real.call[WRITE]), Truncate(real.call[TRUNCATE]), Sync(real.call[SYNC])

        def on_write(file: int, data: int, size: int, offset: int) -> int:
            kept = ctypes.string_at(data, size)
            status = write(file, data, size, offset)
            if status == 0:
                self.steps.append(Written(self._paths[file], offset, kept))
            return int(status)

        def on_truncate(file: int, size: int) -> int:
            status = truncate(file, size)
            if status == 0:
                self.steps.append(Truncated(self._paths[file], size))
            return int(status)

        def on_sync(file: int, flags: int) -> int:
            covers = len(self.steps)
            status = sync(file, flags)
            if status == 0:
                self.steps.append(Synced(self._paths[file], covers))
            return int(status)

        calls = [(WRITE, Write(on_write)), (TRUNCATE, Truncate(on_truncate)), (SYNC, Sync(on_sync))]
        for place, call in calls:
            copy.call[place] = cast(call, c_void_p)
        self._kept += [copy, calls, write, truncate, sync]
        return copy
