"""Checks groups of files: from the cache where nothing changed, in this process or in several where much did."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nexa.cli.cache import Cache, Remembered
from nexa.cli.disk import Disk
from nexa.cli.guard import described

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from nexa.cli.analyse import Task

BYTES_PER_PROCESS = 150_000
"""Below this, starting another process takes longer than the work that it would do."""

OBJECTS_PER_COLLECTION = 250_000
"""About what a file of ten thousand lines leaves, or twenty megabytes."""


@dataclass(slots=True)
class Results:
    """What was found in each group, in their order. `bugs` describe where we failed; None is what is missing then."""

    found: list[Remembered | None] = field(default_factory=list)
    bugs: list[str] = field(default_factory=list)
    remembered: int = 0
    processes: int = 1


def check_groups(tasks: Sequence[Task], disk: Disk, cache: Cache, jobs: int | None) -> Results:
    """All groups; a bug in one does not keep the others from being checked."""
    keys = [cache.key(task.paths, task.settings) for task in tasks]
    results = Results([cache.get(key, disk) for key in keys])
    open_ = [at for at, one in enumerate(results.found) if one is None]
    results.remembered = len(tasks) - len(open_)
    if not open_:
        return results
    results.processes = _processes([_size(tasks[at], disk) for at in open_], jobs)
    for at, answer in _checked([(at, tasks[at]) for at in open_], disk, results.processes):
        if isinstance(answer, str):
            results.bugs.append(answer)
        else:
            results.found[at] = answer
            results.bugs += answer.bugs
            cache.put(keys[at], answer)
    cache.tidy()
    return results


def _size(task: Task, disk: Disk) -> int:
    return sum(len(disk.load(path) or b"") for path in task.paths)


def _processes(sizes: Sequence[int], jobs: int | None) -> int:
    wanted = jobs if jobs is not None else min(_cpus(), sum(sizes) // BYTES_PER_PROCESS)
    return max(1, min(wanted, len(sizes)))


def _cpus() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))  # a container may give us fewer than there are
    return os.cpu_count() or 1


def _checked(work: list[tuple[int, Task]], disk: Disk, processes: int) -> Iterator[tuple[int, Remembered | str]]:
    if processes == 1:
        with little_garbage():
            for at, task in work:
                yield at, attempt(task, disk)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed

    with ProcessPoolExecutor(processes, mp_context=_context()) as pool:
        futures = {pool.submit(_in_worker, part, disk.texts_of(part)): part for part in _parts(work, disk, processes)}
        for future in as_completed(futures):
            try:
                yield from future.result()
            except Exception as bug:  # a worker that died; what it had is lost
                yield from ((at, described(bug, _doing(task))) for at, task in futures[future])


def _context() -> BaseContext | None:
    """Where forking is safe and cheap, workers inherit the compiler; elsewhere each imports it."""
    if sys.platform != "linux":
        return None
    import multiprocessing

    import nexa.compiler.analysis  # noqa: F401  # imported once here instead of once in each worker

    return multiprocessing.get_context("fork")


Part = list[tuple[int, "Task"]]


def _parts(work: Part, disk: Disk, processes: int) -> list[Part]:
    """Shares of similar size, several per process, so that none waits long for the last."""
    largest = sum(_size(task, disk) for _, task in work) // (processes * 4) + 1
    parts: list[Part] = [[]]
    size = 0
    for one in work:
        size += _size(one[1], disk)
        parts[-1].append(one)
        if size >= largest:
            parts.append([])
            size = 0
    return [part for part in parts if part]


def _in_worker(part: Part, texts: dict[str, bytes]) -> list[tuple[int, Remembered | str]]:
    disk = Disk(texts)
    with little_garbage():
        return [(at, attempt(task, disk)) for at, task in part]


@contextmanager
def little_garbage() -> Iterator[None]:
    """Trees are large and hold hardly any circles: looking for some after every 700 objects finds next to nothing."""
    thresholds = gc.get_threshold()
    gc.set_threshold(OBJECTS_PER_COLLECTION, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def attempt(task: Task, disk: Disk) -> Remembered | str:
    """The findings of a group, or the description of a bug of ours."""
    from nexa.cli.analyse import analyse

    try:
        return analyse(task, disk)
    except Exception as bug:
        return described(bug, _doing(task))


def _doing(task: Task) -> str:
    more = f" and {len(task.paths) - 1} more" if len(task.paths) > 1 else ""
    return f" while checking {task.paths[0]}{more}"
