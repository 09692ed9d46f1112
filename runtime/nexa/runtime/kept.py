"""What a run keeps besides its events, so that it can be run again from one of its nodes: `<run>.kept`, JSON lines.

The first line holds the plan: the graphs of the program's flows. Each further line is an answer of a model, or what a
tool came to: `place` and `key` say of what question, `seq` how many events there were when the node that asked had
ended, or the tool was done. Questions are kept as hashes only. What holds a secret is not kept, so it is
asked again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from nexa.runtime.errors import (
    AgentTimeoutError,
    AuthError,
    DatabaseError,
    KVError,
    ModelError,
    NexaError,
    RateLimitError,
    ToolError,
)

SUFFIX = ".kept"

FAILURES: Mapping[str, type[NexaError]] = {
    kind.__name__: kind
    for kind in (ModelError, RateLimitError, AuthError, AgentTimeoutError, ToolError, DatabaseError, KVError)
}
"""How a model or a tool may end without an answer; another run goes on from there as this one did."""

MOST_BYTES = 4 << 20
"""Bytes that one run keeps; what comes after that is asked again."""


class Keeper:
    """Writes what one run keeps. A file that cannot be written keeps nothing: no run fails for the sake of it."""

    def __init__(self, folder: Path, run: str, plan: Mapping[str, Any]) -> None:
        self._path = folder / f"{run}{SUFFIX}"
        self._plan = plan
        self._file: BinaryIO | None = None
        self._left = MOST_BYTES
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Write the plan. The folder is there: the run's events are in it."""
        try:
            self._file = self._path.open("wb")
        except OSError:
            return
        self._write({"plan": self._plan})

    def keep(self, records: list[Mapping[str, Any]], seq: int) -> None:
        """Write what was asked by a node that has ended when there were `seq` events. Threads may share it."""
        with self._lock:
            for record in records:
                self._write({"seq": seq, **record})

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        if self._file is not None:
            file, self._file = self._file, None
            file.close()

    def _write(self, line: Mapping[str, Any]) -> None:
        if self._file is None:
            return
        import msgspec

        data = msgspec.json.encode(line) + b"\n"
        self._left -= len(data)
        try:
            self._file.write(data if self._left >= 0 else b'{"full":true}\n')
            self._file.flush()
        except OSError:
            self.close()
        if self._left < 0:
            self.close()


def is_answer(line: Mapping[str, Any]) -> bool:
    """Whether a line of a file holds an answer as `recall` writes it; anything else is passed over."""
    import msgspec

    from nexa.runtime.providers.base import Reply

    if not all(isinstance(line.get(name), kind) for name, kind in (("seq", int), ("place", str), ("key", str))):
        return False
    if "error" in line:
        error = line["error"]
        return isinstance(error, dict) and error.get("type") in FAILURES and {"message", "kind"} <= error.keys()
    try:
        return "value" in line or msgspec.convert(line["reply"], Reply) is not None
    except (msgspec.ValidationError, KeyError):
        return False


def read_kept(events: Path) -> Iterator[Mapping[str, Any]]:
    """The lines that the run with the events in the file `events` has kept; none where it kept nothing."""
    import msgspec

    try:
        lines = events.with_suffix(SUFFIX).read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            found = msgspec.json.decode(line)
        except msgspec.DecodeError:
            continue  # the run was killed while it wrote this
        if isinstance(found, dict):
            yield found
