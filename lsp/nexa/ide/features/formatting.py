"""Laying out a file, or what a selection touches in it, as `nexa fmt` does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from nexa.compiler.file import File
from nexa.compiler.format import formatted, says_the_same, touched
from nexa.compiler.rule import TextEdit
from nexa.ide.features.laid import end_of, known, remember, remember_rest
from nexa.ide.line_edits import line_edits, rows_of_edits
from nexa.syntax import Edit, Span


def formatting(file: File, width: int, is_current: Callable[[], bool] = lambda: True) -> list[TextEdit]:
    """The edits that lay out a whole file. Raises GivenUp as soon as `is_current` says no.

    What was laid out before is not laid out again, nor looked at.
    """
    before = None if _FMT_MARK in file.text or file.language == "nxs" else known(file, width)
    rows = [] if before is None else _rows(before.waiting, len(file.items))
    if before is None or len(rows) > _MOST_ROWS or sum(last - first for first, last in rows) > len(file.items) // 2:
        return _whole_formatting(file, width, is_current)
    edits = dict(before.edits)
    for row in rows:
        found = _row_formatting(file, width, row, is_current)
        edits.update((index, found.get(end_of(file, index), ())) for index in range(*row) if index not in edits)
    return [edit for _, row in sorted(edits.items()) for edit in row]


def _whole_formatting(file: File, width: int, is_current: Callable[[], bool]) -> list[TextEdit]:
    found = formatted(file.tree, width, is_current=is_current)
    *rows, (_, rest) = rows_of_edits(file.path, file.text, found.text, found.anchors)
    left, count = (*found.broken, *found.kept), len(file.items)
    ends = (end_of(file, index) for index in range(count))
    remember(file, width, dict(rows) if found.anchors else dict.fromkeys(ends, ()), left, 0, count)
    remember_rest(file, width, rest, left)
    return [edit for _, row in rows for edit in row] + rest


_FMT_MARK: Final = b"nexa: fmt"
"""Comments with this may be about all that follows."""

_MOST_ROWS: Final = 20
"""Rows of items that are laid out one by one."""


def _rows(waiting: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Rows of items with those beside them, whose distance is theirs, too; each as its first and behind its last."""
    rows: list[tuple[int, int]] = []
    for index in waiting:
        first, last = max(0, index - 1), min(count, index + 2)
        if rows and first <= rows[-1][1]:
            rows[-1] = rows[-1][0], last
        else:
            rows.append((first, last))
    return rows


def _row_formatting(
    file: File, width: int, row: tuple[int, int], is_current: Callable[[], bool]
) -> Mapping[int, Sequence[TextEdit]]:
    """The edits of each item, by where that ends."""
    first, last = row
    region = _region(file, Span(file.starts[first], file.starts[last - 1] + len(file.items[last - 1].text)))
    if region is None:
        return {}
    found = formatted(file.tree, width, region, is_current=is_current)
    anchors = [(region.start, region.start), *found.anchors]
    rows = dict(rows_of_edits(file.path, file.text, found.text, anchors))
    if not found.anchors:
        rows = {end_of(file, index): [] for index in range(first, last)}
    # Of those at its ends, something beside them was not looked at.
    left = (*found.broken, *found.kept)
    remember(file, width, rows, left, first + (first > 0), last - (last < len(file.items)))
    return rows


def range_formatting(
    file: File, spans: Iterable[Span], width: int, is_current: Callable[[], bool] = lambda: True
) -> list[TextEdit]:
    """The edits that lay out the statements, members or declarations that the spans touch, and nothing else.

    Where they cannot be told from what stands beside them on their lines, the whole declaration is laid out. Raises
    GivenUp as above.
    """
    extents = [extent for span in spans if (extent := touched(file.tree, span)) is not None]
    if not extents:
        return []
    region = _region(file, Span(min(one.start for one in extents), max(one.end for one in extents)))
    found = formatted(file.tree, width, region, is_current=is_current)
    edits = line_edits(file.path, file.text, found.text, found.anchors)
    chosen = [edit for edit in edits if any(_meets(edit.span, extent) for extent in extents)]
    return chosen if len(chosen) == len(edits) or _is_sound(file, chosen, region) else edits


def _meets(edit: Span, extent: Span) -> bool:
    return edit.start <= extent.end and extent.start <= edit.end


def _region(file: File, span: Span) -> Span | None:
    """The items around a span, from where one ends that can be read; None for a whole file."""
    if file.language == "nxs":
        return None
    first = max(0, bisect_right(file.starts, span.start) - 1)
    while first and (file.items[first - 1].slips or file.starts[first] > span.start):
        first -= 1
    end = span.end
    for start, item in zip(file.starts[first:], file.items[first:], strict=True):
        if start > file.lines.content(file.lines.line(end))[1]:
            break
        end = max(end, start + len(item.text))
    start = file.starts[first - 1] + len(file.items[first - 1].text) if first else 0
    return Span(start, file.lines.content(file.lines.line(end))[1])


def _is_sound(file: File, edits: Sequence[TextEdit], region: Span | None) -> bool:
    """Whether some of the edits alone leave the program as it is."""
    text = file.text
    steps: list[Edit] = []
    for edit in reversed(edits):  # from the back, so that the offsets of the others stay
        new = edit.text.encode()
        text = text[: edit.span.start] + new + text[edit.span.end :]
        steps.append(Edit(edit.span.start, edit.span.end, edit.span.start + len(new)))
    return says_the_same(file.tree, file.tree.edited(steps, text), region)
