"""Tools: what a program offers to models, in one shape whatever it was declared as.

A `@tool fn`, a `tool` with a Python file or an MCP server, a plain `fn`, a flow, an agent, a namespace of `std`, a
Python function, a skill document and what an MCP server lists all become `Tool`s: a name and parameters that a model
can read, and something to await.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nexa.runtime.callables import Function, bind
from nexa.runtime.errors import NexaError, ToolError
from nexa.runtime.home import in_thread
from nexa.runtime.providers.base import ToolSpec
from nexa.runtime.tool_schema import Parameter, Parameters
from nexa.runtime.values import UNIT

Invoke = Callable[[Mapping[str, Any]], Awaitable[Any]]

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class ToolOptions:
    """How a tool may be called. `timeout` is in seconds; None leaves it to the agent."""

    timeout: float | None = None
    threaded: bool = False
    permission: str = ""
    requires_approval: bool = False
    risk_level: str = ""
    sandbox: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that a model can have called, with named arguments.

    `declared` is the name in the program of what it belongs to, where models know it under another. `in_order`: its
    calls build on one another, so that it does not run beside others that the same reply asks for.
    """

    name: str
    description: str
    parameters: Parameters
    invoke: Invoke
    options: ToolOptions = ToolOptions()
    declared: str = ""
    in_order: bool = False

    @property
    def spec(self) -> ToolSpec:
        """What a provider is told."""
        return ToolSpec(self.name, self.description, self.parameters.schema)


class ToolFunction(Function):
    """A `@tool fn`: a function of the program that models may call too. Threaded, it runs beside the loop."""

    kind = "tool"

    def __init__(
        self, name: str, body: Callable[..., Awaitable[Any]], *, description: str = "", doc: str = "", **more: Any
    ) -> None:
        function = {key: more.pop(key) for key in ("params", "owner", "receiver") if key in more}
        super().__init__(name, body, doc=description or doc, **function)
        self.options = ToolOptions(**{"threaded": True, **options_of(more)})

    async def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it: in a process of its own if it is sandboxed, in a thread of its own if it is threaded."""
        call = super().__call__
        if self.options.sandbox:
            from nexa.runtime.sandbox.calls import call_function, is_inside

            if not is_inside():
                values = bind(self.name, self._names, self._required, args, named)
                return self._fitted(
                    await call_function(self.name, self.body, self._names, values, self.options.timeout)
                )
        return await (in_thread(lambda: call(*args, **named)) if self.options.threaded else call(*args, **named))

    def bound(self, receiver: Any) -> ToolFunction:
        """The agent's tool with its agent."""
        found = copy(self)
        found.receiver = receiver
        return found

    def _fitted(self, value: Any) -> Any:
        """Plain data as the declared type, where it can be that."""
        if self.returns in (Any, str, int, bool) or value is UNIT:
            return value
        try:
            return Parameters((Parameter("value", self.returns),)).check(self.name, {"value": value})["value"]
        except ToolError:
            return value


@dataclass(frozen=True, slots=True)
class PythonFile:
    """A Python file whose public functions are tools; its path is relative to the file that names it."""

    path: str


@dataclass(frozen=True, slots=True)
class SkillDocument:
    """A document whose headings are tools; its path is relative to the file that names it."""

    path: str


@dataclass(frozen=True, slots=True)
class McpServer:
    """An MCP server, all of whose tools are offered; a command is started in `folder`."""

    address: str
    folder: str


def tool_fn(name: str, body: Callable[..., Awaitable[Any]], **options: Any) -> ToolFunction:
    """A `@tool fn`."""
    return ToolFunction(name, body, **options)


def python_file(path: str, base: str | None = None) -> PythonFile:
    """`uses "file.py"`; without `base` the path is relative to the folder of the agent that uses it."""
    return PythonFile(path if base is None else str(Path(base, path).absolute()))


def skill(path: str, base: str | None = None) -> SkillDocument:
    """`uses "file.md"`; the path counts as that of a Python file."""
    return SkillDocument(path if base is None else str(Path(base, path).absolute()))


def mcp(address: str, base: str | None = None) -> McpServer:
    """`uses mcp:"url"`."""
    return McpServer(address, base or ".")


async def offered(items: Iterable[Any], base: str = ".") -> dict[str, Tool]:
    """Every tool that the items of `uses` stand for, by the name that models know it under.

    Raises `ToolError` for what is no tool; paths are relative to `base`.
    """
    found: dict[str, Tool] = {}
    for item in items:
        for each in await _tools_of(item, base):
            name = _model_name(each.name, found)
            renamed = replace(each, name=name, declared=each.declared or each.name)
            found[name] = each if name == each.name else renamed
    return found


async def _tools_of(item: Any, base: str) -> Iterable[Tool]:
    if isinstance(item, Tool):
        return (item,)
    if isinstance(item, Function):
        return (_of_function(item),)
    if isinstance(item, PythonFile):
        from nexa.runtime.python_tools import tools_of_file

        return tools_of_file(Path(base, item.path))
    if isinstance(item, SkillDocument):
        from nexa.runtime.skills import tools_of_document

        return await tools_of_document(Path(base, item.path))
    if isinstance(item, McpServer):
        from nexa.runtime.mcp_servers import tools_online

        return await tools_online(item.address, item.folder)
    if hasattr(type(item), "tools"):  # a `tool` declaration, or a namespace of `std`
        found = item.tools()
        return tuple(await found if inspect.isawaitable(found) else found)
    if hasattr(item, "run") and hasattr(item, "name"):
        return (_of_stage(item),)
    if callable(item):
        from nexa.runtime.python_tools import tool_of

        return (tool_of(item),)
    raise ToolError(f"{item!r} cannot be offered to a model")


def _of_function(function: Function) -> Tool:
    parameters = Parameters(Parameter(each.name, each.type, required=each.required) for each in function.params)

    async def invoke(arguments: Mapping[str, Any]) -> Any:
        return await function(**arguments)

    options = function.options if isinstance(function, ToolFunction) else ToolOptions()
    return Tool(function.name, function.description, parameters, invoke, options)


def _of_stage(stage: Any) -> Tool:
    async def invoke(arguments: Mapping[str, Any]) -> Any:
        return await stage.run(arguments["input"])

    about = getattr(stage, "description", "") or getattr(stage, "role", "") or f"Ask {stage.name}."
    return Tool(stage.name, about, Parameters((Parameter("input", str, "What to ask."),)), invoke)


def options_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a tool's properties that say how it may be called."""
    known = {key: properties[key] for key in ToolOptions.__slots__ if properties.get(key) is not None}
    if "timeout" in known:
        known["timeout"] = getattr(known["timeout"], "seconds", known["timeout"])
    return known


def _model_name(name: str, taken: Mapping[str, Any]) -> str:
    """A name that every provider takes: ASCII, at most 64 characters, used once."""
    plain = _NOT_IN_A_NAME.sub("_", name)[:60] or "tool"
    return next(each for each in (plain, *(f"{plain}_{n}" for n in range(2, len(taken) + 3))) if each not in taken)


def told(error: BaseException) -> str:
    """What a model is told of a tool's failure."""
    kind = error.kind if isinstance(error, NexaError) else type(error).__name__
    return f"Error ({kind}): {str(error) or kind}"
