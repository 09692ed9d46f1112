"""Lays out the statements that an action has rewritten, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.rule import TextEdit
from nexa.ide.features.actions.action import Selection
from nexa.ide.features.formatting import range_formatting
from nexa.ide.line_edits import line_edits
from nexa.syntax import Edit, Span


def finished(selection: Selection, edits: Iterable[TextEdit]) -> list[TextEdit]:
    """The edits with the layout of what they touch: as few as the lines of the item allow."""
    file = selection.file
    ordered = sorted(edits, key=lambda edit: edit.span.start)
    text, steps = file.text, list[Edit]()
    for edit in reversed(ordered):
        new = edit.text.encode()
        text = text[: edit.span.start] + new + text[edit.span.end :]
        steps.append(Edit(edit.span.start, edit.span.end, edit.span.start + len(new)))
    rewritten = file.edited(steps, text)
    grown = len(text) - len(file.text)
    touched = Span(ordered[0].span.start, ordered[-1].span.end + grown)
    for edit in reversed(range_formatting(rewritten, [touched], selection.width)):
        text = text[: edit.span.start] + edit.text.encode() + text[edit.span.end :]
    start, end = selection.place.start, selection.place.start + len(selection.item.text)
    anchors = ((start, start), (end, end + len(text) - len(file.text)))
    return line_edits(file.path, file.text, text, anchors)
