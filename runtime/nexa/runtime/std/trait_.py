"""`std.trait`: a register of traits and who implements them, for the length of a run."""

from __future__ import annotations

from typing import Any

from nexa.runtime.errors import ToolError
from nexa.runtime.std.registry import registry
from nexa.runtime.values import UNIT, Unit


def register_trait(name: str, methods: Any) -> Unit:
    """Declares a trait: a list of its methods' names, or a dict with them as keys."""
    registry("traits")[name] = {"methods": list(methods), "implementations": {}}
    return UNIT


def register_impl(trait: str, type: str, methods: Any) -> Unit:  # noqa: A002  # the language's name
    """Declares that a type has the trait. Raises `ToolError` if the trait is unknown or a method is missing."""
    found = registry("traits").get(trait)
    if found is None:
        raise ToolError(f"there is no trait `{trait}`")
    missing = [name for name in found["methods"] if name not in methods]
    if missing:
        raise ToolError(f"{type} lacks {', '.join(f'`{name}`' for name in missing)} of {trait}")
    found["implementations"][type] = list(methods)
    return UNIT


def lookup(name: str) -> dict[str, Any] | None:
    """What is known about a trait: its `name`, `methods` and `types`; null if there is none."""
    found = registry("traits").get(name)
    return (
        None if found is None else {"name": name, "methods": found["methods"], "types": list(found["implementations"])}
    )


def summary() -> dict[str, Any]:
    """Every trait with the types that have it."""
    return {name: list(found["implementations"]) for name, found in registry("traits").items()}


def reset() -> Unit:
    """Forgets what was declared at run time."""
    registry("traits").clear()
    return UNIT


FUNCTIONS = {each.__name__: each for each in (register_trait, register_impl, lookup, summary, reset)}
