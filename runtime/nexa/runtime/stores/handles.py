"""Handles that a program declares (`db x = …`, `kv x { … }`). Nothing is opened by that: the first use does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

from nexa.runtime.errors import TypeViolation
from nexa.runtime.home import at_home
from nexa.runtime.run import current
from nexa.runtime.text import type_name

Opener = Callable[[], Awaitable[Any]]


class Declared:
    """A handle as it is declared."""

    family: ClassVar[str] = ""

    def __init__(self, name: str, opener: Opener) -> None:
        self.name = name
        self._opener = opener

    async def opened(self) -> Any:
        """What it stands for in this run, opened if need be. Raises what opening raises, at each use."""
        run = current()
        return await at_home(run.loop, lambda: run.handles.opened(self))

    async def open(self) -> Any:
        """Open it; for `Handles`. What is opened is known by the name of the declaration."""
        handle = await self._opener()
        if type_name(handle) != self.family:
            raise TypeViolation(f"`{self.family} {self.name}` wants a {self.family}, not {type_name(handle)}")
        handle = await opened(handle, self.family)
        handle.name = self.name
        return handle

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<{self.family} {self.name}>"


class DeclaredDb(Declared):
    """`db x …`."""

    family = type_name = "db"


class DeclaredKv(Declared):
    """`kv x …`."""

    family = type_name = "kv"


class DeclaredAuth(Declared):
    """`auth x …`."""

    family = type_name = "auth"


_FAMILIES: dict[str, type[Declared]] = {one.family: one for one in (DeclaredDb, DeclaredKv, DeclaredAuth)}


def handle(family: str, name: str, opener: Opener) -> Declared:
    """A `db`, `kv` or `auth` declaration; `opener` yields the handle that it stands for."""
    return _FAMILIES[family](name, opener)


async def opened(value: Any, family: str) -> Any:
    """The open handle behind a value of the program. A text is the name of a declared one: so models name it.

    Raises `TypeViolation` for what is no such handle.
    """
    if isinstance(value, str):
        declared = current().handles.declared(value, family)
        if declared is not None:
            return await declared.opened()
    elif isinstance(value, Declared) and value.family == family:
        return await value.opened()
    elif type_name(value) == family:
        return value
    shown = f"`{value[:60]}`" if isinstance(value, str) else type_name(value)
    raise TypeViolation(f"a {family} handle is wanted, not {shown}")
