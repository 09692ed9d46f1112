"""Mistakes of meaning inside one body, in text that can be read: what they change is nobody else's business."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from harness.cascading import Place
from harness.slip import Slip, extent, file_of, places, tokens
from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File

_WORD = re.compile(rb"[A-Za-z_]\w*\Z")
_NUMBER = re.compile(rb"\d[\d_.]*\Z")
_VALUES = (b'"text"', b"1", b"1.5", b"true", b"null", b"[]", b"{a: 1}", b"nowhere", b"[1, 2]", b"print")
_OPERATORS = (
    (b"+", b"-", b"*", b"/"), (b"==", b"!=", b"<", b">", b"<=", b">="), (b">>", b"|>>", b"&>>"), (b"and", b"or"),
    (b"true", b"false", b"null"),
)  # fmt: skip


def body_slips(seed: int, count: int) -> Iterator[Slip]:
    """Mistakes in bodies whose results are written down, the same ones for the same seed."""
    rng = random.Random(seed)
    return islice((slip for place in places(rng) if (slip := _in_body(rng, *place)) is not None), count)


def _in_body(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    spans = list(_bodies(file.items[index]))
    if not spans:
        return None
    start, _ = extent(file, index)
    low, high = rng.choice(spans)
    inside = [one for one in tokens(path, index) if start + low < one[0] and one[1] < start + high]
    return _slip(rng, path, file.text, inside)


def _bodies(item: ItemFacts) -> Iterator[tuple[int, int]]:
    """The bodies that say nothing to others: those of results that are written, of jobs, hooks and tests."""
    if item.slips or item.is_inferred_from:
        return
    for cls in (ast.Function, ast.Flow, ast.Hook, ast.JobBody, ast.Test):
        for node in item.of(cls):
            body: ast.Block | None = node.body  # type: ignore[attr-defined]  # all five have one
            if body is not None and getattr(node, "returns", body) is not None:
                yield body.span.start, body.span.end


def _slip(rng: random.Random, path: str, text: bytes, inside: list[tuple[int, int]]) -> Slip | None:
    if not inside:
        return None
    start, end = rng.choice(inside)
    old = text[start:end]
    if text[start - 1 : start] == b"." and rng.random() < 0.5:
        return Slip("other member", path, start, end, b"nowhere")
    if _WORD.match(old):
        words = [text[slice(*one)] for one in inside if _WORD.match(text[slice(*one)])]
        return Slip("other name", path, start, end, rng.choice((*words, b"nowhere", *_VALUES)))
    if _NUMBER.match(old):
        return Slip("other value", path, start, end, rng.choice(_VALUES))
    for family in _OPERATORS:
        if old in family:
            return Slip("other operator", path, start, end, rng.choice(family))
    if old == b",":
        return Slip("one more", path, end, end, b" " + rng.choice(_VALUES) + b",")
    if old in (b"(", b"["):
        return Slip("one more", path, end, end, rng.choice(_VALUES) + b", ")
    line = text.rfind(b"\n", 0, start) + 1, text.find(b"\n", end) + 1
    if line[1] and inside[0][0] < line[0] and line[1] < inside[-1][1]:
        return Slip("statement gone", path, *line, b"")
    return None


def head_slips(seed: int, count: int) -> Iterator[Slip]:
    """Mistakes outside of bodies: in what a declaration shows to others."""
    rng = random.Random(seed)
    return islice((slip for place in places(rng) if (slip := _in_head(rng, *place)) is not None), count)


def _in_head(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    item = file.items[index]
    if item.slips or not isinstance(item.node, ast.Declaration) or isinstance(item.node, ast.Include):
        return None
    start, _ = extent(file, index)
    bodies = [(start + low, start + high) for low, high in _bodies(item)]
    heads = [one for one in tokens(path, index) if not any(low <= one[0] < high for low, high in bodies)]
    return _slip(rng, path, file.text, heads[1:])


def strangers(slip: Slip, places: Iterable[Place]) -> list[Place]:
    """The places in items that have nothing to do with the one that the slip is in, however far one follows names."""
    file = file_of(slip.path)
    index = file.item_at(slip.start)
    touched = {index} if index is not None else set[int]()
    names = {one.name for at in touched for one in file.items[at].declared} | set(_WORDS.findall(slip.new.decode()))
    names |= {word for at in touched for word in _WORDS.findall(file.items[at].text.decode())}
    found = []
    for place in places:
        other = file_of(place.path)
        at = other.item_at(place.start)
        if at is None or not _reaches(place.path, at, names):
            found.append(place)
    return found


_WORDS = re.compile(r"\w+")


def _reaches(path: str, index: int, names: set[str]) -> bool:
    """Whether an item uses one of the names, or something that does."""
    file, seen, pending = file_of(path), set[int](), [index]
    while pending:
        at = pending.pop()
        if at in seen:
            continue
        seen.add(at)
        mine = {*file.items[at].used, *(one.name for one in file.items[at].declared)}
        if mine & names:
            return True
        pending += [other for name in mine for other, _ in file.declared_by_name.get(name, ())]
    return False
