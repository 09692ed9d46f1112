"""Ctrl-C and requests to terminate: the first has everything unwound, the second ends the process at once."""

from __future__ import annotations

import _thread
import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

PATIENCE = 2.0
"""Seconds that code which never waits has to come to a wait; then it is interrupted where it is."""

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


@contextmanager
def cancelled_by_signals(task: asyncio.Future[Any]) -> Iterator[None]:
    """Cancel the task at the first signal while the body runs; the second raises `KeyboardInterrupt`.

    What is ignored, as `nohup` has it, stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    asked = False
    is_heard = threading.Event()

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        loop.call_soon_threadsafe(cancel)
        threading.Thread(target=insist, args=(number,), daemon=True, name="nexa-stop").start()

    def cancel() -> None:
        is_heard.set()
        task.cancel()

    def insist(number: int) -> None:
        if not is_heard.wait(PATIENCE):
            _signal_again(number)

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in heard}
    try:
        yield
    finally:
        is_heard.set()
        for number, handler in before.items():
            signal.signal(number, handler)


def _signal_again(number: int) -> None:
    """The signal once more, which also ends a call that blocks."""
    if os.name == "posix":
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        _thread.interrupt_main(signal.Signals(number))
