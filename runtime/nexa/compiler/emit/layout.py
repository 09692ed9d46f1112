"""Long lines of printed Python, broken at commas inside their brackets. What the code means does not change."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator

WIDTH = 110
"""Columns that a line should not exceed; a long text may."""

_STEP = "    "
_OPEN, _CLOSE = "([{", ")]}"


def laid_out(text: str) -> list[str]:
    """The lines of a piece of code, each broken where it is too long."""
    return [line for one in text.split("\n") for line in _broken(one)]


def _broken(line: str) -> Iterator[str]:
    if len(line) <= WIDTH:
        yield line
        return
    indent = line[: len(line) - len(line.lstrip())]
    parts = _outermost(line.lstrip())
    if parts is None:
        yield line
        return
    head, items, tail = parts
    yield indent + head
    for item in items:
        yield from _broken(f"{indent}{_STEP}{item}")
    yield from _broken(indent + tail)


def _outermost(line: str) -> tuple[str, list[str], str] | None:
    """What stands before, between (at each comma) and after the brackets with the most inside."""
    groups = _groups(line)
    if not groups:
        return None
    start, end, commas = max(groups, key=lambda one: one[1] - one[0])
    inside: list[str] = []
    before = start + 1
    for comma in [*commas, end]:
        item = line[before : comma + 1 if comma != end else comma].strip()
        if item:
            inside.append(item)
        before = comma + 1
    return (line[: start + 1], inside, line[end:]) if inside else None


def _groups(line: str) -> list[tuple[int, int, list[int]]]:
    """The outermost bracket pairs of a line: offsets of opener, closer and the commas directly inside."""
    found: list[tuple[int, int, list[int]]] = []
    start, depth, commas = 0, 0, list[int]()
    try:
        for token in tokenize.generate_tokens(io.StringIO(line).readline):
            if token.type != tokenize.OP:
                continue
            at = token.start[1]
            if token.string in _OPEN:
                depth += 1
                if depth == 1:
                    start, commas = at, []
            elif token.string in _CLOSE:
                depth -= 1
                if depth == 0:
                    found.append((start, at, commas))
            elif token.string == "," and depth == 1:
                commas.append(at)
    except (tokenize.TokenError, IndentationError):  # half of a statement that already was broken
        pass
    return found
