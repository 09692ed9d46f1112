"""What of a file is known to be in its layout: it need not be laid out again while it and what is beside it stays.

How an item is laid out depends on its text, on the item before it and on what stands between the two, and on nothing
else; so that is what is remembered, of the items of all files.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from nexa.compiler.file import File
from nexa.compiler.format import newline_of
from nexa.syntax import Span

MOST = 100_000
"""How many items are remembered; a file of 10 000 lines has some 1 500."""

_known: set[int] = set()
"""Hashes, each of an item and what is before it. Two are alike by chance once in a trillion files."""


def not_laid(file: File, width: int) -> list[int] | None:
    """The items that may have to be laid out; None when nothing is known of how the file begins and ends."""
    how = _how(file, width)
    if _edges(file, how) not in _known:
        return None
    return [index for index in range(len(file.items)) if _key(file, index, how) not in _known]


def remember(file: File, width: int, touched: Iterable[Span], first: int, last: int) -> None:
    """The items from `first` up to `last` are in their layout, but for those that something touches."""
    if len(_known) > MOST:
        _known.clear()
    how, spans = _how(file, width), sorted(touched)
    ends = [one.end for one in spans]
    for index in range(first, last):
        at = bisect_left(ends, _end_of(file, index - 1))
        if at == len(spans) or spans[at].start > _end_of(file, index):
            _known.add(_key(file, index, how))


def remember_edges(file: File, width: int, touched: Iterable[Span]) -> None:
    """The file begins and ends in its layout, unless something touches that."""
    start, end = file.starts[0] if file.starts else 0, _end_of(file, len(file.items) - 1)
    if all(start < one.start and one.end < end for one in touched):
        _known.add(_edges(file, _how(file, width)))


def _how(file: File, width: int) -> int:
    return hash((width, newline_of(file.text), file.language))


def _key(file: File, index: int, how: int) -> int:
    """The hash of what the layout of an item depends on."""
    before = file.items[index - 1].text if index else b""
    return hash((how, before, file.text[_end_of(file, index - 1) : file.starts[index]], file.items[index].text))


def _edges(file: File, how: int) -> int:
    """The hash of what stands before the first item and behind the last one."""
    start = file.starts[0] if file.starts else 0
    return hash((how, file.text[:start], file.text[_end_of(file, len(file.items) - 1) :]))


def _end_of(file: File, index: int) -> int:
    return file.starts[index] + len(file.items[index].text) if index >= 0 else 0
