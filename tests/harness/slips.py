"""Mistakes of syntax, as people make them: tokens, brackets, heads and lines that go, halves that come."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice

from harness import accidents, editing
from harness.fuzzing import sources
from harness.mutations import STRAY
from harness.slip import Slip, extent, lines, places, tokens
from nexa.compiler.file import File

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


def slips(seed: int, count: int) -> Iterator[Slip]:
    """Mistakes in all programs that we have, the same ones for the same seed."""
    rng = random.Random(seed)
    families = (_KINDS, accidents.KINDS, editing.KINDS)
    made = (rng.choice(rng.choice(families))(rng, *place) for place in places(rng))
    return islice((slip for slip in made if slip is not None), count)


def _token(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    places = tokens(path, index)
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
    places = [(start, end) for start, end in tokens(path, index) if file.text[start:end] in _BRACKETS]
    if not places:
        return None
    start, end = rng.choice(places)
    return Slip("delete bracket", path, start, end, b"")


def _head(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """The head goes, or parts of it."""
    end = extent(file, index)[1]
    words = tokens(path, index)
    brace = next((at for at, to in words if file.text[at:to] in (b"{", b"=")), None)
    if brace is None or len(words) < 2:
        return None
    inside = [one for one in words if one[0] <= brace]
    low, high = sorted((rng.randrange(len(inside)), rng.randrange(len(inside))))
    if rng.random() < 0.3:
        low, high = 0, len(inside) - 1
    return Slip("delete head", path, inside[low][0], min(inside[high][1], end), b"")


def _line(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    rows = lines(file, index)
    at = rng.choice((0, len(rows) - 1, rng.randrange(len(rows)), rng.randrange(len(rows))))
    to = min(len(rows) - 1, at + rng.choice((0, 0, 0, 1, 3)))
    if at == 0 and not file.text[rows[to][1] : rows[-1][1]].strip(b"}) \n"):
        return None  # a declaration that is gone is no mistake
    return Slip("delete lines", path, rows[at][0], rows[to][1], b"")


def _tail(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Somebody has not typed the rest yet."""
    places = tokens(path, index)
    if not places:
        return None
    return Slip("no tail", path, rng.choice(places)[rng.randrange(2)], extent(file, index)[1], b"")


def _half(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Half a declaration between two others, or inside one."""
    half = rng.choice(HALVES).encode()
    start, end = extent(file, index)
    if rng.random() < 0.6:
        return Slip("half before", path, start, start, half + rng.choice((b"\n", b"\n\n", b"")))
    if rng.random() < 0.5:
        return Slip("half behind", path, end, end, b"\n" + half)
    rows = lines(file, index)
    at = rng.choice(rows)[0]
    return Slip("half inside", path, at, at, half + b"\n")


def _junk(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A piece of another program is pasted."""
    other = rng.choice(sources())[1]
    at = rng.randrange(len(other) + 1)
    piece = other[at : at + rng.choice((5, 20, 60, 200))]
    if b"//" in piece.rpartition(b"\n")[2]:
        piece += b"\n"  # what becomes a comment is no mistake
    place = rng.choice((extent(file, index)[0], extent(file, index)[1], rng.choice(lines(file, index))[0]))
    return Slip("paste", path, place, place, piece)


_KINDS = (_token, _token, _token, _bracket, _head, _head, _line, _line, _tail, _half, _half, _junk)
