"""What laying out costs: a file that is laid out already, one that was indented otherwise, and a statement of it."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable

from sources import program
from timing import table

from nexa.compiler.file import File
from nexa.compiler.format import formatted
from nexa.ide.features.formatting import formatting, range_formatting
from nexa.syntax import Span

LINES = (100, 1_000, 10_000)
ROUNDS = 7


def median(work: Callable[[], object]) -> float:
    """The median time of a call, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3


def main() -> None:
    """Print the table."""
    rows = []
    for lines in LINES:
        file = File.parse("a.nx", program(lines).encode())
        tidy = File.parse("a.nx", formatted(file.tree).text)
        untidy = File.parse("a.nx", re.sub(rb"\n {4}(?=\w)", b"\n  ", tidy.text))
        at = untidy.text.index(b"report =", max(0, len(untidy.text) // 2 - 2_000))
        rows.append(
            (
                f"{lines:,} lines",
                f"{median(lambda: formatting(tidy, 120)):.1f}",  # noqa: B023  # called at once
                f"{median(lambda: formatting(untidy, 120)):.1f}",  # noqa: B023
                f"{median(lambda: range_formatting(untidy, [Span(at, at)], 120)):.1f}",  # noqa: B023
            )
        )
    table(("file", "laid out already, ms", "indented otherwise, ms", "one statement, ms"), rows)


if __name__ == "__main__":
    main()
