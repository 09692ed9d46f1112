"""Runs that the editor started: their child processes, their progress, their last results.

Owns what the client hears about a run. Refuses to know what a program means: it relays events.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexa.lsp.channel import Channel
from nexa.lsp.errors import failed
from nexa.lsp.run_targets import SERVICES, Result, Target, command_of
from nexa.lsp.run_words import Event, last_words, listening, reason, summary, text_of, worst

if TYPE_CHECKING:
    from nexa.lsp import processes

logger = logging.getLogger(__name__)

MAX_RUNS = 32
"""Runs at once; one more is refused."""

MAX_RESULTS = 500
"""Last results kept, one per flow or test."""

REPORT_INTERVAL = 0.1
"""Seconds between two progress reports of one run."""

CLOSE_GRACE = 2.0
"""Seconds that runs get to end when the server does."""


@dataclass(slots=True)
class Run:
    """One execution, from the click to the end of its process.

    `began` is what the child last said that it runs, and `ended` the last events of what it has run.
    """

    id: str
    target: Target
    token: str | int
    started: float = field(default_factory=time.monotonic)
    child: processes.Child | None = None
    is_stopped: bool = False
    is_announced: bool = False
    began: str = ""
    name: str = ""
    """What the child calls it, as the file of its events does."""
    addresses: list[str] = field(default_factory=list)
    """Where what it serves listens."""
    ended: list[Event] = field(default_factory=list)
    finished: Event | None = None
    last_report: float = 0.0


class Runs:
    """All runs of one session. Used by the serving thread only."""

    def __init__(
        self, channel: Channel, command: tuple[str, ...] | None, on_result: Callable[[Target, Event | None], None]
    ) -> None:
        """`on_result` is told what begins, and then with what last event it has ended."""
        self.results: dict[Target, Result] = {}
        self.wants_events = False
        self.has_input = False
        self.has_progress = False
        self.language = "en"
        self._channel = channel
        self._command = command
        self._on_result = on_result
        self._running: dict[str, Run] = {}

    def start(
        self, target: Target, args: Mapping[str, Any], token: str | int | None, options: Sequence[str] = ()
    ) -> str:
        """Start a child and return the run's id at once. Raises RequestError when that cannot be."""
        from nexa.lsp import processes  # with subprocess: nobody needs it who runs nothing

        if len(self._running) >= MAX_RUNS:
            raise failed(f"{MAX_RUNS} runs are under way already; stop one first")
        if target.kind in SERVICES and any(one.target == target for one in self._running.values()):
            raise failed(f"{target.title} runs already; stop it first")
        run = Run(os.urandom(6).hex(), target, token if token is not None else "")
        try:
            run.child = processes.start(
                [*command_of(target, args, self._command), *options, "--events", "jsonl"],
                str(Path(target.path).parent),
                self._channel.post,
                lambda line: self._line(run, line),
                lambda status: self._end(run, status),
                language=self.language,
                has_input=self.has_input,
            )
        except OSError as error:
            raise failed(f"the run could not be started: {error}") from error
        self._running[run.id] = run
        self._on_result(target, None)
        if target.kind in SERVICES:
            self._show_service(run)
        self._announce(run, token)
        return run.id

    def under_way(self) -> dict[str, str]:
        """What runs now: the ids that the runs gave themselves, with ours."""
        return {run.name: run.id for run in self._running.values() if run.name}

    def stop(self, run_id: str) -> bool:
        """Ask a run to end; False when there is no such run (any more)."""
        from nexa.lsp import processes  # as above

        run = self._running.get(run_id)
        if run is None or run.child is None:
            return False
        run.is_stopped = True
        processes.stop(run.child)
        return True

    def answer(self, run_id: str, text: str) -> bool:
        """Give a run the line that it has asked for; False when it takes none."""
        from nexa.lsp import processes  # as above

        run = self._running.get(run_id)
        return run is not None and run.child is not None and processes.answer(run.child, text)

    def stop_token(self, token: object) -> bool:
        """The user pressed cancel on the progress of a run."""
        return any(run.token == token and self.stop(run.id) for run in list(self._running.values()))

    def close(self) -> None:
        """End every run before the server does."""
        children = [run.child for run in self._running.values() if run.child is not None]
        if children:
            from nexa.lsp import processes  # as above

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
        value = {"kind": "begin", "title": f"Run {run.target.title}", "cancellable": True, "message": "starting"}
        self._progress(run, value)
        if run.finished is not None and run.id not in self._running:
            # It was over before the client had answered.
            self._progress(run, {"kind": "end", "message": _summary_of(run)})

    def _line(self, run: Run, line: bytes) -> None:
        """One line of the child's standard output; what is no event is somebody's stray print."""
        event = _event(line)
        if event is None:
            logger.info("run %s: no event: %r", run.id, line[:200])
            return
        if self.wants_events:
            self._channel.notify("nexa/runEvent", {**event, "runId": run.id})
        match event["event"]:
            case "run.started":
                run.began = text_of(event.get("flow"))
                run.name = text_of(event.get("run"))
            case "run.finished":
                run.ended.append(event)
                if run.target.kind == "test":
                    self._keep(Target(run.target.path, run.began, "test"), event)
            case "log" if isinstance(event.get("address"), str):
                run.addresses.append(event["address"])
                self._show_service(run)
                self._report(run, listening(run.addresses))
            case "print" if not self.wants_events:
                self._log(text_of(event.get("text")).removesuffix("\n"))
            case "node.started":
                self._report(run, text_of(event.get("callee") or event.get("node")))
            case "input.requested":
                self._report(run, f"wants input: {text_of(event.get('prompt'))}")

    def _report(self, run: Run, message: str) -> None:
        now = time.monotonic()
        if run.is_announced and now - run.last_report >= REPORT_INTERVAL:
            run.last_report = now
            self._progress(run, {"kind": "report", "message": message})

    def _end(self, run: Run, status: int) -> None:
        self._running.pop(run.id, None)
        is_known = bool(run.ended) or (run.target.kind == "test" and status == 0)
        event = run.finished = worst(run.ended) if is_known else self._missing_end(run, status)
        if run.is_announced:
            self._progress(run, {"kind": "end", "message": _summary_of(run)})
        if event.get("status") == "failed" and not self.wants_events:
            message = f"Run of {run.target.title} failed: {reason(event)}"
            self._channel.notify("window/showMessage", {"type": 1, "message": message})
        if run.target.kind != "test":
            self._keep(run.target, event)

    def _missing_end(self, run: Run, status: int) -> Event:
        """What to say of a child that went without a last word: findings, a crash, or our own stop."""
        seconds = time.monotonic() - run.started
        if run.is_stopped:
            event: Event = {"event": "run.finished", "status": "cancelled", "seconds": seconds}
        else:
            text = run.child.error_text() if run.child else ""
            message = last_words(text) or f"the process ended with status {status}"
            error = {"kind": "process", "message": message, "detail": text}
            event = {"event": "run.finished", "status": "failed", "seconds": seconds, "error": error}
        if self.wants_events:
            self._channel.notify("nexa/runEvent", {**event, "runId": run.id})
        return event

    def _show_service(self, run: Run) -> None:
        """A service goes on: what it does, and what stops it, stands beside it."""
        words = listening(run.addresses) if run.target.kind == "server" else "● at work"
        self.results[run.target] = Result("running", words, run.id)
        self._on_result(run.target, {"event": "run.started"})

    def _keep(self, target: Target, event: Event) -> None:
        self.results.pop(target, None)
        status = text_of(event.get("status"))
        if target.kind not in SERVICES or status == "failed":
            self.results[target] = Result(status, summary(event))
        while len(self.results) > MAX_RESULTS:
            self.results.pop(next(iter(self.results)))
        self._on_result(target, event)

    def _progress(self, run: Run, value: dict[str, Any]) -> None:
        self._channel.notify("$/progress", {"token": run.token, "value": value})

    def _log(self, text: str) -> None:
        self._channel.notify("window/logMessage", {"type": 4, "message": text})


def _event(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) and isinstance(event.get("event"), str) else None


def _summary_of(run: Run) -> str:
    """How a run went; of all tests of a file, how many did."""
    if run.target.kind != "test" or run.target.name or not run.ended:
        return summary(run.finished or {})
    passed = sum(one.get("status") == "ok" for one in run.ended)
    failed = len(run.ended) - passed
    return f"✗ {passed} passed, {failed} failed" if failed else f"✓ {passed} passed"
