"""Past runs, as the store under `.nexa/runs` has them (`sinks.Store`): one file of JSON lines each."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from nexa.runtime.run_options import RunOptions, configure, project_root

_LONGEST_LINE = 1 << 20
"""Bytes of a last line that are looked at: a value may be long."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """What is known of a run.

    `status` is that of its end, or "unfinished" where it goes on or was killed. `path` is the program's, as the run
    called it; `started` a time in RFC 3339, UTC; `seconds` and `cost`, in US dollars, may be unknown.
    """

    id: str
    path: str
    flow: str
    started: str
    status: str
    seconds: float | None
    input_tokens: int
    output_tokens: int
    cost: float | None
    error: str | None
    file: str
    """Where its events are."""


def runs_folder(near: Path) -> Path:
    """The folder with the runs of the project that a file or folder belongs to. Raises `NexaError` as `configure`."""
    entry = near / "main.nx" if near.is_dir() else near
    return configure(project_root(entry) / "main.nx", None, RunOptions()).settings.state_dir / "runs"


def past_runs(folder: Path) -> list[PastRun]:
    """The runs in a folder, newest first. What is no run is passed over."""
    try:
        paths = [path for path in folder.iterdir() if path.suffix == ".jsonl"]
    except OSError:
        return []
    found = [one for path in paths if (one := _read(path)) is not None]
    return sorted(found, key=lambda one: (one.started, one.id), reverse=True)


def _read(path: Path) -> PastRun | None:
    try:
        with path.open("rb") as stream:
            first, last = _event(stream.readline(_LONGEST_LINE)), _last(stream)
    except OSError:
        return None
    if first.get("event") != "run.started":
        return None
    end = last if last.get("event") == "run.finished" else {}
    usage, error = _table(end, "usage"), _table(end, "error")
    return PastRun(
        str(first.get("run", "")),
        str(first.get("path", "")),
        str(first.get("flow", "")),
        str(first.get("time", "")),
        str(end.get("status", "unfinished")),
        end.get("seconds"),
        int(usage.get("input_tokens", 0)),
        int(usage.get("output_tokens", 0)),
        usage.get("cost"),
        str(error["message"]) if "message" in error else None,
        str(path),
    )


def _table(event: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = event.get(key)
    return found if isinstance(found, Mapping) else {}


def _event(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _last(stream: BinaryIO) -> dict[str, Any]:
    """The last whole line of a file, found from its end."""
    end = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, end - _LONGEST_LINE))
    lines = stream.read().rstrip(b"\n").rsplit(b"\n", 1)
    return _event(lines[-1])
