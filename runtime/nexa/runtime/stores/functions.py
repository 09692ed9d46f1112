"""The functions of handles: `get(notes, "a")`, `std.kv.get(kv: notes, key: "a")` and `notes.get("a")` are the same."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from nexa.runtime.stores.database import Database
from nexa.runtime.stores.handles import opened
from nexa.runtime.stores.key_values import KeyValues

Functions = dict[str, Callable[..., Any]]

_SQL = {name: name for name in ("query", "query_one", "execute", "begin", "commit", "rollback", "close")}
_KV = {
    **{name: name for name in ("get", "get_int", "get_str", "get_json", "set", "set_nx")},
    "del": "delete",
    "has": "has",
    "list": "keys",
    **{name: name for name in ("expire", "ttl", "flush", "incr")},
    **{name: name for name in ("agent_kv_query", "agent_kv_store", "agent_kv_context", "close")},
}


def database_functions() -> Functions:
    """What a program may do with a `db`; the handle comes first."""
    return _functions(Database, "db", "handle", _SQL)


def store_functions(first: str = "kv") -> Functions:
    """What a program may do with a `kv`; the handle comes first, and is called `first`."""
    return _functions(KeyValues, "kv", first, _KV)


def _functions(kind: type, family: str, first: str, methods: Mapping[str, str]) -> Functions:
    return {name: _function(family, first, name, getattr(kind, method)) for name, method in methods.items()}


def _function(family: str, first: str, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """A method as a function. A model that is offered it names the handle by its declaration."""
    _, *own = inspect.signature(method).parameters.values()
    signature = inspect.Signature([inspect.Parameter(first, inspect.Parameter.POSITIONAL_OR_KEYWORD), *own])

    async def called(*args: Any, **named: Any) -> Any:
        given = signature.bind(*args, **named).arguments
        handle = await opened(given.pop(first), family)
        return await method(handle, **given)

    called.__name__ = called.__qualname__ = name
    called.__doc__ = method.__doc__
    called.__signature__ = signature  # type: ignore[attr-defined]  # functions have one, if they say so
    called.__annotations__ = {**get_type_hints(method), first: str}
    return called
