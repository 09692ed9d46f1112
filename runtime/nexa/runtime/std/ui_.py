"""`std.ui`: output for people, as plain text. What belongs to the program's output is printed; progress is not."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from nexa.runtime.console import ask
from nexa.runtime.duration import seconds
from nexa.runtime.run import current
from nexa.runtime.text import text as text_of
from nexa.runtime.values import UNIT, Unit


def _print(*lines: Any) -> Unit:
    current().print("".join(f"{text_of(line)}\n" for line in lines))
    return UNIT


def banner(title: str, subtitle: str = "") -> Unit:
    """A title, underlined."""
    return _print(title, "=" * len(title), *([subtitle] if subtitle else []))


def markdown(text: str) -> Unit:
    """Markdown, as it is written."""
    return _print(text)


def code(code: str, language: str = "python") -> Unit:
    """Code in a fence."""
    return _print(f"```{language}", code, "```")


def panel(text: str, title: str = "", style: str = "cyan") -> Unit:  # noqa: ARG001  # plain text has no colour
    """Text with a bar at its left, under a title."""
    return _print(*([title] if title else []), *(f"| {line}" for line in text.splitlines() or [""]))


async def thinking(message: str = "Thinking", duration: Any = 1.0) -> Unit:
    """A message on a terminal, for some seconds; nothing elsewhere."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"{message}…\n")
        sys.stderr.flush()
        await asyncio.sleep(seconds(duration))
    return UNIT


def success(msg: str) -> Unit:
    """A message about success."""
    return _print(f"✓ {text_of(msg)}")


def error(msg: str) -> Unit:
    """A message about an error."""
    return _print(f"✗ {text_of(msg)}")


def warning(msg: str) -> Unit:
    """A warning."""
    return _print(f"! {text_of(msg)}")


def info(msg: str) -> Unit:
    """A message."""
    return _print(f"i {text_of(msg)}")


async def read_line(prompt: str = "nexa> ") -> str:
    """A line from the person at the terminal."""
    return await ask(prompt)


def agent_reply(name: str, reply: str) -> Unit:
    """What an agent said."""
    return _print(f"{name}: {text_of(reply)}")


def tool_call(name: str, args: str = "") -> Unit:
    """That a tool was called."""
    return _print(f"→ {name}({text_of(args)})")


FUNCTIONS = {
    "banner": banner,
    "markdown": markdown,
    "code": code,
    "panel": panel,
    "thinking": thinking,
    "success": success,
    "error": error,
    "warning": warning,
    "info": info,
    "input": read_line,
    "agent_reply": agent_reply,
    "tool_call": tool_call,
}
