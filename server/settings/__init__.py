"""Reads the operator's settings: one table of rows (name, default, help), read once into a frozen `Settings`.

`settings.load()` reads the environment (`ACTO_<NAME>`) over `acto.toml` over the defaults.
"""

from server.settings.describe import Described, describe, masked
from server.settings.errors import SettingsError
from server.settings.keys import Key, has_keys, keys, read_keys, rotate, start_over
from server.settings.load import load
from server.settings.rows import Setting, rows
from server.settings.table import Settings, Stream

__all__ = [
    "Described",
    "Key",
    "Setting",
    "Settings",
    "SettingsError",
    "Stream",
    "describe",
    "has_keys",
    "keys",
    "load",
    "masked",
    "read_keys",
    "rotate",
    "rows",
    "start_over",
]
