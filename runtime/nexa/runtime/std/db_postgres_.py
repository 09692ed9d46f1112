"""`std.db.postgres`: PostgreSQL databases."""

from __future__ import annotations

from nexa.runtime.stores.functions import database_functions
from nexa.runtime.stores.opening import connect_postgres

FUNCTIONS = {"connect": connect_postgres, **database_functions()}
