"""`run`: a flow, offline, in a process of its own; there only where the user allowed it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.tool import Answer, Call, Json, Later, Lines
from nexa.cli.mcp.tools.run import Run

MAX_ROWS = 500


"""Steps, and pieces of output, that are kept of a run: the newest."""


MAX_VALUE = 2_000


"""Characters of a value that are shown in the text."""


@dataclass(slots=True)
class Told:
    """What the events of a run have said; `begun` counts its steps."""

    begun: int = 0
    steps: list[Json] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    end: Json | None = None


def run(call: Call, given: Run) -> Later:
    """Start it; the answer comes when it ends."""
    runner, workspace = call.runner, call.workspace
    if runner is None:
        raise Refused("programs are run only by a server that was started with `nexa mcp --allow-run`")
    path = workspace.roots.resolve(given.path)
    workspace.snapshot(path)  # says why a file cannot be read
    root = workspace.roots.root_of(path) or str(Path(path).parent)
    command = ["run", str(Path(path).relative_to(root)), "--flow", given.flow, "--mock", "--events", "jsonl", "--quiet"]
    command += [part for name, value in (given.args or {}).items() for part in ("--arg", f"{name}={_text(value)}")]
    if given.mock_script is not None:
        command += ["--mock-script", workspace.roots.resolve(given.mock_script)]

    def start(answer: Callable[[Answer], None]) -> Callable[[], None]:
        told = Told()

        def end(status: int, errors: str, is_late: bool) -> None:  # a callback
            answer(_answer(told, status, errors, given.timeout if is_late else None))

        return runner.start(command, root, given.timeout, lambda line: _take(call, told, line), end)

    return start


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _take(call: Call, told: Told, line: bytes) -> None:
    try:
        event = json.loads(line)
    except ValueError:
        return
    match event:
        case {"event": "node.started", "node": node, "callee": callee}:
            told.begun += 1
            call.tell(told.begun, f"{callee} ({node})")
        case {"event": "node.finished", "node": node}:
            _keep(told.steps, {"node": node, "seconds": event.get("seconds"), "output": event.get("output")})
        case {"event": "node.failed", "node": node}:
            _keep(told.steps, {"node": node, "error": event.get("error")})
        case {"event": "print", "text": text}:
            _keep(told.output, str(text))
        case {"event": "log", "text": text}:
            _keep(told.log, f"{event.get('level')}: {text}")
        case {"event": "run.finished"}:
            told.end = event


def _keep(rows: list[Any], row: object) -> None:
    rows.append(row)
    del rows[:-MAX_ROWS]


def _answer(told: Told, status: int, errors: str, limit: int | None) -> Answer:
    end = told.end or {}
    outcome = f"stopped after {limit} s" if limit is not None else str(end.get("status") or f"exit status {status}")
    data = {
        "status": "timeout" if limit is not None else end.get("status") or "failed",
        "exit_status": status,
        "seconds": end.get("seconds"),
        "value": end.get("value"),
        "error": end.get("error"),
        "usage": end.get("usage"),
        "output": "".join(told.output),
        "steps": told.steps,
        "log": told.log,
        "messages": errors,
    }
    lines = Lines()
    lines.add("".join(told.output).rstrip("\n"), *(_step(one) for one in told.steps), *told.log, errors)
    if end.get("value") is not None:
        lines.add(f"value: {_short(end['value'])}")
    if isinstance(end.get("error"), dict):
        lines.add(f"error: {end['error'].get('message')}")
    lines.add(outcome + (f" ({end['seconds']:.2f} s)" if isinstance(end.get("seconds"), float) else ""))
    return Answer(lines.text, data, is_failure=limit is not None or status != 0)


def _step(one: Json) -> str:
    if "error" in one:
        error = one["error"]
        return f"✗ {one['node']}: {error.get('message') if isinstance(error, dict) else error}"
    return f"✓ {one['node']}: {_short(one['output'])}"


def _short(value: object) -> str:
    text = _text(value)
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"
