"""What `std` functions keep for the length of a run, and what they know of its program."""

from __future__ import annotations

from typing import Any, TypeVar

from nexa.runtime.run import current

_T = TypeVar("_T")


def registry(name: str) -> dict[str, Any]:
    """The run's entries of that name."""
    return current().registries.setdefault(name, {})


def declared(kind: type[_T]) -> list[type[_T]]:
    """The classes of that kind that the run's program declares."""
    module = current().module
    found = vars(module).values() if module is not None else ()
    return [each for each in found if isinstance(each, type) and issubclass(each, kind) and each is not kind]
