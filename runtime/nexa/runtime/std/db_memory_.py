"""`std.db.memory`: what agents remember in a database, in a table of its own."""

from __future__ import annotations

from typing import Any

from nexa.runtime.errors import DatabaseError
from nexa.runtime.stores.handles import opened
from nexa.runtime.stores.values import json_of, read_json
from nexa.runtime.text import text

_TABLE = (
    "CREATE TABLE IF NOT EXISTS nexa_memory "
    "(agent TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (agent, key))"
)
_STORE = (
    "INSERT INTO nexa_memory (agent, key, value) VALUES (?, ?, ?) "
    "ON CONFLICT (agent, key) DO UPDATE SET value = excluded.value"
)


async def query(handle: str, agent_name: str, key: str) -> Any:
    """What an agent remembered under a key, or null."""
    database = await _with_table(handle)
    found = [text(agent_name), text(key)]
    row = await database.query_one("SELECT value FROM nexa_memory WHERE agent = ? AND key = ?", found)
    return None if row is None else read_json(row["value"])


async def store(handle: str, agent_name: str, key: str, value: Any) -> bool:
    """Remembers a value for an agent, in place of the one that was there."""
    database = await _with_table(handle)
    await database.execute(_STORE, [text(agent_name), text(key), json_of(value, DatabaseError)])
    return True


async def delete(handle: str, agent_name: str, key: str) -> bool:
    """Forgets what an agent remembered under a key; whether there was something."""
    database = await _with_table(handle)
    found = [text(agent_name), text(key)]
    return bool(await database.execute("DELETE FROM nexa_memory WHERE agent = ? AND key = ?", found))


async def list_(handle: str, agent_name: str) -> dict[str, Any]:
    """Everything that an agent remembered, sorted by key."""
    database = await _with_table(handle)
    sql = "SELECT key, value FROM nexa_memory WHERE agent = ? ORDER BY key"
    return {row["key"]: read_json(row["value"]) for row in await database.query(sql, [text(agent_name)])}


async def _with_table(handle: Any) -> Any:
    database = await opened(handle, "db")
    await database.query(_TABLE)
    return database


FUNCTIONS = {"query": query, "store": store, "delete": delete, "list": list_}
