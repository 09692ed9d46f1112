"""One mistake in a program, and where mistakes can be made: items, lines, tokens."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from harness.fuzzing import sources
from nexa.compiler.file import File


@dataclass(frozen=True)
class Slip:
    """`text[start:end]` becomes `new`."""

    kind: str
    path: str
    start: int
    end: int
    new: bytes


@cache
def file_of(path: str) -> File:
    """A program as it was before."""
    return File.parse(path, dict(sources())[path])


def places(rng: random.Random) -> Iterator[tuple[str, File, int]]:
    """Items of programs, without an end: the path and the file, and the index in it."""
    paths = [path for path, _ in sources()]
    while True:
        path = rng.choice(paths)
        file = file_of(path)
        if file.items and b"\n//- " not in file.text:  # several files in one
            yield path, file, rng.randrange(len(file.items))


@cache
def tokens(path: str, index: int) -> tuple[tuple[int, int], ...]:
    """Where the tokens of an item stand."""
    file = file_of(path)
    start, end = extent(file, index)
    found: list[tuple[int, int]] = []
    pending = [file.tree.root]
    while pending:
        node = pending.pop()
        if node.end_byte <= start or node.start_byte >= end:
            continue
        if node.child_count == 0:
            found.append((node.start_byte, node.end_byte))
        pending.extend(node.children)
    return tuple(sorted(found))


def extent(file: File, index: int) -> tuple[int, int]:
    """Where an item begins and ends."""
    return file.starts[index], file.starts[index] + len(file.items[index].text)


def lines(file: File, index: int) -> list[tuple[int, int]]:
    """The lines of an item, each with its end."""
    start, end = extent(file, index)
    found = []
    while start < end:
        stop = file.text.find(b"\n", start)
        stop = len(file.text) if stop < 0 else stop + 1
        found.append((start, min(stop, end)))
        start = stop
    return found
