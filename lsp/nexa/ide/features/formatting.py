"""Laying out a file, or what a selection touches in it, as `nexa fmt` does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from nexa.compiler.file import File
from nexa.compiler.format import formatted, says_the_same, touched
from nexa.compiler.rule import TextEdit
from nexa.ide.line_edits import line_edits
from nexa.syntax import Edit, Span


def formatting(file: File, width: int) -> list[TextEdit]:
    """The edits that lay out a whole file."""
    found = formatted(file.tree, width)
    return line_edits(file.path, file.text, found.text, found.anchors)


def range_formatting(file: File, spans: Iterable[Span], width: int) -> list[TextEdit]:
    """The edits that lay out the statements, members or declarations that the spans touch, and nothing else.

    Where they cannot be told from what stands beside them on their lines, the whole declaration is laid out.
    """
    extents = [extent for span in spans if (extent := touched(file.tree, span)) is not None]
    if not extents:
        return []
    region = _region(file, Span(min(one.start for one in extents), max(one.end for one in extents)))
    found = formatted(file.tree, width, region)
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
