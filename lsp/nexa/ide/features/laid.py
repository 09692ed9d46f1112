"""What is known of how files are laid out: an item is not laid out again while it and what is beside it stays.

How an item is laid out depends on its text, on the item before it and on what stands between the two, and on nothing
else; so that is what is remembered, of the items of all files. Of those that are not in their layout the edits that
lead there are, too: a client that only asks may ask again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nexa.compiler.file import File
from nexa.compiler.format import newline_of
from nexa.compiler.rule import TextEdit
from nexa.syntax import Span

MOST = 100_000
"""How many items are remembered; a file of 10 000 lines has some 1 500."""

MOST_EDITED = 3_000
"""Of how many of them edits are. They soon go when somebody cares about layout, and stay when nobody does."""

_laid: set[int] = set()
"""Hashes, each of an item and what is before it. Two are alike by chance once in a trillion files."""

_edited: dict[int, tuple[tuple[int, int, str], ...]] = {}
"""By such hashes edits, counted from the end of the item before."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file: the edits of its items, by index, and behind the last one those of what follows it.

    Of the `waiting` items nothing is known.
    """

    edits: Mapping[int, Sequence[TextEdit]]
    waiting: Sequence[int]


def known(file: File, width: int) -> Known | None:
    """None when nothing is known of how the file ends."""
    how, count = _how(file, width), len(file.items)
    keys = [*(_key(file, index, how) for index in range(count)), _rest(file, how)]
    unknown = [index for index, key in enumerate(keys) if key not in _laid and key not in _edited]
    if unknown and unknown[-1] == count:
        return None
    edits = {index: _placed(file, index, _edited[key]) for index, key in enumerate(keys) if key in _edited}
    return Known(edits, unknown)


def remember(
    file: File, width: int, rows: Mapping[int, Sequence[TextEdit]], left: Iterable[Span], first: int, last: int
) -> None:
    """How the items from `first` up to `last` are laid out: by the row of edits that ends where they do.

    What was `left` as it is need not stay so.
    """
    how, spans = _how(file, width), sorted(left)
    ends = [one.end for one in spans]
    for index in range(first, last):
        end = end_of(file, index)
        at = bisect_left(ends, end_of(file, index - 1))
        if end in rows and (at == len(spans) or spans[at].start > end):
            _remember(file, index, _key(file, index, how), rows[end])


def remember_rest(file: File, width: int, row: Sequence[TextEdit], left: Iterable[Span]) -> None:
    """How what follows the last item is laid out."""
    end = end_of(file, len(file.items) - 1)
    if all(one.end < end for one in left):
        _remember(file, len(file.items), _rest(file, _how(file, width)), row)


def end_of(file: File, index: int) -> int:
    """Where an item ends; -1 stands for what is before the first one."""
    return file.starts[index] + len(file.items[index].text) if index >= 0 else 0


def _remember(file: File, index: int, key: int, row: Sequence[TextEdit]) -> None:
    for known, most in ((_laid, MOST), (_edited, MOST_EDITED)):
        if len(known) > most:
            known.clear()
    if not row:
        _laid.add(key)
        return
    start = end_of(file, index - 1)
    _edited[key] = tuple((one.span.start - start, one.span.end - start, one.text) for one in row)


def _placed(file: File, index: int, edits: Iterable[tuple[int, int, str]]) -> list[TextEdit]:
    at = end_of(file, index - 1)
    return [TextEdit(file.path, Span(at + start, at + end), text) for start, end, text in edits]


def _how(file: File, width: int) -> int:
    return hash((width, newline_of(file.text), file.language))


def _key(file: File, index: int, how: int) -> int:
    """The hash of what the layout of an item depends on."""
    before = file.items[index - 1].text if index else b""
    return hash((how, before, file.text[end_of(file, index - 1) : file.starts[index]], file.items[index].text))


def _rest(file: File, how: int) -> int:
    """The hash of what stands before the first item, and of what stands behind the last one, with that."""
    start = file.starts[0] if file.starts else 0
    last = file.items[-1].text if file.items else b""
    return hash((how, file.text[:start], last, file.text[end_of(file, len(file.items) - 1) :]))
