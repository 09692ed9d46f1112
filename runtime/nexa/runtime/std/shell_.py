"""`std.shell`: commands of the system, by default without a shell in between."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
from contextlib import suppress
from typing import Any

from nexa.runtime.duration import seconds
from nexa.runtime.errors import ToolError

METACHARACTERS = frozenset(";|&<>$`(){}*?[]!~#\n")
"""What a shell would act on: refused unless `unsafe`."""
_TAIL = 500
_GONE = 2.0


async def shell_exec(command: str, timeout: Any = 30, unsafe: bool = False) -> str:
    """What the command prints. `timeout` is in seconds; `unsafe` hands the command to the system's shell."""
    starting = asyncio.ensure_future(_started(command, unsafe))
    try:
        process = await asyncio.shield(starting)
    except asyncio.CancelledError:  # called off while it starts: it is ended when it has
        await _ended(await starting)
        raise
    try:
        output, errors = await asyncio.wait_for(process.communicate(), seconds(timeout))
    except TimeoutError as error:
        raise ToolError(f"`{command}` took longer than {seconds(timeout):g} s", kind="timeout", cause=error) from error
    finally:
        await _ended(process)
    if process.returncode:
        told = errors.decode(errors="replace").strip()[-_TAIL:]
        raise ToolError(f"`{command}` ended with status {process.returncode}{f': {told}' if told else ''}")
    return output.decode(errors="replace")


async def _started(command: str, unsafe: bool) -> asyncio.subprocess.Process:
    streams: dict[str, Any] = {
        "stdin": asyncio.subprocess.DEVNULL,
        "stdout": asyncio.subprocess.PIPE,
        "stderr": asyncio.subprocess.PIPE,
        "start_new_session": True,  # so that what it has started can be ended with it
    }
    try:
        if unsafe:
            return await asyncio.create_subprocess_shell(command, **streams)
        return await asyncio.create_subprocess_exec(*_words(command), **streams)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ToolError(f"cannot run `{command}`: {reason}", cause=error) from error


def _words(command: str) -> list[str]:
    found = sorted(METACHARACTERS.intersection(command))
    if found:
        raise ToolError(
            f"`{command}` holds {' '.join(map(repr, found))}, which only a shell understands: say `unsafe: true`"
        )
    words = shlex.split(command, posix=os.name != "nt")
    if not words:
        raise ToolError("the command is empty")
    return words


async def _ended(process: asyncio.subprocess.Process) -> None:
    """End a command that has not ended, and whatever it has started."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with suppress(TimeoutError):  # somebody who left its group still holds its output
        async with asyncio.timeout(_GONE):
            await process.wait()


def shell_which(command: str) -> str | None:
    """Where a command is, or null."""
    return shutil.which(command)


FUNCTIONS = {each.__name__: each for each in (shell_exec, shell_which)}
