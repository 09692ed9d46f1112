"""Where events go: a stream of JSON lines, a folder of past runs, a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TextIO

from nexa.runtime.events import Line
from nexa.runtime.kept import SUFFIX
from nexa.runtime.run_file import DRAFT, RunFile

RUNS_KEPT = 50
"""Newest runs that stay in the store."""

_RUN_FILE = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]+\.jsonl")


def json_lines(stream: BinaryIO) -> Callable[[Line], None]:
    """A sink that writes one JSON object a line, flushed, so that a reader sees each as it happens."""
    import msgspec

    encode = msgspec.json.Encoder().encode

    def write(line: Line) -> None:
        stream.write(encode(line) + b"\n")
        stream.flush()

    return write


class Store:
    """A sink that keeps each run as `<run>.jsonl` in a folder, and of those the newest 50, each up to a bound.

    A folder that cannot be written stores nothing: a run does not fail for the sake of its record.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: RunFile | None = None
        self._closed = False

    def __call__(self, line: Line) -> None:
        """Keep a line."""
        if self._file is None and not self._closed:
            self._open(str(line["run"]))
        if self._file is not None:
            try:
                self._file.write(line)
            except OSError:
                self.close()

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        self._closed = True
        if self._file is not None:
            file, self._file = self._file, None
            file.close()

    def _open(self, run: str) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _ignore_by_git(self._folder.parent)
            self._file = RunFile(self._folder / f"{run}.jsonl")
            _prune(self._folder)
        except OSError:
            self.close()


class Terminal:
    """A sink that tells a person on a terminal what goes on: nodes, tools, failures, streamed text.

    `verbose` adds model calls and debug messages; `quiet` leaves warnings, errors and streamed text only, and without
    `tokens` not even that; with `info` it leaves messages of that level, too.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        quiet: bool = False,
        tokens: bool = True,
        verbose: bool = False,
        info: bool = False,
    ) -> None:
        self._stream = stream
        self._tokens = tokens
        self._quiet = quiet
        self._info = info or not quiet
        self._verbose = verbose
        self._in_text = False

    def __call__(self, line: Line) -> None:
        """Tell of a line, if it is worth telling."""
        if line["event"] == "token":
            if self._tokens:
                self._in_text = True
                self._put(str(line["text"]))
            return
        text = self._told(line)
        if text is not None:
            self.end_line()
            self._put(text + "\n")

    def end_line(self) -> None:
        """End a line of streamed text, so that what follows starts its own."""
        if self._in_text:
            self._in_text = False
            self._put("\n")

    def _put(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

    def _told(self, line: Line) -> str | None:
        match line["event"]:
            case "log":
                shown = {"debug": self._verbose, "info": self._info}.get(line["level"], True)
                return f"{line['level']}: {line['text']}" if shown else None
            case "node.failed" if not self._quiet:
                return f"✗ {line['node']} {line['error']['message']}"
            case "node.finished" if not self._quiet:
                replayed = ", replayed" if line.get("replayed") else ""
                return f"✓ {line['node']} {line['seconds']:.2f} s{replayed}"
            case "node.started" if not self._quiet:
                return f"▸ {line['node']} {line['callee']}"
            case "tool.started" if not self._quiet:
                return f"  tool {line['tool']}"
            case "model.call" if self._verbose:
                return f"  model {line['model']}, attempt {line['attempt']}"
        return None


def _prune(folder: Path) -> None:
    """Remove the oldest runs, and what runs have kept that are gone.

    The names of files begin with the time of the run's start, so they sort by age.
    """
    runs = sorted(path for path in folder.iterdir() if _RUN_FILE.fullmatch(path.name))
    for path in runs[:-RUNS_KEPT]:
        path.unlink(missing_ok=True)
    stay = {path.stem for path in runs[-RUNS_KEPT:]}
    for path in (*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{DRAFT}")):
        if path.name.partition(".")[0] not in stay:
            path.unlink(missing_ok=True)


def _ignore_by_git(folder: Path) -> None:
    """Keep the state folder out of version control, unless somebody decided otherwise."""
    mark = folder / ".gitignore"
    if folder.name == ".nexa" and not mark.exists():
        mark.write_text("*\n", encoding="utf-8")
