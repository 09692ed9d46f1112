"""Child processes for runs: started in a group of their own, read line by line, ended with everything they started.

Owns the operating system's side. Refuses to know what the lines mean. User code never runs in our own process.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MAX_LINE = 8 * 1024 * 1024
"""Bytes. What is longer is no event and is dropped."""

MAX_AHEAD = 500
"""Lines read from a child and not handled yet; then the child has to wait."""

KEPT_ERRORS = 8 * 1024
"""Bytes of standard error kept for the message when a run fails."""

GRACE = 5.0
"""Seconds between asking a child to end and ending it."""

Post = Callable[[Callable[[], None]], None]


@dataclass(slots=True)
class Child:
    """A process that we started. `on_line` and `on_end` are called on the serving thread."""

    process: subprocess.Popen[bytes]
    errors: deque[bytes] = field(default_factory=deque)

    def error_text(self) -> str:
        """The end of what it wrote to standard error."""
        return b"".join(self.errors).decode("utf-8", "replace").strip()


def start(
    command: Sequence[str],
    cwd: str,
    post: Post,
    on_line: Callable[[bytes], None],
    on_end: Callable[[int], None],
    *,
    language: str,
    has_input: bool = False,
) -> Child:
    """Start a child whose standard output is read as lines. Raises OSError when it cannot be started.

    It speaks the language of the editor. Its standard input is empty unless somebody is going to answer there.
    """
    process = subprocess.Popen(
        list(command),
        cwd=cwd,
        stdin=subprocess.PIPE if has_input else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            "NEXA_LANG": language,
        },
        **_GROUP,  # type: ignore[call-overload]  # the keys differ between systems
    )
    child = Child(process)
    errors = threading.Thread(target=_keep_errors, args=(child,), name="nexa-run-errors", daemon=True)
    errors.start()
    arguments = (child, errors, post, on_line, on_end)
    threading.Thread(target=_read_lines, args=arguments, name="nexa-run", daemon=True).start()
    return child


def answer(child: Child, text: str) -> bool:
    """Give it a line of standard input; False when nobody reads there (any more)."""
    pipe = child.process.stdin
    if pipe is None:
        return False
    try:
        pipe.write(text.encode() + b"\n")
        pipe.flush()
    except (OSError, ValueError):
        return False
    return True


def stop(child: Child) -> None:
    """Ask it to end; end it, with its children, when it has not done so after the grace time. Returns at once."""
    _signal_group(child.process, is_final=False)
    threading.Thread(target=_end_after_grace, args=(child.process,), name="nexa-run-end", daemon=True).start()


def stop_all(children: Sequence[Child], seconds: float) -> None:
    """End children and wait for it, at most so many seconds, then without asking."""
    deadline = time.monotonic() + seconds
    for child in children:
        _signal_group(child.process, is_final=False)
    for child in children:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
        # Also after a clean end: what it started itself may still be there.
        _signal_group(child.process, is_final=True)


def _read_lines(
    child: Child, errors: threading.Thread, post: Post, on_line: Callable[[bytes], None], on_end: Callable[[int], None]
) -> None:
    room = threading.Semaphore(MAX_AHEAD)

    def handle(line: bytes) -> None:
        try:
            on_line(line)
        finally:
            room.release()

    output = child.process.stdout
    assert output is not None
    with output:
        while line := output.readline(MAX_LINE):
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                _skip_line(output.readline)
                continue
            room.acquire()
            post(lambda line=line: handle(line))  # type: ignore[misc]  # the default binds this turn's line
    errors.join()
    status = child.process.wait()
    if child.process.stdin is not None:
        with contextlib.suppress(OSError):
            child.process.stdin.close()
    post(lambda: on_end(status))


def _skip_line(read: Callable[[int], bytes]) -> None:
    while (rest := read(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _keep_errors(child: Child) -> None:
    source = child.process.stderr
    assert source is not None
    kept = 0
    with source:
        while chunk := source.readline(KEPT_ERRORS):
            child.errors.append(chunk)
            kept += len(chunk)
            while kept > KEPT_ERRORS and len(child.errors) > 1:
                kept -= len(child.errors.popleft())


def _end_after_grace(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        pass
    _signal_group(process, is_final=True)


if sys.platform == "win32":
    _GROUP: dict[str, object] = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}

    def _signal_group(process: subprocess.Popen[bytes], *, is_final: bool) -> None:
        if process.poll() is not None:
            return
        if is_final:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(process.pid)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        else:
            process.send_signal(signal.CTRL_BREAK_EVENT)

else:
    _GROUP = {"start_new_session": True}

    def _signal_group(process: subprocess.Popen[bytes], *, is_final: bool) -> None:
        try:
            # The child leads its group, so the group is still ours to end after the child itself has gone.
            os.killpg(process.pid, signal.SIGKILL if is_final else signal.SIGTERM)
        except (ProcessLookupError, PermissionError):
            pass
