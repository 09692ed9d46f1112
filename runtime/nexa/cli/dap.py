"""`nexa dap`: a debugger for `.nx` files, for every editor that speaks the Debug Adapter Protocol.

Compiled programs carry Nexa's own lines and names, so Python's debugger debugs them as they are. What is left to us is
to say in a `launch` request how a Nexa program is started, and what the frames of a call stack are called; every other
message is debugpy's business.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from typing import IO, Any

import click

from nexa.cli.dap_frames import named
from nexa.cli.dap_messages import Json, framed, read_message
from nexa.cli.debugger import MISSING
from nexa.cli.errors import Unusable

_ADAPTER = (sys.executable, "-m", "debugpy.adapter")


@click.command("dap")
def command() -> int:
    """Serve a debugger to an editor, over standard input and output (Debug Adapter Protocol)."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    if find_spec("debugpy") is None:
        return refuse(source, sink)
    # What debugpy warns of concerns programs that it reads itself.
    env = {**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    with subprocess.Popen(_ADAPTER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as adapter:
        assert adapter.stdin is not None  # both are pipes
        assert adapter.stdout is not None
        answers = threading.Thread(target=_copy, args=(adapter.stdout, sink), daemon=True)
        answers.start()
        with adapter.stdin as requests:
            while (message := read_message(source)) is not None:
                requests.write(framed(translated(message)))
                requests.flush()
        answers.join()
    return 0


def refuse(source: IO[bytes], sink: IO[bytes]) -> int:
    """Answer the first request with what is missing, where the editor shows it."""
    request = read_message(source)
    if request is None:
        raise Unusable(MISSING)
    error = {"id": 1, "format": MISSING, "showUser": True}
    answer = {"seq": 1, "type": "response", "request_seq": request.get("seq"), "command": request.get("command")}
    sink.write(framed({**answer, "success": False, "message": MISSING, "body": {"error": error}}))
    sink.flush()
    return 1


def translated(message: Json) -> Json:
    """The message, where it starts a Nexa program in debugpy's terms."""
    arguments = message.get("arguments")
    if message.get("command") != "launch" or not isinstance(arguments, dict):
        return message
    return {**message, "arguments": launch(arguments)}


def launch(asked: Json) -> Json:
    """How debugpy starts what was asked for: a `flow` of `program` with `args`, or a `test`; under `mock`, `config`."""
    program = os.path.abspath(str(asked.get("program", "")))
    kept = {key: value for key, value in asked.items() if key not in ("program", "flow", "test", "args", "mock")}
    return {
        "console": "internalConsole",
        "cwd": os.path.dirname(program),
        "justMyCode": True,
        "redirectOutput": True,
        **kept,
        "type": "python",
        "module": "nexa.cli",
        "python": [sys.executable],
        "args": _command_line(program, asked),
        # Nobody steps into what runs the program.
        "rules": [{"path": f"{folder}{os.sep}**", "include": False} for folder in _our_folders()],
        "subProcess": False,
    }


def _command_line(program: str, asked: Json) -> list[str]:
    config = ["--config", str(asked["config"])] if asked.get("config") else []
    if asked.get("test") is not None:
        return ["test", program, *(["--title", str(asked["test"])] if asked["test"] else []), *config]
    args = asked.get("args") or {}
    named = args.items() if isinstance(args, dict) else (str(one).partition("=")[::2] for one in args)
    pairs = [part for name, value in named for part in ("--arg", f"{name}={_text(value)}")]
    mock = ["--mock"] * bool(asked.get("mock"))
    return ["run", program, "--flow", str(asked.get("flow") or "main"), *pairs, *mock, *config, "--debug"]


def _text(value: Any) -> str:  # noqa: ANN401  # JSON
    """As `--arg` takes it: what is no string goes as JSON."""
    if isinstance(value, str):
        return value
    import json

    return json.dumps(value)


def _our_folders() -> list[str]:
    specs = [find_spec(name) for name in ("nexa.cli", "nexa.compiler", "nexa.runtime")]
    return [folder for one in specs if one for folder in one.submodule_search_locations or ()]


def _copy(source: IO[bytes], sink: IO[bytes]) -> None:
    while (message := read_message(source)) is not None:
        if not _is_advice(message):
            sink.write(framed(named(message)))
            sink.flush()


def _is_advice(message: Json) -> bool:
    """Whether debugpy tells why a step did not go into our own code, and how to change that: editors pop it up."""
    body = message.get("body")
    return isinstance(body, dict) and str(body.get("output", "")).startswith("Frame skipped from debugging")
