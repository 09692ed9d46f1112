"""A coding agent's side of the Model Context Protocol: a client that speaks to the real `nexa mcp` over its streams."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

Json = dict[str, Any]

PATIENCE = 60.0


class Agent:
    """One connection. `told` are the notifications that came meanwhile."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.told: list[Json] = []
        self.roots: list[str] | None = None
        self.tools: dict[str, Json] = {}
        self._numbers = iter(range(1, 1_000_000))
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def send_raw(self, line: bytes) -> None:
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def send(self, message: Json) -> None:
        self.send_raw(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")

    def receive(self, seconds: float = PATIENCE) -> Json:
        """The next message; questions of the server are answered on the way."""
        while True:
            line = self._lines.get(timeout=seconds)
            assert line, "the server has ended"
            message = json.loads(line)
            if message.get("method") == "roots/list":
                self.send({"id": message["id"], "result": {"roots": [{"uri": one} for one in self.roots or []]}})
            elif "method" in message:
                self.told.append(message)
            else:
                return message

    def begin(self, method: str, params: Json | None = None) -> int:
        number = next(self._numbers)
        self.send({"id": number, "method": method, "params": params or {}})
        return number

    def end(self, number: int) -> Json:
        message = self.receive()
        assert message["id"] == number, message
        return message

    def ask(self, method: str, params: Json | None = None) -> Json:
        message = self.end(self.begin(method, params))
        assert "result" in message, message
        return message["result"]

    def refused(self, method: str, params: Json | None = None) -> Json:
        message = self.end(self.begin(method, params))
        assert "error" in message, message
        return message["error"]

    def call(self, tool: str, **arguments: Any) -> Json:
        """What a tool says to those who compute; its text is in `text`, whether it failed in `is_failure`."""
        result = self.ask("tools/call", {"name": tool, "arguments": arguments})
        (content,) = result["content"]
        assert content["type"] == "text"
        return {**result["structuredContent"], "text": content["text"], "is_failure": result["isError"]}

    def check(self, tool: str, expect: object = None, **arguments: Any) -> Json:
        """The same of a call that has to succeed, with arguments that its schema allows."""
        schema = self.tools[tool]["inputSchema"]
        assert [one.message for one in Draft202012Validator(schema).iter_errors(arguments)] == []
        answer = self.call(tool, **arguments)
        assert not answer["is_failure"], answer["text"]
        if expect is not None:
            assert expect in answer["text"], answer["text"]
        return answer

    def declined(self, tool: str, **arguments: Any) -> str:
        """Why a tool does not answer."""
        answer = self.call(tool, **arguments)
        assert answer["is_failure"], answer["text"]
        return answer["text"]

    def introduce(self, version: str = "2025-11-25") -> Json:
        can = {} if self.roots is None else {"roots": {"listChanged": True}}
        client = {"name": "tests", "version": "1"}
        hello = self.ask("initialize", {"protocolVersion": version, "capabilities": can, "clientInfo": client})
        self.send({"method": "notifications/initialized"})
        self.tools = {one["name"]: one for one in self.ask("tools/list")["tools"]}
        return hello


@contextmanager
def agent(
    folder: Path, *arguments: str, roots: list[str] | None = None, env: Mapping[str, str] | None = None
) -> Iterator[Agent]:
    """A server in a folder, with an introduced client; it has to survive whatever happens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "nexa.cli", "mcp", *arguments], cwd=folder, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **(env or {})},
    )  # fmt: skip
    try:
        client = Agent(process)
        client.roots = roots
        client.introduce()
        yield client
        assert process.poll() is None, "the server has ended"
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
        errors = process.stderr.read().decode()
        assert "Traceback" not in errors, errors
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Files by their paths below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
