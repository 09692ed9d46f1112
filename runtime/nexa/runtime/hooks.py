"""Hooks: what a program does around the runs of agents and the calls of their tools."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal

from nexa.runtime.catching import catches, root_of
from nexa.runtime.errors import ToolError

HookEvent = Literal["before_step", "after_step", "on_error", "before_tool", "after_tool"]


@dataclass(frozen=True, slots=True)
class Hook:
    """One hook. `types` limits an `on_error` to errors of these names; `tool` limits a tool hook to one tool.

    The function takes nothing for a step, the error for `on_error`, the call for a tool.
    """

    event: HookEvent
    function: Callable[..., Awaitable[Any]]
    types: tuple[str, ...] = ()
    tool: str | None = None


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A call of a tool as its hooks see it. `declared` is what hooks call the tool, if models call it otherwise."""

    name: str
    arguments: dict[str, Any]
    agent: str
    result: Any = None
    declared: str = ""

    def __str__(self) -> str:
        return self.name


_HOOKS: ContextVar[tuple[Hook, ...]] = ContextVar("nexa_hooks", default=())


@contextmanager
def hooks(*added: Hook) -> Iterator[None]:
    """Put hooks in force around the body, inside those that already are."""
    token = _HOOKS.set((*added, *_HOOKS.get()))
    try:
        yield
    finally:
        _HOOKS.reset(token)


def in_force(own: Iterable[Hook] = ()) -> tuple[Hook, ...]:
    """The hooks that apply here, innermost scope first; `own` are an agent's, innermost of all."""
    return (*own, *_HOOKS.get())


async def fire_step(event: Literal["before_step", "after_step"], found: Iterable[Hook]) -> None:
    """Fire the step hooks among `found`."""
    for hook in found:
        if hook.event == event:
            await _without_hooks(hook, ())


async def fire_error(error: BaseException, found: Iterable[Hook]) -> None:
    """Fire every `on_error` that takes an error of this kind. A failing hook replaces the error.

    A hook hears of an error once, however many who pass it on fire it: an agent, then the background group.
    """
    told: set[Hook] = vars(root_of(error)).setdefault("_nexa_told", set())
    for hook in found:
        if hook.event == "on_error" and hook not in told and catches(error, *hook.types):
            told.add(hook)
            await _without_hooks(hook, (error,))


async def fire_before_tool(use: ToolUse, found: Iterable[Hook]) -> None:
    """Fire the hooks before a tool. Raises `ToolError` of kind `vetoed` if one returns false."""
    for hook in found:
        if (
            hook.event == "before_tool"
            and hook.tool in (None, use.name, use.declared)
            and await _without_hooks(hook, (use,)) is False
        ):
            raise ToolError(f"a hook does not let {use.agent} call {use.name}", kind="vetoed")


async def fire_after_tool(use: ToolUse, found: Iterable[Hook]) -> None:
    """Fire the hooks after a tool."""
    for hook in found:
        if hook.event == "after_tool" and hook.tool in (None, use.name, use.declared):
            await _without_hooks(hook, (use,))


async def _without_hooks(hook: Hook, arguments: tuple[Any, ...]) -> Any:
    """A hook that runs an agent must not set off itself."""
    token = _HOOKS.set(tuple(each for each in _HOOKS.get() if each is not hook))
    try:
        return await hook.function(*arguments)
    finally:
        _HOOKS.reset(token)
