"""All that a run has open, to be closed when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from nexa.runtime.catching import message_of
from nexa.runtime.values import Unit

if TYPE_CHECKING:
    from nexa.runtime.stores.handles import Declared


class Closable(Protocol):
    """Something open."""

    name: str

    async def close(self) -> Unit:
        """Close it. Closing twice does nothing."""


class Handles:
    """What one run has open."""

    def __init__(self) -> None:
        self.declarations: tuple[Declared, ...] = ()
        self._of: dict[Declared, Any] = {}
        self._locks: dict[Declared, asyncio.Lock] = {}
        self._open: list[Closable] = []

    def declared(self, name: str, family: str) -> Declared | None:
        """The program's declaration of that name and kind."""
        found = (one for one in self.declarations if one.name == name and one.family == family)
        return next(found, None)

    def note(self, handle: Closable) -> None:
        """Remember to close a handle."""
        self._open.append(handle)

    async def opened(self, declared: Declared) -> Any:
        """The handle of a declaration. Who comes while it is being opened waits for that."""
        if declared not in self._of:
            async with self._locks.setdefault(declared, asyncio.Lock()):
                if declared not in self._of:
                    self._of[declared] = await declared.open()
        return self._of[declared]

    async def close(self, log: Callable[[str], None]) -> None:
        """Close everything, the latest first. What cannot be closed is told of, and does not keep the others open."""
        while self._open:
            handle = self._open.pop()
            try:
                await handle.close()
            except Exception as error:
                log(f"{handle.name} could not be closed: {message_of(error)}")
        self._of.clear()
