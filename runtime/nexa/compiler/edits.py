"""Applying the edits of fixes to texts: which of them go together, and the texts that come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexa.compiler.rule import Fix, TextEdit


def compatible(fixes: Iterable[Fix], texts: Mapping[str, bytes]) -> list[Fix]:
    """The fixes, first come first served, whose edits touch no place twice and only files at hand."""
    taken: dict[str, list[tuple[int, int]]] = {}
    chosen: list[Fix] = []
    for fix in fixes:
        inside = all(edit.path in texts and edit.span.end <= len(texts[edit.path]) for edit in fix.edits)
        if not fix.edits or not inside or any(_clashes(edit, taken.get(edit.path, ())) for edit in fix.edits):
            continue
        for edit in fix.edits:
            taken.setdefault(edit.path, []).append((edit.span.start, edit.span.end))
        chosen.append(fix)
    return chosen


def applied(fixes: Iterable[Fix], texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts after all edits of compatible fixes; new lines end as the others of their file do."""
    by_path: dict[str, list[TextEdit]] = {}
    for fix in fixes:
        for edit in fix.edits:
            by_path.setdefault(edit.path, []).append(edit)
    return {path: _edited(text, by_path[path]) if path in by_path else text for path, text in texts.items()}


def _clashes(edit: TextEdit, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether two edits share a byte, or insert at one point: then their order would matter."""
    start, end = edit.span.start, edit.span.end
    return any(
        (start < other_end and other_start < end)
        or (start == other_start and (start == end or other_start == other_end))
        for other_start, other_end in taken
    )


def _edited(text: bytes, edits: list[TextEdit]) -> bytes:
    newline = _newline(text)
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end)):
        parts += [text[at : edit.span.start], edit.text.replace("\r\n", "\n").encode().replace(b"\n", newline)]
        at = edit.span.end
    return b"".join((*parts, text[at:]))


def _newline(text: bytes) -> bytes:
    """How the first line of a text ends."""
    feed, back = text.find(b"\n"), text.find(b"\r")
    if back >= 0 and (feed < 0 or back < feed):
        return b"\r\n" if feed == back + 1 else b"\r"
    return b"\n"
