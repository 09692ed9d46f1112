"""The predeclared names of the language, as attributes of `nx.builtins`. A Python keyword gets a `_`."""

from __future__ import annotations

import importlib
from typing import Any

from nexa.runtime.callables import nexa_name
from nexa.runtime.errors import ERRORS, Exit

_HOMES: dict[str, tuple[str, str]] = {
    "print": ("console", "print_values"),
    "input": ("console", "ask"),
    "exit": ("console", "leave"),
    "secret": ("console", "secret"),
    "secrets": ("secrets_view", "secrets"),
    "env": ("console", "env"),
    "img": ("image", "img"),
    "str": ("conversions", "to_str"),
    "int": ("conversions", "to_int"),
    "float": ("conversions", "to_float"),
    "bool": ("conversions", "to_bool"),
    "list": ("conversions", "to_list"),
    "dict": ("conversions", "to_dict"),
    "len": ("conversions", "length"),
    "range": ("conversions", "int_range"),
    "abs": ("conversions", "absolute"),
    "round": ("conversions", "rounded"),
    "matches": ("conversions", "matches"),
    "type_of": ("conversions", "type_of"),
    "min": ("sequences", "minimum"),
    "max": ("sequences", "maximum"),
    "sum": ("sequences", "total"),
    "sorted": ("sequences", "in_order"),
    "reversed": ("sequences", "backwards"),
    "zip": ("sequences", "zipped"),
    "enumerate": ("sequences", "enumerated"),
    "map": ("sequences", "mapped"),
    "filter": ("sequences", "filtered"),
    "any": ("sequences", "any_true"),
    "all": ("sequences", "all_true"),
    "merge": ("sequences", "merged"),
    "join": ("fan", "join"),
    "parallel": ("concurrent", "parallel"),
    "race": ("concurrent", "race"),
    "sleep_ms": ("concurrent", "sleep_ms"),
    "thread_count": ("concurrent", "thread_count"),
    "reflect": ("corrections", "reflect"),
    "snapshot": ("snapshots", "snapshot_of_memories"),
    "restore": ("snapshots", "restore_memories"),
    "render": ("template", "render"),
    "runtime": ("meta", "Runtime"),
    "JobQueue": ("jobs.job_queue", "JobQueue"),
    "json": ("serving.responses", "json"),
    "html": ("serving.responses", "html"),
    "text": ("serving.responses", "text"),
    "redirect": ("serving.responses", "redirect"),
    "status_response": ("serving.responses", "status_response"),
    "std": ("std", "std"),
    "Option": ("enums", "Option"),
    "Result": ("enums", "Result"),
    "enable_auth": ("auth.handle", "enable_auth"),
    "connect": ("stores.opening", "connect"),
    "open": ("stores.opening", "open_store"),
    "channel": ("channels", "channel"),
    "send": ("channels", "send"),
    "recv": ("channels", "recv"),
    "recv_timeout": ("channels", "recv_timeout"),
    "try_recv": ("channels", "try_recv"),
    "close": ("channels", "close"),
    "select": ("channels", "select"),
    "spawn": ("tasks", "spawn"),
    "cancel_task": ("tasks", "cancel_task"),
    "after": ("tasks", "after"),
    "schedule": ("tasks", "schedule"),
    "cancel_schedule": ("tasks", "cancel_schedule"),
    "receive": ("actors", "receive"),
}
_OF_AUTH = ("get_user", "get_session", "require_auth", "logout_user")
_OF_DATABASES = ("query", "query_one", "execute", "begin", "commit", "rollback")
_OF_STORES = ("get", "set", "set_nx", "del", "has", "get_str", "get_int", "get_json", "expire", "ttl", "incr", "flush")
_NULLS = ("None", "none", "nil")


class Predeclared:
    """Finds a name's value when it is first used."""

    def __getattr__(self, python_name: str) -> Any:
        name = nexa_name(python_name)
        value = _value(name)
        setattr(self, python_name, value)
        return value


def _value(name: str) -> Any:
    if name in _NULLS:
        return None
    if name in ERRORS or name == "Exit":
        return Exit if name == "Exit" else ERRORS[name]
    home = _HOMES.get(name)
    if home is not None:
        return getattr(importlib.import_module(f"nexa.runtime.{home[0]}"), home[1])
    if name in _OF_AUTH:
        from nexa.runtime.auth.functions import auth_functions

        return auth_functions("req")[name]
    if name in _OF_DATABASES or name in _OF_STORES:
        return _of_handle(name)
    raise AttributeError(name)


def _of_handle(name: str) -> Any:
    from nexa.runtime.stores.functions import database_functions, store_functions

    return (database_functions() if name in _OF_DATABASES else store_functions("handle"))[name]


builtins = Predeclared()
