"""A keystroke, then what a screen asks for: the difference of semantic tokens, those of the screen, inlay hints.

    python tests/bench/bench_colours.py [--lines 1000,10000] [--edits 30]

Milliseconds from sending the edit to the answer, so reading the edit is part of them; medians and the 95th percentile.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.sources import program
from bench.timing import table
from harness.client import Client, Json

URI = "file:///bench/program.nx"
DOCUMENT = {"textDocument": {"uri": URI}}
PAUSE = 0.05
"""Seconds between two keystrokes."""


def measure(lines: int, edits: int) -> dict[str, list[float]]:
    """One session: everything once from nothing, then after each of some keystrokes in mid-file."""
    text = program(lines)
    times: dict[str, list[float]] = {}
    line = text[: text.index("notes = topic", len(text) // 2)].count("\n")
    screen = {"start": {"line": line - 30, "character": 0}, "end": {"line": line + 30, "character": 0}}
    with Client() as client:
        client.initialize()
        client.open(URI, text, 1)
        client.diagnostics(URI, 1)
        shown = asked(client, times, "first, all", "textDocument/semanticTokens/full", {})["resultId"]
        for version in range(2, edits + 2):
            time.sleep(PAUSE)
            change(client, version, line)
            params = {"previousResultId": shown}
            shown = asked(client, times, "difference", "textDocument/semanticTokens/full/delta", params)["resultId"]
            time.sleep(PAUSE)
            change(client, version + 1000, line)
            asked(client, times, "screen", "textDocument/semanticTokens/range", {"range": screen})
            time.sleep(PAUSE)
            change(client, version + 2000, line)
            asked(client, times, "hints", "textDocument/inlayHint", {"range": screen})
        client.shutdown()
    return times


def change(client: Client, version: int, line: int) -> None:
    place = {"line": line, "character": 4}
    client.change(URI, version, {"range": {"start": place, "end": place}, "text": "x"})


def asked(client: Client, times: dict[str, list[float]], name: str, method: str, params: Json) -> Json:
    began = time.perf_counter()
    answer: Json = client.request(method, {**DOCUMENT, **params})
    times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
    return answer


def figures(values: list[float]) -> str:
    if len(values) == 1:
        return f"{values[0]:.0f}"
    return f"{median(values):.1f} ({quantiles(values, n=20)[-1]:.1f})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", default="1000,10000")
    parser.add_argument("--edits", type=int, default=30)
    chosen = parser.parse_args()
    measured = {int(lines): measure(int(lines), chosen.edits) for lines in chosen.lines.split(",")}
    names = next(iter(measured.values()))
    table(
        ("lines", *names),
        [(str(lines), *(figures(times[name]) for name in names)) for lines, times in measured.items()],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
