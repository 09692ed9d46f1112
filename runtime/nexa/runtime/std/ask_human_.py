"""`std.ask_human`: a question to whoever sits at the terminal."""

from __future__ import annotations

from nexa.runtime.errors import ToolError
from nexa.runtime.run import current


class _NotGiven(str):
    """The default that nobody gave: an empty text that can be told from a given one."""

    __slots__ = ()


_NOT_GIVEN = _NotGiven()


async def ask_human(prompt: str, default: str = _NOT_GIVEN) -> str:
    """The answer of a person; the default for an empty one, and when nobody can answer.

    Raises `ToolError` when nobody can answer and no default was given.
    """
    line = await current().human.ask(f"{prompt} ")
    if line is None:
        if default is not _NOT_GIVEN:
            return default
        raise ToolError("nobody is there to answer", kind="unanswered")
    return line or default


FUNCTIONS = {"ask_human": ask_human, "call": ask_human}
