"""Tools: what a program offers to models, in one shape whatever it was declared as.

A `@tool fn`, a `tool` with a Python file, a plain `fn`, a flow, an agent, a namespace of `std` and a Python function
all become `Tool`s: a name and parameters that a model can read, and something to await.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nexa.runtime.callables import Function, Param
from nexa.runtime.errors import NexaError, ToolError
from nexa.runtime.home import in_thread
from nexa.runtime.providers.base import ToolSpec
from nexa.runtime.tool_schema import Parameter, Parameters

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
    """Something that a model can have called, with named arguments."""

    name: str
    description: str
    parameters: Parameters
    invoke: Callable[[Mapping[str, Any]], Awaitable[Any]]
    options: ToolOptions = ToolOptions()

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
        self.options = ToolOptions(**{"threaded": True, **_options(more)})

    async def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it, in a thread of its own if it is threaded."""
        call = super().__call__
        return await (in_thread(lambda: call(*args, **named)) if self.options.threaded else call(*args, **named))


class DeclaredTool:
    """A `tool` declaration; what it does stands in a Python file, which is loaded when it is first called."""

    def __init__(
        self,
        name: str,
        *,
        description: str = "",
        doc: str = "",
        parameters: Mapping[str, Any] | None = None,
        returns: Any = str,
        python: str | None = None,
        base: str = ".",
        **more: Any,
    ) -> None:
        self.name = name
        self.description = description or doc
        self.returns = returns
        self.options = ToolOptions(**_options(more))
        self._parameters = None if parameters is None else Parameters(_parameters(parameters))
        self._python = Path(base, python) if python else None
        self._tools: tuple[Tool, ...] | None = None

    @property
    def params(self) -> tuple[Param, ...]:
        """The declared parameters."""
        found = self._parameters.all if self._parameters is not None else ()
        return tuple(Param(each.name, each.type, each.required) for each in found)

    def tools(self) -> tuple[Tool, ...]:
        """What models are offered: the tool itself, or each public function of its file if none has its name."""
        if self._tools is None:
            self._tools = tuple(self._load())
        return self._tools

    async def run(self, value: Any) -> Any:
        """The call as a stage. Raises `ToolError` unless exactly one parameter is required."""
        tool = self._only_tool()
        required = [each.name for each in tool.parameters.all if each.required]
        if len(required) != 1:
            raise ToolError(f"{self.name} takes {len(required)} arguments, so it cannot be a stage", kind="arguments")
        return await tool.invoke(tool.parameters.check(self.name, {required[0]: value}))

    async def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it with arguments by place or name. Raises `ToolError`."""
        tool = self._only_tool()
        names = [each.name for each in tool.parameters.all]
        if len(args) > len(names):
            raise ToolError(f"{self.name} takes {len(names)} arguments, {len(args)} given", kind="arguments")
        given = {**dict(zip(names, args, strict=False)), **named}
        return await tool.invoke(tool.parameters.check(self.name, given))

    def __str__(self) -> str:
        return self.name

    def _only_tool(self) -> Tool:
        tools = self.tools()
        if len(tools) != 1:
            listed = ", ".join(tool.name for tool in tools)
            raise ToolError(f"{self.name} has several functions ({listed}); a model may call each of them")
        return tools[0]

    def _load(self) -> Iterator[Tool]:
        if self._python is None:
            yield Tool(self.name, self.description, self._parameters or Parameters(()), self._missing, self.options)
            return
        from nexa.runtime.python_tools import tools_of_file

        found = tools_of_file(self._python)
        own = [tool for tool in found if tool.name.casefold() == self.name.casefold()]
        if len(found) == 1 or own:
            tool = (own or found)[0]
            about = self.description or tool.description
            yield self._with_options(tool, self.name, about, self._parameters or tool.parameters)
        else:
            yield from (self._with_options(tool, tool.name, tool.description, tool.parameters) for tool in found)

    def _with_options(self, tool: Tool, name: str, description: str, parameters: Parameters) -> Tool:
        invoke = tool.invoke
        if self.options.threaded:

            async def threaded(arguments: Mapping[str, Any]) -> Any:
                return await in_thread(lambda: _awaited(tool.invoke(arguments)))

            invoke = threaded
        return Tool(name, description, parameters, invoke, self.options)

    async def _missing(self, _: Mapping[str, Any]) -> Any:
        raise ToolError(f"the tool {self.name} is declared without anything that does it: give it `python:`")


@dataclass(frozen=True, slots=True)
class PythonFile:
    """A Python file whose public functions are tools; its path is relative to the file that names it."""

    path: str


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something that `uses` may name and that this version cannot offer."""

    what: str


def tool(name: str, **properties: Any) -> DeclaredTool:
    """A `tool` declaration."""
    return DeclaredTool(name, **properties)


def tool_fn(name: str, body: Callable[..., Awaitable[Any]], **options: Any) -> ToolFunction:
    """A `@tool fn`."""
    return ToolFunction(name, body, **options)


def parameter(type: Any = str, description: str = "") -> Parameter:  # noqa: A002 - the emitter's word
    """A parameter of a `tool` with a description; its name is its key."""
    return Parameter("", type, description)


def python_file(path: str, base: str | None = None) -> PythonFile:
    """`uses "file.py"`; without `base` the path is relative to the folder of the agent that uses it."""
    return PythonFile(path if base is None else str(Path(base, path).absolute()))


def skill(path: str, base: str | None = None) -> Unsupported:  # noqa: ARG001  # as python_file
    """`uses "file.md"`. Programs with it are stopped before they run (NX690)."""
    return Unsupported(f"the skill document {path}")


def mcp(url: str, base: str | None = None) -> Unsupported:  # noqa: ARG001  # as python_file
    """`uses mcp:"url"`. Programs with it are stopped before they run (NX690)."""
    return Unsupported(f"the MCP server {url}")


def offered(items: Iterable[Any], base: str = ".") -> dict[str, Tool]:
    """Every tool that the items of `uses` stand for, by the name that models know it under.

    Raises `ToolError` for what is no tool; paths are relative to `base`.
    """
    found: dict[str, Tool] = {}
    for item in items:
        for each in _tools_of(item, base):
            name = _model_name(each.name, found)
            found[name] = replace(each, name=name) if name != each.name else each
    return found


def _tools_of(item: Any, base: str) -> Iterable[Tool]:
    if isinstance(item, Unsupported):
        raise ToolError(f"{item.what} is not supported by this version yet")
    if isinstance(item, Tool):
        return (item,)
    if isinstance(item, DeclaredTool):
        return item.tools()
    if isinstance(item, Function):
        return (_of_function(item),)
    if isinstance(item, PythonFile):
        from nexa.runtime.python_tools import tools_of_file

        return tools_of_file(Path(base, item.path))
    if hasattr(item, "tools"):  # a namespace of `std`
        return tuple(item.tools())
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


async def _awaited(work: Awaitable[Any]) -> Any:
    return await work


def _parameters(declared: Mapping[str, Any]) -> Iterator[Parameter]:
    """A text in place of a type is the type's name, or else the description of a text."""
    from nexa.runtime.type_text import is_type_text, type_of_text

    for name, given in declared.items():
        if isinstance(given, Parameter):
            made = replace(given, name=name)
        elif isinstance(given, str):
            made = Parameter(name, type_of_text(given), "" if is_type_text(given) else given)
        else:
            made = Parameter(name, given)
        yield replace(made, required=type(None) not in getattr(made.type, "__args__", ()))


def _options(properties: Mapping[str, Any]) -> dict[str, Any]:
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
