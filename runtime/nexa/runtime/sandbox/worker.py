"""What runs in a sandbox: reads the program and the call, gives up what it may not do, calls, leaves the answer."""

from __future__ import annotations

import asyncio
import marshal
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from nexa.runtime.callables import Function
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.errors import NexaError, ToolError
from nexa.runtime.loading import loaded
from nexa.runtime.program import DEPTH
from nexa.runtime.providers.base import Reply, Request
from nexa.runtime.run import Run, enter
from nexa.runtime.sandbox.confine import confine
from nexa.runtime.text import plain
from nexa.runtime.tools import Tool, offered
from nexa.runtime.values import Unit


class NoModel:
    """The provider of a sandbox."""

    name = "none"

    async def complete(self, request: Request, on_text: Any = None) -> Reply:  # noqa: ARG002  # nobody answers
        """See `Provider.complete`."""
        raise ToolError(
            f"{request.agent or 'a judge'} cannot be asked from a sandbox: it has no network", kind="sandbox"
        )

    async def close(self) -> None:
        """See `Provider.close`."""


def main(folder: str, strict: bool) -> None:
    """Answer the call that stands on standard input, in a file in `folder`."""
    given: dict[str, Any] = marshal.loads(sys.stdin.buffer.read())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    where = Path(folder)
    readable = [Path(each) for each in given["readable"]]
    confine(where, readable, Path(given["hidden"]), strict=strict)
    try:
        answer = asyncio.run(_answer(given))
    except Exception as error:  # the program gets it
        answer = _failure(error)
    import msgspec

    try:
        written = msgspec.json.encode(answer)
    except (TypeError, UnicodeEncodeError) as error:
        written = msgspec.json.encode(_failure(error))
    sys.stdout.flush()
    (where / "answer.json").write_bytes(written)
    _leave()


def _leave() -> NoReturn:
    """End now: threads that a tool has left running are not waited for."""
    os._exit(0)


async def _answer(given: Mapping[str, Any]) -> dict[str, Any]:
    settings = Settings(type_mode=given["type_mode"], sandbox="inside")
    run = Run(Configuration(Secrets(environment={}), settings), write=_write, provider=NoModel())
    enter(run)
    run.loop = asyncio.get_running_loop()
    if "python" in given and "function" not in given:
        return {"value": [[each.name, each.description, each.parameters.schema] for each in _of_file(given)]}
    tool = await _tool(given)
    value = await tool.invoke(tool.parameters.check(tool.name, given["arguments"]))
    return {"unit": True} if isinstance(value, Unit) else {"value": plain(value)}


def _write(text: str) -> None:
    sys.stdout.write(text)


async def _tool(given: Mapping[str, Any]) -> Tool:
    name = given["function"]
    if "python" in given:
        return next(each for each in _of_file(given) if each.name == name)
    sys.setrecursionlimit(DEPTH)
    names = vars(loaded(given["units"], given["file"]))
    names.update(given["variables"])
    function = next(each for each in names.values() if isinstance(each, Function) and each.body.__name__ == name)
    (tool,) = (await offered([function])).values()
    return tool


def _of_file(given: Mapping[str, Any]) -> tuple[Tool, ...]:
    from nexa.runtime.python_tools import tools_of_file

    return tools_of_file(Path(given["python"]))


def _failure(error: Exception) -> dict[str, Any]:
    if isinstance(error, NexaError):
        return {"error": error.nexa_name, "kind": error.kind, "message": error.message}
    if isinstance(error, NameError) and error.name:
        told = f"`{error.name}` is not known in a sandbox: hand it over as an argument"
        return {"error": "", "kind": "sandbox", "message": told}
    return {"error": "", "kind": type(error).__name__, "message": str(error)}
