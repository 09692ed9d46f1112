"""`tool` declarations: what a tool does stands in a Python file or on an MCP server, both needed only by a call."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from nexa.runtime.callables import Param
from nexa.runtime.errors import ToolError
from nexa.runtime.home import in_thread
from nexa.runtime.tool_schema import Parameter, Parameters
from nexa.runtime.tools import Invoke, Tool, ToolOptions, options_of


class DeclaredTool:
    """A `tool` declaration, or what a skill document says in place of one.

    `parameters` are names with types or descriptions, or the parameters themselves; `answer` is what a call yields that
    nothing carries out.
    """

    def __init__(
        self,
        name: str,
        *,
        description: str = "",
        doc: str = "",
        parameters: Mapping[str, Any] | Parameters | None = None,
        returns: Any = str,
        python: str | None = None,
        mcp: str | None = None,
        base: str = ".",
        answer: str | None = None,
        **more: Any,
    ) -> None:
        self.name = name
        self.description = description or doc
        self.returns = returns
        self.options = ToolOptions(**options_of(more))
        self._parameters = Parameters(_parameters(parameters)) if isinstance(parameters, Mapping) else parameters
        self._python = Path(base, python) if python else None
        self._mcp = mcp
        self._base = base
        self._answer = answer
        self._tools: tuple[Tool, ...] | None = None

    @property
    def params(self) -> tuple[Param, ...]:
        """The declared parameters."""
        found = self._parameters.all if self._parameters is not None else ()
        return tuple(Param(each.name, each.type, each.required) for each in found)

    async def tools(self) -> tuple[Tool, ...]:
        """What models are offered: the tool itself, or each of its file or server if none has its name."""
        if self._mcp is not None and self._python is None:
            return await self._of_server(self._mcp)
        if self._tools is None:
            file = self._python
            if file is None:
                self._tools = (self._alone(self._undone),)
            else:
                self._tools = tuple(self._chosen(await self._of_file(file)))
        return self._tools

    async def run(self, value: Any) -> Any:
        """The call as a stage. Raises `ToolError` unless exactly one parameter is required."""
        tool = await self._only_tool()
        required = [each.name for each in tool.parameters.all if each.required]
        if len(required) != 1:
            raise ToolError(f"{self.name} takes {len(required)} arguments, so it cannot be a stage", kind="arguments")
        return await tool.invoke(tool.parameters.check(self.name, {required[0]: value}))

    async def __call__(self, *args: Any, **named: Any) -> Any:
        """Call it with arguments by place or name. Raises `ToolError`."""
        tool = await self._only_tool()
        names = [each.name for each in tool.parameters.all]
        if len(args) > len(names):
            raise ToolError(f"{self.name} takes {len(names)} arguments, {len(args)} given", kind="arguments")
        given = {**dict(zip(names, args, strict=False)), **named}
        return await tool.invoke(tool.parameters.check(self.name, given))

    def __str__(self) -> str:
        return self.name

    async def _only_tool(self) -> Tool:
        tools = await self.tools()
        if len(tools) != 1:
            listed = ", ".join(tool.name for tool in tools)
            raise ToolError(f"{self.name} has several functions ({listed}); a model may call each of them")
        return tools[0]

    async def _of_file(self, path: Path) -> tuple[Tool, ...]:
        if not path.is_file():

            async def missing(_: Mapping[str, Any]) -> Any:
                raise ToolError(f"cannot find the Python file {path}, which {self.name} needs")

            return (self._alone(missing),)
        if self.options.sandbox:
            from nexa.runtime.sandbox.calls import is_inside, tools_of_file

            if not is_inside():
                return await tools_of_file(self.name, path, self.options.timeout)
        from nexa.runtime import python_tools

        return python_tools.tools_of_file(path)

    async def _of_server(self, address: str) -> tuple[Tool, ...]:
        from nexa.runtime.mcp_servers import STDIO, tools_of_server

        if self.options.sandbox and address.startswith(STDIO):
            raise ToolError(
                f"{self.name} asks for a sandbox, in which the command of an MCP server cannot run", kind="sandbox"
            )
        try:
            found = await tools_of_server(address, self._base)
        except ToolError as error:
            if error.kind != "offline":
                raise
            reason = error.message

            async def offline(_: Mapping[str, Any]) -> Any:
                raise ToolError(reason, kind="offline")

            return (self._alone(offline),)
        return tuple(self._chosen(found))

    def _chosen(self, found: tuple[Tool, ...]) -> Iterator[Tool]:
        """The one that there is or that has the name of the declaration, under that name; else all."""
        own = [tool for tool in found if tool.name.casefold() == self.name.casefold()]
        if len(found) == 1 or own:
            tool = (own or found)[0]
            about = self.description or tool.description
            yield self._with_options(tool, self.name, about, self._parameters or tool.parameters)
        else:
            yield from (self._with_options(tool, tool.name, tool.description, tool.parameters) for tool in found)

    def _with_options(self, tool: Tool, name: str, description: str, parameters: Parameters) -> Tool:
        invoke = tool.invoke
        if self.options.threaded and not self.options.sandbox:

            async def threaded(arguments: Mapping[str, Any]) -> Any:
                return await in_thread(lambda: _awaited(tool.invoke(arguments)))

            invoke = threaded
        return Tool(name, description, parameters, invoke, self.options, self.name)

    def _alone(self, invoke: Invoke) -> Tool:
        return Tool(self.name, self.description, self._parameters or Parameters(()), invoke, self.options)

    async def _undone(self, _: Mapping[str, Any]) -> Any:
        if self._answer is not None:
            return self._answer
        raise ToolError(f"the tool {self.name} is declared without anything that does it: give it `python:` or `mcp:`")


def tool(name: str, **properties: Any) -> DeclaredTool:
    """A `tool` declaration."""
    return DeclaredTool(name, **properties)


def parameter(type: Any = str, description: str = "") -> Parameter:  # noqa: A002 - the emitter's word
    """A parameter of a `tool` with a description; its name is its key."""
    return Parameter("", type, description)


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
