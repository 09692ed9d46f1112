"""Mistakes of syntax in one declaration, and what they do to the findings in all others.

Nothing may be added anywhere else: that is what `added` tells. What is found there anyway should stay: `lost` tells how
much of it does not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness.fuzzing import SETTINGS, sources
from harness.mutations import STRAY
from nexa.compiler.analysis import Project
from nexa.compiler.facts import TORN
from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Severity

HALVES = (
    "agent", "agent ", "agent New", "agent New {", "agent New uses", "agent New -> ", 'agent New { prompt: "x',
    "flow", "flow ", "flow new(", "flow new(a: ", "flow new() {", "flow new() -> ", "flow new(a) { x = ",
    "fn ", "fn new(", "fn new(a", "tool ", "tool New {", "tool New { python: ", "protocol", "protocol ",
    "protocol New", "protocol New {", "protocol New { a: ", "type New =", "type ", "struct New {", "struct ",
    "enum New {", "trait New {", "impl ", "impl New for ", "job ", "job new {", "server ", "server 80 {",
    'test "new', "test ", "let ", "let new", "let new =", "new =", "new = [1,",
    "new(", "new.", '@tool("x")', "@", '@tool("x', "@tool(",
    "db ", "db new =", "kv new = open(", "include", "include ", 'include "x', "use ", "use config", "if ", "if x {",
    "for x in", "match x {", "try {", "return", "/*", '"""', "'", "}", ")", "]", "{", "(", "=>", ">>", "x >>", "print(",
    'print("', "import x", "class X:", "def f():", "async fn f() {", "const x = 1", "//", "#", "prompt: ", "} else {",
)  # fmt: skip
"""What stands there while somebody types a declaration or statement."""

_BRACKETS = frozenset((b"{", b"}", b"(", b")", b"[", b"]", b'"', b'"""', b"#{"))


@dataclass(frozen=True)
class Slip:
    """`text[start:end]` becomes `new`: a mistake in the items from `first` up to `last`, or between two of them."""

    kind: str
    path: str
    start: int
    end: int
    new: bytes


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


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def file_of(path: str) -> File:
    """A program as it was before."""
    return File.parse(path, dict(sources())[path])


@cache
def _tokens(path: str, index: int) -> tuple[tuple[int, int], ...]:
    file = file_of(path)
    start = file.starts[index]
    end = start + len(file.items[index].text)
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


def slips(seed: int, count: int) -> Iterator[Slip]:
    """Mistakes in all programs that we have, the same ones for the same seed."""
    rng = random.Random(seed)
    paths = [path for path, _ in sources()]
    while count:
        path = rng.choice(paths)
        file = file_of(path)
        if not file.items or b"\n//- " in file.text:
            continue
        made = rng.choice(_KINDS)(rng, path, file, rng.randrange(len(file.items)))
        if made is not None:
            count -= 1
            yield made


def _extent(file: File, index: int) -> tuple[int, int]:
    return file.starts[index], file.starts[index] + len(file.items[index].text)


def _token(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    places = _tokens(path, index)
    if not places:
        return None
    start, end = rng.choice(places)
    kind = rng.choice(("delete", "delete", "delete", "double", "stray", "cut", "replace"))
    if kind == "delete":
        return Slip("delete token", path, start, end, b"")
    if kind == "double":
        return Slip("double token", path, end, end, file.text[start:end])
    if kind == "replace":
        return Slip("replace token", path, start, end, rng.choice(STRAY).encode())
    if kind == "cut":
        return Slip("cut token", path, (start + end) // 2, end, b"")
    return Slip("stray", path, start, start, f" {rng.choice(STRAY)} ".encode())


def _bracket(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    places = [(start, end) for start, end in _tokens(path, index) if file.text[start:end] in _BRACKETS]
    if not places:
        return None
    start, end = rng.choice(places)
    return Slip("delete bracket", path, start, end, b"")


def _head(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """The head goes, or parts of it."""
    end = _extent(file, index)[1]
    words = _tokens(path, index)
    brace = next((at for at, to in words if file.text[at:to] in (b"{", b"=")), None)
    if brace is None or len(words) < 2:
        return None
    inside = [one for one in words if one[0] <= brace]
    low, high = sorted((rng.randrange(len(inside)), rng.randrange(len(inside))))
    if rng.random() < 0.3:
        low, high = 0, len(inside) - 1
    return Slip("delete head", path, inside[low][0], min(inside[high][1], end), b"")


def _lines_of(file: File, index: int) -> list[tuple[int, int]]:
    start, end = _extent(file, index)
    found = []
    while start < end:
        stop = file.text.find(b"\n", start)
        stop = len(file.text) if stop < 0 else stop + 1
        found.append((start, min(stop, end)))
        start = stop
    return found


def _line(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    lines = _lines_of(file, index)
    at = rng.choice((0, len(lines) - 1, rng.randrange(len(lines)), rng.randrange(len(lines))))
    to = min(len(lines) - 1, at + rng.choice((0, 0, 0, 1, 3)))
    if at == 0 and not file.text[lines[to][1] : lines[-1][1]].strip(b"}) \n"):
        return None  # a declaration that is gone is no mistake
    return Slip("delete lines", path, lines[at][0], lines[to][1], b"")


def _tail(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Somebody has not typed the rest yet."""
    places = _tokens(path, index)
    if not places:
        return None
    return Slip("no tail", path, rng.choice(places)[rng.randrange(2)], _extent(file, index)[1], b"")


def _half(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Half a declaration between two others, or inside one."""
    half = rng.choice(HALVES).encode()
    start, end = _extent(file, index)
    if rng.random() < 0.6:
        return Slip("half before", path, start, start, half + rng.choice((b"\n", b"\n\n", b"")))
    if rng.random() < 0.5:
        return Slip("half behind", path, end, end, b"\n" + half)
    lines = _lines_of(file, index)
    at = rng.choice(lines)[0]
    return Slip("half inside", path, at, at, half + b"\n")


def _junk(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A piece of another program is pasted."""
    other = rng.choice(sources())[1]
    at = rng.randrange(len(other) + 1)
    piece = other[at : at + rng.choice((5, 20, 60, 200))]
    if b"//" in piece.rpartition(b"\n")[2]:
        piece += b"\n"  # what becomes a comment is no mistake
    place = rng.choice((_extent(file, index)[0], _extent(file, index)[1], rng.choice(_lines_of(file, index))[0]))
    return Slip("paste", path, place, place, piece)


_KINDS = (_token, _token, _token, _bracket, _head, _head, _line, _line, _tail, _half, _half, _junk)


_SYNTAX = TORN | {"NX101"}

# ── outcomes ────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _on_disk(path: str) -> bytes | None:
    file = Path(path)
    return file.read_bytes() if "\0" not in path and file.is_file() else None


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
        start, end = _extent(file, index)
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
    added = {one for one in added if one.path != slip.path or not _speaks_of(file, one, twice, high, shift)}
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


def _twice(file: File, low: int, high: int) -> set[str]:
    """What healthy declarations of the broken part declare: a pasted one may well be there twice."""
    return {
        one.name
        for index, one in file.declared
        if low <= file.starts[index] <= high and not file.items[index].is_broken
    }


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
