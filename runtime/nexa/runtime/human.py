"""The human in the loop: one line of standard input at a time."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO


class Human:
    """Whoever sits at standard input.

    `announce` is told the prompt before each wait. `is_present` says that a person, or an editor in a person's place,
    is at the other end: only then is anybody asked to approve something.
    """

    def __init__(
        self, announce: Callable[[str], None], *, is_present: bool | None = None, stdin: TextIO | None = None
    ) -> None:
        self._announce = announce
        self._stdin = stdin
        self._lock: asyncio.Lock | None = None
        self._is_present = is_present

    @property
    def is_present(self) -> bool:
        """Whether somebody can be expected to answer."""
        if self._is_present is not None:
            return self._is_present
        stdin = self._stdin or sys.stdin
        return stdin is not None and not stdin.closed and stdin.isatty()

    async def ask(self, prompt: str = "") -> str | None:
        """The next line without its end; None at the end of input. Questions wait for one another."""
        self._lock = self._lock or asyncio.Lock()
        async with self._lock:
            self._announce(prompt)
            line = await in_daemon_thread((self._stdin or sys.stdin).readline)
        return line.rstrip("\r\n") if line else None

    async def approve(self, what: str) -> bool:
        """Whether somebody is there and answers yes."""
        if not self.is_present:
            return False
        answer = await self.ask(f"{what} [y/N] ")
        return (answer or "").strip().casefold() in ("y", "yes")


async def in_daemon_thread(work: Callable[[], str]) -> str:
    """Run blocking `work` beside the loop, in a thread that does not keep the program from ending.

    The loop's own executor would: after Ctrl-C it waits for a read that nobody answers.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[str] = loop.create_future()

    def deliver(result: str | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result or "")

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:  # whoever awaits gets it
            failure = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(deliver, result, failure)

    threading.Thread(target=run, daemon=True, name="nexa-input").start()
    return await future
