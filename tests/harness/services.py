"""Commands that run until they are stopped: servers and workers, as processes whose events are read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.command import environment


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@dataclass
class Serving:
    """A command at work; `events` are what it wrote so far."""

    process: subprocess.Popen[bytes]
    url: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)

    def until(self, kind: str, part: str = "") -> dict[str, Any]:
        """Read events until one of that kind, with that in its text."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append(json.loads(line))
            if self.events[-1]["event"] == kind and part in self.events[-1].get("text", ""):
                return self.events[-1]
        raise AssertionError(f"it ended: {self.events}, {self.process.stderr and self.process.stderr.read()}")

    def ask(self, path: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """The status and the body of an answer; where a redirection leads, in place of following it."""
        request = urllib.request.Request(self.url + path, data, dict(headers or {}))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
        try:
            with opener.open(request, timeout=20) as got:
                return got.status, got.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers.get("Location") or refused.read().decode()

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def serving(
    command: Sequence[str], *args: str, folder: Path, env: dict[str, str] | None = None, ready: str = " listens on "
) -> Iterator[Serving]:
    process = subprocess.Popen(
        [sys.executable, *command, *args, "--events", "jsonl"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(folder, env or {}),
        start_new_session=True,
    )
    found = Serving(process)
    try:
        found.url = found.until("log", ready)["text"].rpartition(" ")[2]
        yield found
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a command may have started others
        process.wait()
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stderr.close()
