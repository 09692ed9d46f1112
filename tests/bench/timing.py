"""How the benchmarks time whole commands and print tables."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence


def seconds(command: Sequence[str], cwd: str | None = None, expect: Iterable[int] = (0, 1)) -> float:
    """Wall time of one run of a command, in seconds. A status that is not expected is a RuntimeError."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    taken = time.perf_counter() - start
    if done.returncode not in set(expect):
        raise RuntimeError(f"{command} exited with {done.returncode}: {done.stderr.decode(errors='replace')[-400:]}")
    return taken


def in_turn(
    commands: dict[str, Sequence[str]], rounds: int, cwd: str | None = None, before: Callable[[str], None] | None = None
) -> dict[str, list[float]]:
    """Times each command `rounds` times, in turn (A B A B …), so that a slow minute hits all of them.

    `before` is called with a command's name before each of its runs and is not timed. The first round warms up and
    does not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            if before is not None:
                before(name)
            measured = seconds(command, cwd)
            if number > 0:
                taken[name].append(measured)
    return taken


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a Markdown table; the first column is text, the others are figures."""
    print("| " + " | ".join(header) + " |")
    print("|---" + "|--:" * (len(header) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def milliseconds(values: Sequence[float]) -> str:
    """Median and range of times in seconds, as milliseconds."""
    return f"{statistics.median(values) * 1e3:.0f} ({min(values) * 1e3:.0f}–{max(values) * 1e3:.0f})"
