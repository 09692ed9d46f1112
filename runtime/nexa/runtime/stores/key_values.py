"""A key-value store handle: values by their keys, for a time or for good."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from nexa.runtime.catching import message_of
from nexa.runtime.clock import Clock
from nexa.runtime.duration import Duration
from nexa.runtime.effects import effect
from nexa.runtime.errors import KVError, NexaError
from nexa.runtime.run import current_or_none
from nexa.runtime.stores.kv_table import KvTable
from nexa.runtime.stores.values import json_of, read_json
from nexa.runtime.stores.worker import Worker
from nexa.runtime.text import text
from nexa.runtime.values import UNIT, Unit


class KeyValues:
    """An open store. What is asked of it is done in the order in which it is asked for."""

    type_name = "kv"

    def __init__(self, name: str, path: str) -> None:
        self.name = name
        self.is_open = False
        self._table = KvTable(path)
        self._worker = Worker(self._table.connection.interrupt)

    async def open(self) -> KeyValues:
        """Open the file. Raises `KVError`."""
        self.is_open = True
        try:
            await self._asked(self._table.open)
        except BaseException:
            self.is_open = False
            self._worker.close()
            raise
        return self

    async def get(self, key: str) -> Any:
        """The value of a key, or null."""
        return await self._asked(partial(self._table.get, "", _key(key), _now()))

    async def get_str(self, key: str) -> str | None:
        """The value of a key as text, or null."""
        value = await self.get(key)
        return None if value is None else text(value)

    async def get_int(self, key: str) -> int | None:
        """The value of a key as a whole number; null without a value, and for one that is no whole number."""
        value = await self.get(key)
        if isinstance(value, int):
            return int(value)
        try:
            return int(value.strip()) if isinstance(value, str) else int(value) if value == int(value) else None
        except (TypeError, ValueError, OverflowError):
            return None

    async def get_json(self, key: str) -> Any:
        """The value of a key, a text read as JSON; null without a value, and for a text that is no JSON."""
        value = await self.get(key)
        return read_json(value) if isinstance(value, str) else value

    async def set(self, key: str, value: Any, ttl: Any = None) -> bool:
        """Stores a value, for `ttl` seconds if given."""
        now = _now()
        work = partial(self._table.set, "", _key(key), json_of(value), _end(now, ttl), now)
        await self._changed("set", (key, value, ttl), work)
        return True

    async def set_nx(self, key: str, value: Any, ttl: Any = None) -> bool:
        """Stores a value unless the key has one; whether it was stored."""
        now = _now()
        work = partial(self._table.set_new, _key(key), json_of(value), _end(now, ttl), now)
        return bool(await self._changed("set_nx", (key, value, ttl), work))

    async def delete(self, key: str) -> bool:
        """Removes a key; whether it had a value."""
        return bool(await self._changed("del", (key,), partial(self._table.delete, _key(key), _now())))

    async def has(self, key: str) -> bool:
        """Whether the key has a value."""
        return bool(await self._asked(partial(self._table.has, _key(key), _now())))

    async def keys(self, prefix: str = "") -> list[str]:
        """The keys that begin with the prefix, sorted."""
        keys: list[str] = await self._asked(partial(self._table.keys, _key(prefix), _now()))
        return keys

    async def expire(self, key: str, ttl: Any) -> bool:
        """Lets a key end after `ttl` seconds; whether it has a value."""
        now = _now()
        work = partial(self._table.expire, _key(key), now + _seconds(ttl), now)
        return bool(await self._changed("expire", (key, ttl), work))

    async def ttl(self, key: str) -> int | None:
        """The seconds that a key has left; null if it has no value, or does not end."""
        now = _now()
        end = await self._asked(partial(self._table.expires, _key(key), now))
        return None if end is None else math.ceil(end - now)

    async def incr(self, key: str, amount: int = 1) -> int:
        """Adds to a number, which is 0 before the first time, and returns it."""
        if not isinstance(amount, int) or isinstance(amount, bool):
            raise KVError(f"{self.name}: incr adds a whole number")
        return int(await self._changed("incr", (key, amount), partial(self._table.increase, _key(key), amount, _now())))

    async def flush(self) -> Unit:
        """Removes every key, and what agents stored."""
        await self._changed("flush", (), self._table.clear)
        return UNIT

    async def agent_kv_query(self, agent_name: str, key: str) -> Any:
        """What an agent stored, or null."""
        return await self._asked(partial(self._table.get, text(agent_name), _key(key), _now()))

    async def agent_kv_store(self, agent_name: str, key: str, value: Any) -> Unit:
        """Stores a value for an agent."""
        work = partial(self._table.set, text(agent_name), _key(key), json_of(value), None, _now())
        await self._changed("agent_kv_store", (agent_name, key, value), work)
        return UNIT

    async def agent_kv_context(self, agent_name: str) -> dict[str, Any]:
        """Everything that an agent stored."""
        found: dict[str, Any] = await self._asked(partial(self._table.of_agent, text(agent_name)))
        return found

    async def close(self) -> Unit:
        """Closes the store."""
        if self.is_open:
            self.is_open = False
            try:
                await self._worker.result(self._worker.submit(self._table.connection.close))
            finally:
                self._worker.close()
        return UNIT

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<kv {self.name}>"

    async def _changed(self, what: str, args: tuple[Any, ...], work: Callable[[], Any]) -> Any:
        """What comes of a change. One that lasts is not made again by a run that starts from a later node."""
        if not self._table.connection.is_lasting:
            return await self._asked(work)
        with effect(f"kv.{what}", (self.name, *args)) as done:
            if not done.is_known:
                done.value = await self._asked(work)
        return done.value

    async def _asked(self, work: Callable[[], Any]) -> Any:
        if not self.is_open:
            raise KVError(f"{self.name} is closed")
        try:
            return await self._worker.result(self._worker.submit(work))
        except NexaError:
            raise
        except self._table.connection.failures as error:
            raise KVError(f"{self.name}: {message_of(error)}", cause=error) from error


def _key(key: Any) -> str:
    return text(key)


def _now() -> float:
    run = current_or_none()
    return (run.clock if run is not None else Clock()).now()


def _end(now: float, ttl: Any) -> float | None:
    return None if ttl is None else now + _seconds(ttl)


def _seconds(ttl: Any) -> float:
    given = ttl.seconds if isinstance(ttl, Duration) else ttl
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise KVError(f"a time to live is a number of seconds, not `{text(ttl)}`")
    return float(given)
