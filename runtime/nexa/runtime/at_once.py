"""Statements of a `@parallel` flow that do not need each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nexa.runtime import frame
from nexa.runtime.fan import Work, side_by_side


async def at_once(*statements: Work) -> list[Any]:
    """Their values in textual order; they run as the branches of a fan-out do.

    The flow's latest result is that of the last statement, as if they ran one after the other.
    """
    around = frame.current()
    frames = [replace(around) for _ in statements]

    async def executed(own: frame.Frame, statement: Work) -> Any:
        with frame.entered(own):
            return await statement()

    values = await side_by_side(
        [lambda own=own, one=one: executed(own, one) for own, one in zip(frames, statements, strict=True)]  # type: ignore[misc]  # mypy infers no type for a lambda with defaults
    )
    around.last = frames[-1].last
    return values
