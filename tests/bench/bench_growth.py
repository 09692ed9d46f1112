"""From a keystroke to its diagnostics, beside a pygls server that checks nothing, as the file and the project grow.

    python tests/bench/bench_growth.py [--times 25]

One run: 1 000 and 10 000 lines alone, then 1 000 lines with 200 and with 1 000 files of 100 lines in the same folder.
Medians in milliseconds. `growth` is against 1 000 lines alone; the exit status says whether all of it holds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.bench_keystroke import SERVERS
from bench.bench_requests import Editing
from bench.sources import program
from bench.timing import table
from harness.client import Client

SIZES = ((1_000, 1, 1.0), (10_000, 1, 2.0), (1_000, 200, 1.3), (1_000, 1_000, 1.3))
"""Lines, files, and how much more a keystroke may take than in the first row."""
MOST_ABOVE = 3.0
"""Milliseconds that a keystroke in 1 000 lines may take more than one on bare pygls."""


def keystrokes(lines: int, files: int, times: int) -> Iterator[float]:
    """What a keystroke takes with each server, in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(1, files):
            (folder / f"other{number}.nx").write_text(program(100, number), encoding="utf-8")
        main = folder / "main.nx"
        main.write_text(program(lines), encoding="utf-8")
        for command in SERVERS.values():
            with Client(command, cwd=folder) as client:
                client.initialize(root=folder)
                editing = Editing(client, main.as_uri(), program(lines))
                time.sleep(1 + files / 100)  # the index is read meanwhile
                yield editing.keystroke(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=25)
    times = parser.parse_args().times
    rows, failed, first = [], 0, 0.0
    for lines, files, most in SIZES:
        floor, ours = keystrokes(lines, files, times)
        first = first or ours
        holds = ours <= first * most and (lines > SIZES[0][0] or ours - floor <= MOST_ABOVE)
        failed += not holds
        figures = (f"{floor:.1f}", f"{ours:.1f}", f"{ours - floor:.1f}", f"{ours / first:.2f}", f"{most:.1f}")
        rows.append((f"{lines:,} lines, {files:,} file{'s'[: files != 1]}", *figures, "yes" if holds else "NO"))
    table(("", "floor", "nexa-lsp", "above", "growth", "at most", "holds"), rows)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
