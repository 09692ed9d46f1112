"""Mistakes of syntax in one declaration, and what they do to the findings in all others.

Nothing may be added anywhere else: that is what `added` tells. What is found there anyway should stay: `lost` tells how
much of it does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.fuzzing import SETTINGS, sources
from harness.slip import Slip, extent, file_of
from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import TORN
from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Severity


@dataclass(frozen=True)
class Place:
    """Where a finding stood before the mistake: in front of the broken part, or behind."""

    path: str
    code: str
    message: str
    start: int
    is_error: bool


@dataclass(frozen=True)
class Outcome:
    """What became of the findings outside of the broken part."""

    slip: Slip
    text: bytes
    is_broken: bool
    """Whether the mistake is one of syntax."""
    added: frozenset[Place]
    lost: frozenset[Place]
    kept: int

    @property
    def counts(self) -> bool:
        """Whether nothing may be added by it: by a mistake of syntax, or by none at all."""
        return self.is_broken or self.slip.kind == "line ends"


_SYNTAX = TORN | {"NX101"}

# ── outcomes ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _on_disk(path: str) -> bytes | None:
    file = Path(path)
    known = dict(sources()).get(path)
    return file.read_bytes() if known is None and "\0" not in path and file.is_file() else known


def _project() -> Project:
    return Project(SETTINGS, _on_disk)


@cache
def _includers(path: str) -> tuple[str, ...]:
    name = b"/" + Path(path).name.encode() + b'"'
    return tuple(other for other, text in sources() if b"include" in text and name in text and other != path)


@cache
def _known(path: str) -> dict[str, tuple[Finding, ...]]:
    project = _with_includers(path, file_of(path))
    return {one: project.findings(one) or () for one in (path, *_includers(path))}


def _with_includers(path: str, file: File) -> Project:
    project = _project().with_file(file)
    for one in _includers(path):
        project = project.with_file(file_of(one))
    return project


def region(slip: Slip) -> tuple[int, int]:
    """What is broken of the text before: the items that the mistake touches, or the gap that it stands in."""
    file = file_of(slip.path)
    low, high = slip.start, slip.end
    before, behind = file.text[:low] + slip.new, slip.new + file.text[high:]
    is_glued_before = bool(slip.new or low < high) and not behind.startswith((b"\n", b"\r"))
    is_glued_behind = not before.endswith((b"\n", b"\r"))
    for index in range(len(file.items)):
        start, end = extent(file, index)
        is_touched = start < slip.end and slip.start < end
        is_inside = start < slip.start < end
        if (
            is_touched
            or is_inside
            or (end == slip.start and is_glued_before)
            or (start == slip.end and is_glued_behind)
        ):
            low, high = min(low, start), max(high, end)
    behind_it = [start for start in file.starts if start >= high]
    return low, min(behind_it) - 1 if behind_it else len(file.text)  # what stands between two items is nobody's


def outcome(slip: Slip) -> Outcome:
    """Analyse the text with the mistake."""
    before = file_of(slip.path).text
    text = before[: slip.start] + slip.new + before[slip.end :]
    file = File.parse(slip.path, text)
    low, high = region(slip)
    shift = len(text) - len(before)
    project = _with_includers(slip.path, file)
    added: set[Place] = set()
    lost: set[Place] = set()
    kept, is_broken = 0, False
    for path, known in _known(slip.path).items():
        found = project.findings(path) or ()
        if path == slip.path:
            inside = [one for one in found if low <= one.span.start <= high + shift]
            was = {(one.code, one.message) for one in known}
            is_broken = any(one.code in _SYNTAX and (one.code, one.message) not in was for one in inside)
            now = _outside(path, found, low, high + shift, shift)
            then = _outside(path, known, low, high, 0)
        else:
            now, then = _outside(path, found, -1, -2, 0), _outside(path, known, -1, -2, 0)
        known_at = {one.start for one in then}
        # An item that was wrong anyway may now be wrong in another way.
        gave_way = {_item_at(path, one.start) for one in then - now if one.is_error}
        added |= {one for one in now if one.start not in known_at and _item_at(path, one.start) not in gave_way}
        lost |= then - now
        kept += len(then & now)
    twice = _twice(file, low, high + shift)
    added = {
        one
        for one in added
        if not (_speaks_of(file, one, twice, high, shift) if one.path == slip.path else _is_second(one, twice))
    }
    if _serves(file, low, high + shift):
        added = {one for one in added if one.code != "NX614"}  # two servers on one port are two, torn text or not
    return Outcome(slip, text, is_broken, frozenset(added), frozenset(lost), kept)


def _item_at(path: str, offset: int) -> int | None:
    return file_of(path).item_at(offset)


def _speaks_of(file: File, place: Place, twice: set[str], high: int, shift: int) -> bool:
    """Whether an item declares or uses a name that is declared twice: the first declaration is the one that all others
    mean, so a healthy one that is pasted really changes what is right for them.
    """
    index = file.item_at(place.start + (shift if place.start > high else 0))
    return index is not None and any(
        name in file.items[index].used or any(one.name == name for one in file.items[index].declared) for name in twice
    )


def _is_second(place: Place, twice: set[str]) -> bool:
    """Whether what a healthy pasted declaration declares is told to be there already, in another file."""
    return place.code == "NX203" and any(f"`{name}`" in place.message for name in twice)


def _twice(file: File, low: int, high: int) -> set[str]:
    """What healthy declarations of the broken part declare: a pasted one may well be there twice."""
    return {
        one.name
        for index, one in file.declared
        if low <= file.starts[index] <= high and not file.items[index].is_broken
    }


def _serves(file: File, low: int, high: int) -> bool:
    """Whether there is a healthy server in the broken part."""
    rows = zip(file.starts, file.items, strict=True)
    return any(
        low <= start <= high and isinstance(item.node, ast.Server) and not item.is_broken for start, item in rows
    )


def _outside(path: str, findings: tuple[Finding, ...], low: int, high: int, shift: int) -> set[Place]:
    return {
        Place(
            path,
            one.code,
            one.message,
            one.span.start - (shift if one.span.start > high else 0),
            one.severity is Severity.ERROR,
        )
        for one in findings
        if not low <= one.span.start <= high
    }
