"""Runs that the editor started: their child processes, their progress, their last results.

Owns what the client hears about a run. Refuses to know what a program means: it relays events.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nexa.lsp import processes
from nexa.lsp.channel import Channel
from nexa.lsp.errors import failed

logger = logging.getLogger(__name__)

MAX_RUNS = 32
"""Runs at once; one more is refused."""

MAX_RESULTS = 500
"""Last results kept, one per flow."""

REPORT_INTERVAL = 0.1
"""Seconds between two progress reports of one run."""

CLOSE_GRACE = 2.0
"""Seconds that runs get to end when the server does."""

RUN_COMMAND = (sys.executable, "-m", "nexa.cli", "run")


@dataclass(frozen=True, slots=True)
class Result:
    """How the last run of a flow ended."""

    status: str
    summary: str
    """`✓ 1.2 s · 812 tokens`."""


@dataclass(slots=True)
class Run:
    """One execution, from the click to the end of its process."""

    id: str
    path: str
    flow: str
    token: str | int
    started: float = field(default_factory=time.monotonic)
    child: processes.Child | None = None
    is_stopped: bool = False
    is_announced: bool = False
    finished: dict[str, Any] | None = None
    last_report: float = 0.0


class Runs:
    """All runs of one session. Used by the serving thread only."""

    def __init__(self, channel: Channel, command: tuple[str, ...] | None, on_result: Callable[[], None]) -> None:
        """`on_result` is called when a run has ended and `results` has changed."""
        self.results: dict[tuple[str, str], Result] = {}
        self.wants_events = False
        self.has_progress = False
        self._channel = channel
        self._command = command or RUN_COMMAND
        self._on_result = on_result
        self._running: dict[str, Run] = {}

    def start(self, path: str, flow: str, args: Mapping[str, Any], token: str | int | None) -> str:
        """Start a child for a flow and return the run's id at once. Raises RequestError when that cannot be."""
        if len(self._running) >= MAX_RUNS:
            raise failed(f"{MAX_RUNS} runs are under way already; stop one first")
        run = Run(uuid.uuid4().hex[:12], path, flow, token if token is not None else "")
        command = [*self._command, path, "--flow", flow, *_arguments(args), "--events", "jsonl"]
        try:
            run.child = processes.start(
                command,
                str(Path(path).parent),
                self._channel.post,
                lambda line: self._line(run, line),
                lambda status: self._end(run, status),
            )
        except OSError as error:
            raise failed(f"the run could not be started: {error}") from error
        self._running[run.id] = run
        self._announce(run, token)
        return run.id

    def stop(self, run_id: str) -> bool:
        """Ask a run to end; False when there is no such run (any more)."""
        run = self._running.get(run_id)
        if run is None or run.child is None:
            return False
        run.is_stopped = True
        processes.stop(run.child)
        return True

    def stop_token(self, token: object) -> bool:
        """The user pressed cancel on the progress of a run."""
        return any(run.token == token and self.stop(run.id) for run in list(self._running.values()))

    def close(self) -> None:
        """End every run before the server does."""
        children = [run.child for run in self._running.values() if run.child is not None]
        processes.stop_all(children, CLOSE_GRACE)
        self._running.clear()

    # ── what the client hears

    def _announce(self, run: Run, token: str | int | None) -> None:
        if token is None:
            run.token = run.id
            if self.has_progress:
                self._channel.request("window/workDoneProgress/create", {"token": run.id}, lambda _: self._begin(run))
                return
        self._begin(run)

    def _begin(self, run: Run) -> None:
        run.is_announced = True
        value = {"kind": "begin", "title": f"Run {run.flow}", "cancellable": True, "message": "starting"}
        self._progress(run, value)
        if run.finished is not None and run.id not in self._running:
            # It was over before the client had answered.
            self._progress(run, {"kind": "end", "message": _summary(run.finished)})

    def _line(self, run: Run, line: bytes) -> None:
        """One line of the child's standard output; what is no event is somebody's stray print."""
        event = _event(line)
        if event is None:
            logger.info("run %s: no event: %r", run.id, line[:200])
            return
        if self.wants_events:
            self._channel.notify("nexa/runEvent", {**event, "runId": run.id})
        match event["event"]:
            case "run.finished":
                run.finished = event
            case "print" if not self.wants_events:
                self._log(_text(event.get("text")).removesuffix("\n"))
            case "node.started":
                self._report(run, _text(event.get("callee") or event.get("node")))
            case "input.requested":
                self._report(run, f"wants input: {_text(event.get('prompt'))}")

    def _report(self, run: Run, message: str) -> None:
        now = time.monotonic()
        if run.is_announced and now - run.last_report >= REPORT_INTERVAL:
            run.last_report = now
            self._progress(run, {"kind": "report", "message": message})

    def _end(self, run: Run, status: int) -> None:
        self._running.pop(run.id, None)
        event = run.finished = run.finished or self._missing_end(run, status)
        if run.is_announced:
            self._progress(run, {"kind": "end", "message": _summary(event)})
        if event.get("status") == "failed":
            self._channel.notify(
                "window/showMessage", {"type": 1, "message": f"Run of {run.flow} failed: {_reason(event)}"}
            )
        self._keep(run, event)

    def _missing_end(self, run: Run, status: int) -> dict[str, Any]:
        """What to say of a child that went without a last word: findings, a crash, or our own stop."""
        seconds = time.monotonic() - run.started
        if run.is_stopped:
            event: dict[str, Any] = {"event": "run.finished", "status": "cancelled", "seconds": seconds}
        else:
            text = run.child.error_text() if run.child else ""
            reason = text.splitlines()[-1] if text else f"the process ended with status {status}"
            error = {"kind": "process", "message": reason, "detail": text}
            event = {"event": "run.finished", "status": "failed", "seconds": seconds, "error": error}
        if self.wants_events:
            self._channel.notify("nexa/runEvent", {**event, "runId": run.id})
        return event

    def _keep(self, run: Run, event: dict[str, Any]) -> None:
        key = (run.path, run.flow)
        self.results.pop(key, None)
        self.results[key] = Result(_text(event.get("status")), _summary(event))
        while len(self.results) > MAX_RESULTS:
            self.results.pop(next(iter(self.results)))
        self._on_result()

    def _progress(self, run: Run, value: dict[str, Any]) -> None:
        self._channel.notify("$/progress", {"token": run.token, "value": value})

    def _log(self, text: str) -> None:
        self._channel.notify("window/logMessage", {"type": 4, "message": text})


def _arguments(args: Mapping[str, Any]) -> list[str]:
    """`--arg k=v` for each; what is no string goes as JSON."""
    pairs = ((name, value if isinstance(value, str) else json.dumps(value)) for name, value in args.items())
    return [part for name, value in pairs for part in ("--arg", f"{name}={value}")]


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) and isinstance(event.get("event"), str) else None


def _summary(event: dict[str, Any]) -> str:
    status = event.get("status")
    if status == "failed":
        return f"✗ {_reason(event)}"
    seconds = f"{_number(event.get('seconds')):.1f} s"
    tokens = f" · {_tokens(event)} tokens" if _tokens(event) else ""
    return f"✓ {seconds}{tokens}" if status == "ok" else f"{_text(status)} after {seconds}"


def _reason(event: dict[str, Any]) -> str:
    error = event.get("error")
    return _text(error.get("message")) if isinstance(error, dict) else _text(error)


def _tokens(event: dict[str, Any]) -> int:
    usage = event.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return int(sum(_number(counts.get(name)) for name in ("input_tokens", "output_tokens")))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _text(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
