"""What parsing costs: a whole file, and one character typed in the middle of it."""

from __future__ import annotations

import statistics
import time

from sources import program
from timing import table

from nexa.syntax import Edit, parse

LINES = (100, 1_000, 10_000)
ROUNDS = 15
KEYSTROKES = 200


def full(text: bytes) -> float:
    """The median time of a parse from scratch, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        parse(text)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def keystroke(text: bytes) -> float:
    """The median time to type one character into a name in the middle, in seconds."""
    tree = parse(text)
    at = text.index(b"(", len(text) // 2) - 1
    times = []
    for _ in range(KEYSTROKES):
        typed = tree.text[:at] + b"x" + tree.text[at:]
        start = time.perf_counter()
        tree = tree.edited([Edit(at, at, at + 1)], typed)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    rows = []
    for lines in LINES:
        text = program(lines).encode()
        whole = full(text)
        rows.append(
            (
                f"{lines:,} lines, {len(text) / 1024:.0f} KiB",
                f"{whole * 1e3:.1f}",
                f"{len(text) / whole / 1e6:.1f}",
                f"{keystroke(text) * 1e6:.0f}",
            )
        )
    table(("file", "full parse, ms", "MB/s", "one character, µs"), rows)


if __name__ == "__main__":
    main()
