"""`std.pipe`: `|>` as a function."""

from __future__ import annotations

from typing import Any

from nexa.runtime.callables import call


async def apply(func: Any, input: Any) -> Any:  # noqa: A002  # the language's name
    """`func(input)`."""
    return await call(func, input)


FUNCTIONS = {"apply": apply}
