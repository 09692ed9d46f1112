"""The standard library: `nx.std.fs.file_read`, `nx.std.fs.read`. A namespace is imported when it is first used."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from nexa.runtime.callables import nexa_name
from nexa.runtime.effects import EFFECTS, done_once
from nexa.runtime.errors import NexaError

if TYPE_CHECKING:
    from nexa.runtime.tools import Tool

PREFIXES: dict[str, str] = {
    "fs": "file_",
    "http": "http_",
    "time": "time_",
    "json": "json_",
    "text": "text_",
    "hash": "hash_",
    "math": "math_",
    "regex": "regex_",
    "shell": "shell_",
    "code": "",
    "ask_human": "",
    "ui": "",
    "template": "",
    "pipe": "",
    "null_coalesce": "",
    "string": "",
    "match": "",
    "struct": "",
    "enum": "",
    "trait": "",
    "concurrent": "",
    "defer": "",
    "kv": "",
    "auth": "",
    "db.sqlite": "",
    "db.postgres": "",
    "db.memory": "",
}
"""Each namespace that can be used, and the part of its functions' names that may be left out."""

IN_ORDER = ("shell", "kv", "db.sqlite", "db.postgres", "db.memory")
"""Namespaces whose functions, offered to a model, see what the call before has done: a transaction, a made folder."""


class Namespace:
    """`std.fs`: its functions are attributes, under their long and their short names."""

    def __init__(self, name: str) -> None:
        self.name = f"std.{name}"
        module = importlib.import_module(f"nexa.runtime.std.{name.replace('.', '_')}_")
        effects = EFFECTS.get(name, ())
        self.functions: dict[str, Callable[..., Any]] = {
            long: done_once(f"{self.name}.{long}", function) if long in effects else function
            for long, function in module.FUNCTIONS.items()
        }
        prefix = PREFIXES[name]
        self._short = {long.removeprefix(prefix): long for long in self.functions if prefix and long.startswith(prefix)}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self.functions.get(self._short.get(nexa_name(name), nexa_name(name)))
        if found is None:
            raise _missing(f"{self.name}.{nexa_name(name)}")
        return found

    def tools(self) -> Iterable[Tool]:
        """Each function as a tool for models, under its long name."""
        from dataclasses import replace

        from nexa.runtime.python_tools import tool_of

        in_order = self.name.removeprefix("std.") in IN_ORDER
        return [replace(tool_of(each), name=name, in_order=in_order) for name, each in self.functions.items()]

    def __str__(self) -> str:
        return self.name


class Group:
    """`std.db`: its namespaces are attributes."""

    def __init__(self, name: str) -> None:
        self.name = f"std.{name}"
        self._prefix = f"{name}."

    def __getattr__(self, name: str) -> Namespace:
        if name.startswith("__"):
            raise AttributeError(name)
        if self._prefix + name not in PREFIXES:
            raise _missing(f"{self.name}.{nexa_name(name)}")
        namespace = Namespace(self._prefix + name)
        setattr(self, name, namespace)
        return namespace

    def tools(self) -> Iterable[Tool]:
        """The functions of all namespaces."""
        for name in PREFIXES:
            if name.startswith(self._prefix):
                yield from getattr(self, name.removeprefix(self._prefix)).tools()

    def __str__(self) -> str:
        return self.name


class Std:
    """`std`: its namespaces are attributes."""

    def __getattr__(self, name: str) -> Namespace | Group:
        if name.startswith("__"):
            raise AttributeError(name)
        is_group = any(one.startswith(f"{name}.") for one in PREFIXES)
        if name not in PREFIXES and not is_group:
            raise _missing(f"std.{nexa_name(name)}")
        found = Group(name) if is_group else Namespace(name)
        setattr(self, name, found)
        return found

    def __str__(self) -> str:
        return "std"


def _missing(name: str) -> NexaError:
    return NexaError(f"there is no `{name}`", kind="AttributeError")


std = Std()
