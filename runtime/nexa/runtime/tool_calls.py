"""Carrying out what a model wants called: checks, hooks, approval, time bound, report.

What goes wrong inside a tool is told to the model, which may try something else. What the program forbids
(permission, veto, a person's refusal) ends the run of the agent: no model is to find a way around it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from nexa.runtime import frame
from nexa.runtime.catching import can_be_caught
from nexa.runtime.errors import SuspendExecution, ToolError
from nexa.runtime.events import ToolFinished, ToolStarted
from nexa.runtime.harness import harnessed
from nexa.runtime.hooks import Hook, ToolUse, fire_after_tool, fire_before_tool
from nexa.runtime.permissions import Permissions
from nexa.runtime.providers.base import ToolCall
from nexa.runtime.run import Run
from nexa.runtime.text import text
from nexa.runtime.tools import Tool, told

FORBIDDEN = ("permission", "vetoed", "denied")


@dataclass(frozen=True, slots=True)
class Caller:
    """The agent on whose behalf tools are called; `tool_timeout` is in seconds."""

    name: str
    tool_timeout: float
    permissions: Permissions
    hooks: tuple[Hook, ...]


async def carry_out(run: Run, call: ToolCall, tools: Mapping[str, Tool], caller: Caller) -> str:
    """The text that answers one call of a model: the tool's value, or what went wrong.

    Raises `ToolError` of a kind in `FORBIDDEN`, `SuspendExecution`, and nothing else that a program can catch.
    """
    tool = tools.get(call.name)
    if tool is None:
        unknown = ToolError(f"there is no tool {call.name!r}; there is {', '.join(tools) or 'none'}")
        run.emit(ToolFinished(frame.current_node(), call.name, 0.0, error=run.describe(unknown)))
        return told(unknown)
    started = run.clock.monotonic()
    use = ToolUse(tool.name, {}, caller.name, declared=tool.declared)
    try:
        arguments = tool.parameters.read(tool.name, call.arguments)
        use = replace(use, arguments=arguments)
        await _admit(run, tool, use, caller)
        run.emit(ToolStarted(frame.current_node(), tool.name, arguments))
        value = await _bounded(tool, arguments, caller)
    except Exception as error:
        if not can_be_caught(error):
            raise
        seconds = round(run.clock.monotonic() - started, 6)
        run.emit(ToolFinished(frame.current_node(), tool.name, seconds, error=run.describe(error)))
        if isinstance(error, SuspendExecution) or (isinstance(error, ToolError) and error.kind in FORBIDDEN):
            raise
        return told(error)
    seconds = round(run.clock.monotonic() - started, 6)
    run.emit(ToolFinished(frame.current_node(), tool.name, seconds, output=value))
    await fire_after_tool(replace(use, result=value), caller.hooks)
    return text(value)


async def _admit(run: Run, tool: Tool, use: ToolUse, caller: Caller) -> None:
    caller.permissions.check(tool.name, tool.options.permission)
    await fire_before_tool(use, caller.hooks)
    if tool.options.requires_approval and harnessed():
        listed = ", ".join(f"{name}: {text(value)}" for name, value in use.arguments.items())
        risk = f" (risk: {tool.options.risk_level})" if tool.options.risk_level else ""
        if not await run.human.approve(f"Let {caller.name} call {tool.name}({listed}){risk}?"):
            raise ToolError(f"nobody approved that {caller.name} calls {tool.name}", kind="denied")


async def _bounded(tool: Tool, arguments: Mapping[str, Any], caller: Caller) -> Any:
    seconds = caller.tool_timeout if tool.options.timeout is None else tool.options.timeout
    try:
        async with asyncio.timeout(seconds) as limit:
            return await tool.invoke(arguments)
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise ToolError(f"{tool.name} took longer than {seconds:g} s", kind="timeout") from error
