"""Edits with blanks in them → edits as snippets, for clients that walk from one blank to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nexa.compiler.file import File
from nexa.compiler.rule import TextEdit
from nexa.ide.blanks import Hole, holes
from nexa.lsp.edits import Change
from nexa.syntax import Span

_SPECIAL = re.compile(r"[\\$}]")


def with_blanks(file: File, edits: Sequence[TextEdit], blanks: Sequence[str]) -> list[Change]:
    """The edits of one file, as snippets where they have blanks.

    Editors move every line but the first of what they insert to the indentation of the line that it begins in. So what
    has several lines begins at the start of its line, with what stands there already.
    """
    ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    found = holes([edit.text for edit in ordered], blanks)
    all_holes = [hole for row in found for hole in row]
    if not all_holes:
        return [Change(edit.path, edit.span, edit.text) for edit in edits]
    is_cursor = len(all_holes) == 1 and all_holes[0].start == all_holes[0].end
    changes: list[Change] = []
    for edit, row in zip(ordered, found, strict=True):
        change = Change(edit.path, edit.span, edit.text, snippet=_snippet(edit.text, row, is_cursor=is_cursor))
        changes.append(_from_line_start(file, changes, change))
    return changes


def _from_line_start(file: File, before: list[Change], change: Change) -> Change:
    """The change, begun where its line begins if that matters; what was to be done there becomes a part of it."""
    while (start := _line_start(file, change)) < change.span.start:
        last = before.pop() if before and before[-1].span.end > start else None
        begins = last.span.end if last is not None else start
        between = file.text[begins : change.span.start].decode("utf-8", "replace")
        text, snippet = f"{between}{change.text}", change.snippet
        if snippet or (last is not None and last.snippet):
            snippet = _escaped(between) + (snippet or _escaped(change.text))
        if last is not None:
            text, begins = last.text + text, last.span.start
            snippet = (last.snippet or _escaped(last.text)) + snippet if snippet else ""
        change = Change(change.path, Span(begins, change.span.end), text, snippet=snippet)
    return change


def _line_start(file: File, change: Change) -> int:
    """Where a change of several lines had better begin."""
    at = change.span.start
    start = file.lines.start(file.lines.line(at))
    is_moved = "\n" in change.text and file.text[start : min(start + 1, at)] in (b" ", b"\t")
    return start if is_moved else at


def _snippet(text: str, row: Sequence[Hole], *, is_cursor: bool) -> str:
    """The text with its blanks; "" for one that has none."""
    parts, done = list[str](), 0
    for hole in row:
        parts.append(_escaped(text[done : hole.start]))
        guess = _escaped(text[hole.start : hole.end])
        parts.append("$0" if is_cursor else f"${{{hole.number}:{guess}}}" if guess else f"${hole.number}")
        done = hole.end
    return "".join([*parts, _escaped(text[done:])]) if row else ""


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
