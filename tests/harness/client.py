"""A client that speaks to the real server over its standard streams, byte by byte where a test wants to be nasty."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from typing import Any

PATIENCE = 60.0
"""Seconds until a silent server fails a test; machines that run tests are shared and slow."""

Json = dict[str, Any]

SERVER = (sys.executable, "-c", "import sys; from nexa.lsp import main; sys.exit(main(['--stdio']))")


class ServerSilentError(AssertionError):
    """The server did not say what was waited for; `seen` is what it said instead."""


class Client:
    """Sends anything; reads framed messages on a thread; answers the server's own requests with null."""

    def __init__(
        self, command: tuple[str, ...] = SERVER, *, cwd: Path | None = None, env: dict[str, str] | None = None
    ):
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, **(env or {})},
        )
        self.seen: list[Json] = []
        self.arrivals: dict[int | str | None, float] = {}
        """When each answer was here, not read yet; for benchmarks."""
        self.answers: dict[str, Callable[[Any], Any]] = {}
        self._messages: Queue[Json | None] = Queue()
        self._next_id = 0
        self._errors: list[bytes] = []
        self._threads = [threading.Thread(target=f, daemon=True) for f in (self._read_messages, self._read_errors)]
        for thread in self._threads:
            thread.start()

    # ── sending

    def send_bytes(self, data: bytes) -> None:
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message: Any) -> None:
        self.send_bytes(framed(message))

    def notify(self, method: str, params: Any = None) -> None:
        self.send({"jsonrpc": "2.0", "method": method, **({} if params is None else {"params": params})})

    def start_request(self, method: str, params: Any = None) -> int:
        self._next_id += 1
        self.send(
            {"jsonrpc": "2.0", "id": self._next_id, "method": method, **({} if params is None else {"params": params})}
        )
        return self._next_id

    def ask(self, method: str, params: Any = None) -> Json:
        """The whole response: `result` or `error`."""
        return self.response(self.start_request(method, params))

    def request(self, method: str, params: Any = None) -> Any:
        response = self.ask(method, params)
        assert "error" not in response, response
        return response["result"]

    def initialize(self, capabilities: Json | None = None, root: Path | None = None, **more: Any) -> Json:
        params = {"processId": os.getpid(), "rootUri": root.as_uri() if root else None, **more}
        result: Json = self.request("initialize", {**params, "capabilities": capabilities or {}})
        self.notify("initialized", {})
        return result

    # ── documents

    def open(self, uri: str, text: str, version: int = 1) -> None:
        item = {"uri": uri, "languageId": "nexa", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", params)

    def diagnostics(self, uri: str, version: int | None = None) -> list[Json]:
        """The next publication for a document, or the first of exactly this version."""

        def fits(message: Json) -> bool:
            params = message.get("params", {})
            is_ours = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri
            return is_ours and (version is None or params.get("version") == version)

        found: list[Json] = self.wait_for(fits)["params"]["diagnostics"]
        return found

    # ── receiving

    def response(self, id_: int | str | None) -> Json:
        return self.wait_for(lambda m: "method" not in m and m.get("id") == id_)

    def notification(self, method: str) -> Any:
        return self.wait_for(lambda m: m.get("method") == method).get("params")

    def wait_for(self, fits: Callable[[Json], bool]) -> Json:
        """The first message that fits and that nobody has waited for yet."""
        for index, message in enumerate(self.seen):
            if fits(message):
                return self.seen.pop(index)
        while True:
            message = self._next_message()
            if fits(message):
                return message
            self.seen.append(message)

    def drain(self, method: str = "textDocument/documentSymbol") -> list[Json]:
        """Everything said until now, told by a request that is answered after it."""
        self.response(self.start_request(method, {"textDocument": {"uri": "untitled:nothing"}}))
        said, self.seen = self.seen, []
        return said

    def _next_message(self) -> Json:
        try:
            message = self._messages.get(timeout=PATIENCE)
        except Empty:
            raise ServerSilentError(f"waited {PATIENCE} s; so far: {self.seen}\n{self.errors()}") from None
        if message is None:
            raise ServerSilentError(f"the server has ended; so far: {self.seen}\n{self.errors()}")
        return message

    # ── the end

    def close_input(self) -> None:
        self.process.stdin.close()

    def shutdown(self) -> int:
        """The polite way; returns the exit code."""
        self.request("shutdown")
        self.notify("exit")
        return self.exit_code()

    def exit_code(self) -> int:
        return self.process.wait(timeout=PATIENCE)

    def errors(self) -> str:
        return b"".join(self._errors).decode("utf-8", "replace")

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass

    def _read_messages(self) -> None:
        while (body := _read_body(self.process.stdout)) is not None:
            arrived = time.perf_counter()
            message = json.loads(body)
            if "method" not in message:
                self.arrivals[message.get("id")] = arrived
            if "method" in message and "id" in message:
                result = self.answers.get(message["method"], lambda _: None)(message.get("params"))
                try:
                    self.send({"jsonrpc": "2.0", "id": message["id"], "result": result})
                except (OSError, ValueError):
                    return
            self._messages.put(message)
        self._messages.put(None)

    def _read_errors(self) -> None:
        while line := self.process.stderr.readline():
            self._errors.append(line)


def framed(message: Any) -> bytes:
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def _read_body(stream: Any) -> bytes | None:
    length = None
    while line := stream.readline():
        if not line.strip():
            break
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if length is None:
        return None
    body = stream.read(length)
    return body if len(body) == length else None
