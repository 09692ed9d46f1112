"""Work that blocks, done in a thread with a loop of its own, and the way back from there.

Models, memories and the person at the terminal belong to the loop of the run. A tool in its thread that asks an agent
is answered from there: `at_home` carries the question over, context variables included.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import copy_context
from typing import Any, TypeVar

_T = TypeVar("_T")


async def at_home(home: asyncio.AbstractEventLoop | None, work: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Await `work` in the loop `home`, from whichever loop this is called in."""
    if home is None or home is asyncio.get_running_loop():
        return await work()
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work(), home))


async def in_thread(work: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Await `work` in a thread, in a loop of its own, with the caller's context.

    Cancelling stops waiting at once and cancels `work` at its next `await`; Python code that blocks is left behind
    in its thread, which does not keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[_T] = loop.create_future()
    inner: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[_T]]] = []

    async def main() -> _T:
        task = asyncio.current_task()
        assert task is not None
        inner.append((asyncio.get_running_loop(), task))
        return await work()

    def deliver(result: _T | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is None:
            done.set_result(result)  # type: ignore[arg-type]  # without an error there is a result
        elif isinstance(error, asyncio.CancelledError):
            done.cancel()
        elif isinstance(error, StopIteration):  # a future does not take it
            done.set_exception(RuntimeError(str(error)))
        else:
            done.set_exception(error)

    def run() -> None:
        result, failure = None, None
        try:
            result = asyncio.run(main())
        except BaseException as error:  # whoever awaits gets it
            failure = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(deliver, result, failure)

    context = copy_context()
    threading.Thread(target=context.run, args=(run,), daemon=True, name="nexa-tool").start()
    try:
        return await done
    except asyncio.CancelledError:
        for other, task in inner:
            with suppress(RuntimeError):  # it ended meanwhile
                other.call_soon_threadsafe(task.cancel)
        raise
