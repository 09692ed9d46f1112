"""`connect` and `open`: a database or a store of this run, by its address or by the properties of a declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexa.runtime.errors import DatabaseError, KVError
from nexa.runtime.run import current
from nexa.runtime.stores.addresses import MEMORY, address_of, scheme_of, shown, sqlite_path
from nexa.runtime.stores.connections import Connection
from nexa.runtime.stores.database import Database
from nexa.runtime.stores.key_values import KeyValues
from nexa.runtime.stores.sqlite import SqliteConnection

_POSTGRES = ("postgres", "postgresql")


async def connect(path_or_url: str) -> Database:
    """Opens a database: `sqlite://file`, `postgres://…`."""
    address = address_of(path_or_url)
    return await (connect_postgres if scheme_of(address) in _POSTGRES else connect_sqlite)(path_or_url)


async def connect_sqlite(path_or_url: str) -> Database:
    """Opens a SQLite database: `sqlite://file`, a path, or `:memory:`."""
    address = address_of(path_or_url)
    return await _database(address, SqliteConnection(sqlite_path(address, DatabaseError)))


async def connect_postgres(path_or_url: str) -> Database:
    """Opens a PostgreSQL database: `postgres://user@host/name`."""
    from nexa.runtime.stores.postgres import PostgresConnection

    address = address_of(path_or_url)
    if scheme_of(address) not in (*_POSTGRES, ""):
        raise DatabaseError(
            f"`{shown(address)}` is not the address of a PostgreSQL database: it begins with `postgres://`"
        )
    return await _database(address, PostgresConnection(address))


async def open_store(path: str) -> KeyValues:
    """Opens a key-value store: `sqlite://file`, a path, or `:memory:`, which keeps nothing."""
    address = address_of(path)
    store = await KeyValues(shown(address), sqlite_path(address, KVError)).open()
    current().handles.note(store)
    return store


async def configured(family: str, properties: Mapping[str, Any]) -> Any:
    """The handle that `db x { … }`, `kv x { … }` or `auth x { … }` describes."""
    if family == "auth":
        from nexa.runtime.auth.handle import configured_auth

        return await configured_auth(properties)
    path = properties.get("path")
    if family == "kv":
        return await open_store(MEMORY if path is None else path)
    kind = str(properties.get("type") or "")
    address = properties.get("url") or path
    if kind == "memory":
        return await connect_sqlite(MEMORY)
    if address is None:
        raise DatabaseError("a database needs a `path` or a `url`")
    by_kind = {"sqlite": connect_sqlite, **dict.fromkeys(_POSTGRES, connect_postgres)}
    return await by_kind.get(kind, connect)(address)


async def _database(address: str, connection: Connection) -> Database:
    database = await Database(shown(address), connection).open()
    current().handles.note(database)
    return database
