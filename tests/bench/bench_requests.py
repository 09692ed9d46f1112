"""Each request right behind a keystroke, and hovers while the other files of a workspace are read.

    python tests/bench/bench_requests.py [--lines 1000,10000] [--files 1000] [--times 15]

Figures are medians in milliseconds, from just before the `didChange` until the answer is here, not yet decoded.
`floor` is what a pygls server that checks nothing needs for the same keystroke and an empty hover, in the same run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.bench_keystroke import SERVERS, URI, change, place_of_edit, since
from bench.sources import program
from harness.client import Client

PAUSE = 0.03
FULL, DELTA = "textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta"


def requests(line: int, column: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is asked, with its parameters but for the document."""
    place = {"position": {"line": line, "character": column - 1}}
    screen = {
        "range": {"start": {"line": max(0, line - 30), "character": 0}, "end": {"line": line + 30, "character": 0}}
    }
    for name in ("hover", "definition", "completion", "signatureHelp", "references", "documentHighlight"):
        yield f"textDocument/{name}", {**place, "context": {"includeDeclaration": True, "triggerKind": 1}}
    for name in ("documentSymbol", "foldingRange", "codeLens", "documentLink"):
        yield f"textDocument/{name}", {}
    yield "textDocument/inlayHint", screen
    yield "textDocument/semanticTokens/range", screen
    yield DELTA, {}
    yield "textDocument/formatting", {"options": {"tabSize": 4, "insertSpaces": True}}


class Editing:
    """A document that is edited on and on."""

    def __init__(self, client: Client, uri: str, text: str) -> None:
        self.client, self.uri, self.version = client, uri, 1
        self.line, self.column = place_of_edit(text)
        client.open(uri, text, 1)
        client.diagnostics(uri, 1)

    def press(self) -> None:
        """Type or delete a blank in mid-file."""
        self.version += 1
        is_typed = self.version % 2 == 0
        self.client.change(self.uri, self.version, change(self.line, 0, is_typed=is_typed, text=" "))

    def time(self, method: str, params: dict[str, Any], times: int) -> float:
        """Milliseconds from a keystroke to the answer."""
        found = []
        for _ in range(times):
            time.sleep(PAUSE)
            began = time.perf_counter()
            self.press()
            asked = self.client.start_request(method, {"textDocument": {"uri": self.uri}, **params})
            answer = self.client.response(asked)
            found.append((self.client.arrivals[asked] - began) * 1e3)
            if method in (FULL, DELTA):
                params = {"previousResultId": answer["result"]["resultId"]}
        return median(found)

    def keystroke(self, times: int) -> float:
        """Milliseconds from a keystroke, which makes or mends a mistake, to its diagnostics."""
        found = []
        for number in range(times * 2):
            time.sleep(PAUSE)
            self.version += 1
            began = time.perf_counter()
            self.client.change(self.uri, self.version, change(self.line, self.column, is_typed=number % 2 == 0))
            self.client.diagnostics(self.uri, self.version)
            found.append(since(began))
        return median(found)


def by_request(sizes: list[int], times: int) -> Iterator[str]:
    """The first table."""
    columns: list[dict[str, float]] = []
    for size in sizes:
        text = program(size)
        with Client(SERVERS["floor (pygls)"]) as client:
            client.initialize()
            floor = Editing(client, URI, text).time(
                "textDocument/hover", {"position": {"line": 1, "character": 1}}, times
            )
        with Client(SERVERS["nexa-lsp"]) as client:
            client.initialize()
            editing = Editing(client, URI, text)
            first = client.request(FULL, {"textDocument": {"uri": URI}})["resultId"]
            column = {"floor: an empty hover": floor}
            for method, params in requests(editing.line, editing.column):
                more = {"previousResultId": first} if method == DELTA else {}
                column[method] = editing.time(method, {**params, **more}, times)
            columns.append(column)
    yield "| request after a keystroke | " + " | ".join(f"{size:,} lines" for size in sizes) + " |"
    yield "|---|" + "--:|" * len(sizes)
    for method in columns[0]:
        yield (
            f"| {method.removeprefix('textDocument/')} | " + " | ".join(f"{one[method]:.1f}" for one in columns) + " |"
        )


def while_indexing(count: int, seconds: float) -> Iterator[str]:
    """The second table: hovers from the opening of a file on, so far apart that the others are looked at between."""
    yield f"| hover, {count} files | median | 99 of 100 | longest |"
    yield "|---|--:|--:|--:|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".gitignore").write_text("build/\n", encoding="utf-8")
        for number in range(1, count):
            (folder / f"other{number}.nx").write_text(program(100, number), encoding="utf-8")
        for what, root in (("while the files are read", folder), ("without them", folder / "nothing")):
            root.mkdir(exist_ok=True)
            with Client(SERVERS["nexa-lsp"], cwd=root) as client:
                client.initialize(root=root)
                editing = Editing(client, (root / "main.nx").as_uri(), program(1000))
                params = {
                    "textDocument": {"uri": editing.uri},
                    "position": {"line": editing.line, "character": editing.column - 1},
                }
                found, end = [], time.perf_counter() + seconds
                while time.perf_counter() < end:
                    time.sleep(0.08)
                    began = time.perf_counter()
                    client.ask("textDocument/hover", params)
                    found.append(since(began))
                files = client.request("nexa/status", {})
            found.sort()
            row = (median(found), found[len(found) * 99 // 100], found[-1])
            yield f"| {what} ({files['files']} known) | " + " | ".join(f"{one:.1f}" for one in row) + " |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", default="1000,10000")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    print("\n".join(by_request([int(one) for one in options.lines.split(",")], options.times)))
    print()
    print("\n".join(while_indexing(options.files, 5.0)))


if __name__ == "__main__":
    main()
