"""Start to `initialize`, open to diagnostics, keystroke to diagnostics: ours beside a pygls server that does nothing.

    python tests/bench/bench_keystroke.py [--lines 100,1000,10000] [--edits 40] [--rounds 3]

Both servers are spoken to in turns, so that a slow minute hits both. Figures are milliseconds, medians over all rounds;
`p95` is the 95th percentile. A keystroke types or deletes one `)` in mid-file, which makes or mends a mistake.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.sources import program
from harness.client import SERVER, Client, framed

SERVERS = {"floor (pygls)": (sys.executable, str(Path(__file__).with_name("floor_server.py"))), "nexa-lsp": SERVER}
URI = "file:///bench/program.nx"
PAUSE = 0.02
"""Seconds between two keystrokes: no server is asked while it still works on the last one."""


def measure(command: tuple[str, ...], text: str, edits: int) -> dict[str, list[float]]:
    """One session: a fresh process, one document."""
    times: dict[str, list[float]] = {}
    line, column = place_of_edit(text)
    began = time.perf_counter()
    with Client(command) as client:
        client.initialize()
        times["start"] = [since(began)]
        time.sleep(0.5)
        began = time.perf_counter()
        client.open(URI, text, 1)
        client.diagnostics(URI, 1)
        times["open"] = [since(began)]
        time.sleep(0.2)
        times["edit"] = [keystroke(client, number + 2, line, column) for number in range(edits)]
        times["hover"] = [hover_after_keystroke(client, edits + number + 2, line) for number in range(10)]
        times["50 edits"] = [burst(client, edits + 100, line, column)]
        times["MiB"] = [resident(client)]
        client.shutdown()
    return times


def keystroke(client: Client, version: int, line: int, column: int) -> float:
    time.sleep(PAUSE)
    began = time.perf_counter()
    client.change(URI, version, change(line, column, is_typed=version % 2 == 0))
    client.diagnostics(URI, version)
    return since(began)


def hover_after_keystroke(client: Client, version: int, line: int) -> float:
    time.sleep(PAUSE)
    began = time.perf_counter()
    client.change(URI, version, change(line, 0, is_typed=True, text=" "))
    client.ask("textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": line, "character": 8}})
    return since(began)


def burst(client: Client, first: int, line: int, column: int) -> float:
    messages = b""
    for number in range(50):
        params = {
            "textDocument": {"uri": URI, "version": first + number},
            "contentChanges": [change(line, column, is_typed=number % 2 == 0)],
        }
        messages += framed({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})
    began = time.perf_counter()
    client.send_bytes(messages)
    client.diagnostics(URI, first + 49)
    return since(began)


def place_of_edit(text: str) -> tuple[int, int]:
    """Behind the last call in mid-file."""
    lines = text.splitlines()
    middle = len(lines) // 2
    line = next((n for n in range(middle, len(lines)) if lines[n].rstrip().endswith(".run(topic)")), None)
    if line is None:
        line = next(n for n, one in enumerate(lines) if one.rstrip().endswith(")"))
    return line, len(lines[line])


def change(line: int, column: int, *, is_typed: bool, text: str = ")") -> dict:
    end = column if is_typed else column + len(text)
    places = {"start": {"line": line, "character": column}, "end": {"line": line, "character": end}}
    return {"range": places, "text": text if is_typed else ""}


def since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def resident(client: Client) -> float:
    """Mebibytes; 0 where that cannot be read."""
    try:
        status = Path(f"/proc/{client.process.pid}/status").read_text()
    except OSError:
        return 0.0
    return next(int(row.split()[1]) / 1024 for row in status.splitlines() if row.startswith("VmRSS"))


def rows(sizes: list[int], edits: int, rounds: int) -> list[str]:
    """The table, a Markdown line each."""
    table = [
        "| lines | server | start | open | edit | edit p95 | hover | 50 edits | MiB |",
        "|--:|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for size in sizes:
        text = program(size)
        found: dict[str, dict[str, list[float]]] = {name: {} for name in SERVERS}
        for _ in range(rounds):
            for name, command in SERVERS.items():
                for what, times in measure(command, text, edits).items():
                    found[name].setdefault(what, []).extend(times)
        for name, times in found.items():
            figures = [median(times["start"]), median(times["open"]), median(times["edit"])]
            figures += [quantiles(times["edit"], n=20)[-1], median(times["hover"]), median(times["50 edits"])]
            shown = " | ".join(f"{figure:.1f}" for figure in figures)
            table.append(f"| {size} | {name} | {shown} | {median(times['MiB']):.0f} |")
    return table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", default="100,1000,10000")
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print("\n".join(rows([int(one) for one in options.lines.split(",")], options.edits, options.rounds)))


if __name__ == "__main__":
    main()
