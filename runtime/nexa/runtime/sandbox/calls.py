"""A call of a sandboxed tool, seen from the program: hand over, wait, take back, and leave nothing behind.

Values go both ways as JSON, so that nothing that comes back is code. What a tool prints is printed by the program.
"""

from __future__ import annotations

import asyncio
import marshal
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from threading import Event
from types import CodeType, FunctionType
from typing import Any

from nexa.runtime.callables import DEFAULT
from nexa.runtime.errors import ERRORS, ToolError, error
from nexa.runtime.loading import UNITS
from nexa.runtime.run import Run, current, current_or_none
from nexa.runtime.sandbox.confine import is_possible
from nexa.runtime.sandbox.copies import copy_of
from nexa.runtime.text import plain
from nexa.runtime.tool_schema import GivenSchema
from nexa.runtime.tools import Tool
from nexa.runtime.values import UNIT, Secret

LONGEST = 600.0
"""Seconds for a call that nothing else bounds."""

MOST_BYTES = 1 << 20
"""Bytes of what a tool prints, what is more is left out; and of its value, more is an error."""

_KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "PATH", "SYSTEMROOT", "TERM", "TZ")
"""The environment variables that a tool sees, beside `HOME` and those of temporary folders."""

_IMPOSSIBLE = (
    "{name} asks for a sandbox, which is not possible here: {lacking}. "
    'With `sandbox = "process"` under [run] in nexa.toml it runs as a process of its own, on a copy of the files, '
    "but with the network and all other files in reach"
)

_PLAIN = (str, bool, int, float, list, dict, tuple, type(None))

_START = (
    "import sys; sys.path[:] = {path!r}; from nexa.runtime.sandbox.worker import main; main({folder!r}, {strict!r})"
)


def is_inside() -> bool:
    """Whether this process is a sandbox: what it calls is isolated with it."""
    run = current_or_none()
    return run is not None and run.settings.sandbox == "inside"


async def call_function(
    name: str, body: FunctionType, names: Sequence[str], values: Sequence[Any], timeout: float | None
) -> Any:
    """The value of a `@tool fn`, given by the Python function that is its body."""
    units, file = _code_of(body.__globals__["__name__"])
    what = {"units": units, "file": file, "function": body.__name__, "variables": variables_of(body)}
    arguments = {key: value for key, value in zip(names, values, strict=True) if value is not DEFAULT}
    return await _sandboxed(name, what, arguments, timeout)


async def tools_of_file(name: str, path: Path, timeout: float | None) -> tuple[Tool, ...]:
    """The public functions of a Python file, which no other process than a sandbox reads."""
    listed = await _sandboxed(name, {"python": str(path)}, {}, timeout)

    def tool(function: str, about: str, schema: dict[str, Any]) -> Tool:
        async def invoke(arguments: Mapping[str, Any]) -> Any:
            return await _sandboxed(function, {"python": str(path), "function": function}, arguments, timeout)

        return Tool(function, about, GivenSchema(schema), invoke)

    return tuple(tool(*each) for each in listed)


async def _sandboxed(name: str, what: Mapping[str, Any], arguments: Mapping[str, Any], timeout: float | None) -> Any:
    """The value of a call, as plain data. `what` tells the worker which function it is.

    Raises what the function raises, and `ToolError`: of kind `timeout`, or `sandbox` where isolation is not possible.
    """
    run = current()
    strict = run.settings.sandbox == "strict"
    lacking = is_possible()
    if strict and lacking:
        raise ToolError(_IMPOSSIBLE.format(name=name, lacking=lacking), kind="sandbox")
    sent = {**what, "arguments": {key: _sent(name, value) for key, value in arguments.items()}}
    bound = LONGEST if timeout is None else timeout
    here = Path.cwd()
    folder = _folder()
    called_off = Event()
    copying = asyncio.ensure_future(asyncio.to_thread(copy_of, here, folder / "work", name, called_off))
    try:
        linked = await asyncio.shield(copying)
        if "python" in what:
            file = Path(what["python"]).absolute()
            sent["python"] = str(folder / "work" / file.relative_to(here) if file.is_relative_to(here) else file)
            linked.append(file)
        sent.update(readable=[str(each) for each in linked], hidden=str(here), type_mode=run.settings.type_mode)
        async with asyncio.timeout(bound) as limit:
            return await _answer(run, name, folder, marshal.dumps(sent), strict)
    except TimeoutError as late:
        if not limit.expired():
            raise
        raise ToolError(f"{name} took longer than {bound:g} s", kind="timeout") from late
    finally:
        called_off.set()
        await asyncio.shield(_removed(folder, copying))


def variables_of(body: FunctionType) -> dict[str, Any]:
    """The program's variables that a function reads, itself or through others, as far as they are plain data."""
    names = body.__globals__
    pending: list[CodeType] = [body.__code__]
    seen: set[str] = set()
    found: dict[str, Any] = {}
    while pending:
        code = pending.pop()
        pending += [each for each in code.co_consts if isinstance(each, CodeType)]
        for name in {*code.co_names} - seen:
            seen.add(name)
            value = names.get(name, DEFAULT)
            value = getattr(value, "body", value)
            if isinstance(value, FunctionType):
                pending.append(value.__code__)
            elif isinstance(value, _PLAIN) and _can_be_sent(value):
                found[name] = value
    return found


def _can_be_sent(value: Any) -> bool:
    try:
        marshal.dumps(value)
    except ValueError:
        return False
    return True


def _code_of(module: str) -> tuple[tuple[CodeType, ...], str]:
    """The code of the running program's files, and the file of a built module."""
    found = sys.modules[module]
    path = str(getattr(found, "__file__", ""))
    units = getattr(found, UNITS, None)
    if units is None:
        units = (compile(Path(path).read_text(encoding="utf-8"), path, "exec", dont_inherit=True),)
    return units, path


def _sent(name: str, value: Any) -> Any:
    if isinstance(value, Secret):
        return value.reveal()  # a tool is where a secret may go
    if callable(value) and not isinstance(value, type):
        raise ToolError(f"{name} runs in a sandbox, where a function or an agent cannot be handed in", kind="arguments")
    return plain(value)


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="nexa-sandbox-")).resolve()
    for each in ("home", "tmp"):
        (folder / each).mkdir()
    return folder


async def _removed(folder: Path, copying: asyncio.Future[list[Path]]) -> None:
    """Take a folder away, as soon as nobody copies into it any more."""
    await asyncio.wait([copying])
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _answer(run: Run, name: str, folder: Path, payload: bytes, strict: bool) -> Any:
    start = _START.format(path=_path(), folder=str(folder), strict=strict)
    # A file, not a pipe: what a tool has started and left behind would keep a pipe open.
    with (folder / "printed.txt").open("w+b") as printed:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-X", "utf8", "-B", "-c", start),
            stdin=asyncio.subprocess.PIPE,
            stdout=printed,
            stderr=asyncio.subprocess.STDOUT,
            cwd=folder / "work",
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            await process.communicate(payload)
        finally:
            _kill(process.pid)
            await asyncio.shield(process.wait())
        printed.seek(0)
        told = printed.read(MOST_BYTES).decode(errors="replace")
    if told:
        run.print(told)
    return _value(name, folder / "answer.json", told, process.returncode)


def _value(name: str, path: Path, printed: str, status: int | None) -> Any:
    import msgspec

    try:
        written = _written(path)
        if len(written) > MOST_BYTES:
            raise ToolError(f"the value of {name} has more than {MOST_BYTES >> 20} MiB", kind="sandbox")
        answer = msgspec.json.decode(written, type=dict[str, Any])
    except (OSError, msgspec.DecodeError):
        last = printed.strip().rpartition("\n")[2]
        ended = (
            f"was killed by signal {-status}" if status is not None and status < 0 else f"ended with status {status}"
        )
        raise ToolError(f"{name} {ended} in its sandbox{': ' if last else ''}{last}", kind="sandbox") from None
    if "error" in answer:
        raise _error(str(answer["error"]), str(answer.get("kind")), str(answer.get("message")))
    return UNIT if answer.get("unit") else answer.get("value")


def _written(path: Path) -> bytes:
    """The answer, or the beginning of one that is too long. Raises `OSError` for what is no file: the tool may have put
    a link there, to what it cannot read itself, or a pipe, which would be waited for.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    opened = os.open(path, flags)
    try:
        if not S_ISREG(os.fstat(opened).st_mode):
            raise FileNotFoundError(path)
        with os.fdopen(opened, "rb", closefd=False) as file:
            return file.read(MOST_BYTES + 1)
    finally:
        os.close(opened)


def _error(nexa_name: str, kind: str, message: str) -> BaseException:
    if nexa_name in ERRORS:
        found = error(nexa_name, message)
        if isinstance(found, ToolError):
            found.kind = kind
        return found
    return ToolError(message, kind=kind)


def _path() -> list[str]:
    """Where the worker finds modules: as here, but for the working directory, which has secrets and is copied."""
    here = Path.cwd().resolve()
    secret = (here, *here.parents)
    return [each for each in sys.path if each and Path(each).resolve() not in secret]


def _environment(folder: Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "tmp"))
    return {**kept, **temporary, "HOME": str(folder / "home")}


def _kill(process: int) -> None:
    """The process and all that it has started: none of them can leave its group."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process, signal.SIGKILL)
        else:
            os.kill(process, signal.SIGTERM)
