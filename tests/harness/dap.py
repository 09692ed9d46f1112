"""A client of the Debug Adapter Protocol, as much of one as tests need."""

from __future__ import annotations

import itertools
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from queue import Empty, Queue
from typing import IO, Any

PATIENCE = 60.0
"""Seconds until a silent adapter fails a test."""

Json = dict[str, Any]


class Debugger:
    """Speaks to a debug adapter."""

    def __init__(self, source: IO[bytes], sink: IO[bytes], close: Callable[[], object]) -> None:
        self._source, self._sink, self._close = source, sink, close
        self.seen: list[Json] = []
        self._messages: Queue[Json] = Queue()
        self._next = itertools.count(1)
        threading.Thread(target=self._read, daemon=True).start()

    @classmethod
    def started(cls, command: tuple[str, ...], **env: str) -> Debugger:
        """Of an adapter that is started as a process."""
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **env})

        def close() -> None:
            process.kill()
            process.wait()

        return cls(process.stdout, process.stdin, close)

    @classmethod
    def connected(cls, host: str, port: int) -> Debugger:
        """Of one that listens, or soon will."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                one = socket.create_connection((host, port))
            except OSError:
                assert time.monotonic() < deadline, f"nobody listens at {host}:{port}"
                time.sleep(0.05)
            else:
                stream = one.makefile("rwb")
                return cls(stream, stream, one.close)

    def __enter__(self) -> Debugger:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def start(self, command: str, **arguments: Any) -> int:
        number = next(self._next)
        body = json.dumps({"seq": number, "type": "request", "command": command, "arguments": arguments}).encode()
        self._sink.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._sink.flush()
        return number

    def ask(self, command: str, **arguments: Any) -> Json:
        """The body of the answer."""
        return self.answer(self.start(command, **arguments))

    def answer(self, number: int) -> Json:
        found = self._wait(lambda one: one["type"] == "response" and one["request_seq"] == number)
        assert found["success"], found
        return found.get("body") or {}

    def event(self, name: str) -> Json:
        """The body of the next event of that name."""
        return self._wait(lambda one: one["type"] == "event" and one["event"] == name).get("body") or {}

    def output(self, category: str = "stdout") -> str:
        """What the program has written up to now."""
        bodies = [one["body"] for one in self.seen if one.get("event") == "output"]
        return "".join(one["output"] for one in bodies if one.get("category") == category)

    def stop_at(self) -> tuple[str, int, Json]:
        """Wait until it stops: why, at which line, and the names and values of the innermost frame's locals."""
        stopped = self.event("stopped")
        frame = self.ask("stackTrace", threadId=stopped["threadId"])["stackFrames"][0]
        scopes = self.ask("scopes", frameId=frame["id"])["scopes"]
        variables = self.ask("variables", variablesReference=scopes[0]["variablesReference"])["variables"]
        return stopped["reason"], frame["line"], {one["name"]: one["value"] for one in variables}

    def _wait(self, is_wanted) -> Json:
        for position, one in enumerate(self.seen):
            if not one.get("taken") and is_wanted(one):
                self.seen[position]["taken"] = True
                return one
        while True:
            try:
                one = self._messages.get(timeout=PATIENCE)
            except Empty:
                raise AssertionError(f"the adapter was silent; before that it said {self.seen[-5:]}") from None
            self.seen.append(one)
            if is_wanted(one):
                one["taken"] = True
                return one

    def _read(self) -> None:
        stream = self._source
        while head := stream.readline():
            length = int(head.split(b":")[1])
            while stream.readline().strip():
                pass
            self._messages.put(json.loads(stream.read(length)))
