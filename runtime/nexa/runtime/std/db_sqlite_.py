"""`std.db.sqlite`: SQLite databases."""

from __future__ import annotations

from nexa.runtime.stores.functions import database_functions
from nexa.runtime.stores.opening import connect_sqlite

FUNCTIONS = {"connect": connect_sqlite, **database_functions()}
