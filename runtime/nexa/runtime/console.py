"""`print`, `input`, `exit`, `env`, `secret`: the program and the world around it."""

from __future__ import annotations

from typing import Any, NoReturn

from nexa.runtime.effects import done_once
from nexa.runtime.errors import Exit, NexaError
from nexa.runtime.run import current
from nexa.runtime.text import text
from nexa.runtime.values import UNIT, Secret, Unit

_NO_INPUT = "the program asks for another line: run it in a terminal, or pipe the answers in, a line each"


def print_values(*values: Any, sep: str = " ", end: str = "\n") -> Unit:
    """Writes the values' texts to the output of the run."""
    current().print(sep.join(map(text, values)) + end)
    return UNIT


async def ask(prompt: str = "") -> str:
    """The next line of input, without its end. Raises an error of kind `EndOfInput` when there is no more."""
    line: str | None = await _answered(text(prompt))
    if line is None:
        raise NexaError("the input has ended", kind="EndOfInput", help=_NO_INPUT)
    return line


async def _ask_human(prompt: str) -> str | None:
    return await current().human.ask(prompt)


_answered = done_once("input", _ask_human)


def leave(code: int = 0) -> NoReturn:
    """Ends the program: deferred work runs, handles close."""
    raise Exit(code)


def secret(key: str, default: str | None = None) -> Secret:
    """A secret of the configuration. Raises `SecretError` if it is nowhere and there is no default."""
    return current().secret(key, default)


def env(key: str, default: str | None = None) -> str | None:
    """A variable of the process environment, else the default."""
    found = current().configuration.secrets.environment(key)
    return default if found is None else found
