"""Where the bytes come from and go to: standard streams or a socket.

Owns descriptors, reader threads and the watch on the client's process. Refuses to know messages.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

from nexa.lsp.inbox import Inbox

CHUNK = 256 * 1024
"""Bytes asked for at once."""

PIPE = 1024 * 1024
"""Bytes that may be on their way to the client. By default 64 KiB: a sixteenth of what 3 000 findings take."""

TURN = 0.0005
"""Seconds after which a thread that has the interpreter gives it to one that has bytes to read. By default 5 ms:
more than an analysis takes, which then would not notice what has arrived."""

PARENT_INTERVAL = 3.0
"""Seconds between two looks at whether the client's process is still there."""

Read = Callable[[int], bytes]
Write = Callable[[bytes], None]


def open_standard_streams() -> tuple[Read, Write]:
    """Our own copies of stdin and stdout, in binary.

    Standard output then points at standard error: a stray `print` in a library must not end up between two messages.
    Runs that we start inherit neither.
    """
    _make_binary(sys.stdin.fileno())
    _make_binary(sys.stdout.fileno())
    source, target = os.dup(sys.stdin.fileno()), os.dup(sys.stdout.fileno())
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, sys.stdin.fileno())
    os.close(null)
    _widen(target)
    return (lambda size: os.read(source, size)), (lambda data: write_all(target, data))


def _widen(target: int) -> None:
    """Let a pipe take a whole message at once, where the system can: we need not wait until the client has read it."""
    if sys.platform == "linux":
        import fcntl

        # A socket has no such size, and who runs as a guest may not be given it: then it stays as it is.
        with suppress(OSError):
            fcntl.fcntl(target, fcntl.F_SETPIPE_SZ, PIPE)


def write_all(target: int, data: bytes) -> None:
    """Write everything; the kernel may take less at a time."""
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]


def accept_one(address: tuple[str, int], announce: Callable[[str], None]) -> tuple[Read, Write]:
    """Listen, say where, serve the first client that connects. Raises OSError when the address is not to be had."""
    import socket  # over standard streams nobody needs it

    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.create_server(address, family=family) as listener:
        host, port = listener.getsockname()[:2]
        announce(f"{host}:{port}")
        client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client.recv, client.sendall


def read_into(inbox: Inbox, read: Read) -> None:
    """Start the thread that reads until the end."""
    sys.setswitchinterval(min(sys.getswitchinterval(), TURN))

    def run() -> None:
        try:
            while chunk := read(CHUNK):
                inbox.put_bytes(chunk)
        except (OSError, ValueError):
            # A broken stream is an ended one.
            pass
        inbox.put_end()

    threading.Thread(target=run, name="nexa-reader", daemon=True).start()


def watch_process(inbox: Inbox, process: int) -> None:
    """End the connection when the process that started us is gone, as LSP asks for."""

    def run() -> None:
        while is_alive(process):
            stopped.wait(PARENT_INTERVAL)
        inbox.put_end()

    stopped = threading.Event()
    threading.Thread(target=run, name="nexa-parent", daemon=True).start()


def end_on_signals(inbox: Inbox) -> None:
    """SIGTERM and Ctrl-C end the connection as a lost client would, so that runs are stopped on the way out."""
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda *_: inbox.put_end())


def is_alive(process: int) -> bool:
    """Whether a process with this id exists. When that cannot be told, it does."""
    if process <= 0:
        return True
    if sys.platform == "win32":
        return _is_alive_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _is_alive_on_windows(process: int) -> bool:
    import ctypes

    synchronize, still_waiting = 0x00100000, 0x00000102
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]  # Windows only
    handle = kernel.OpenProcess(synchronize, False, process)
    if not handle:
        return bool(ctypes.get_last_error() != 87)  # type: ignore[attr-defined,unused-ignore]  # 87: no such process
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == still_waiting)
    finally:
        kernel.CloseHandle(handle)


def _make_binary(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(descriptor, os.O_BINARY)
