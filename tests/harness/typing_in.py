"""Declarations while somebody types them, key by key, into programs that were healthy: what others see meanwhile.

A new declaration is typed into a gap between two others; an old one is typed again, in its place. Editors close what is
opened, so each moment is tried with and without the brackets and quotes that close it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harness.cascading import outcome
from harness.fuzzing import SPEC
from harness.slip import Slip, file_of
from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts

_PAIRS = {"{": "}", "(": ")", "[": "]"}
_OPAQUE = re.compile(r'"""|"|\'|//[^\n]*|\\.|[{}()\[\]]', re.DOTALL)


def examples() -> list[str]:
    """The paths of the example programs."""
    return sorted(str(path) for path in (SPEC / "examples").rglob("*") if path.suffix in (".nx", ".nxlib"))


def moments(text: str) -> Iterator[str]:
    """What stands there after each key: as typed, and as an editor closes it."""
    for end in range(1, len(text)):
        typed = text[:end]
        yield typed
        closers = _closers(typed)
        if closers:
            yield typed + closers


def _closers(typed: str) -> str:
    """What an editor put behind the cursor: the ends of strings and brackets that are open."""
    open_: list[str] = []
    quote = ""
    for token in _OPAQUE.findall(typed):
        if quote:
            quote = "" if token == quote else quote
        elif token in ('"', "'", '"""'):
            quote = token
        elif token in _PAIRS:
            open_.append(_PAIRS[token])
        elif open_ and token == open_[-1]:
            open_.pop()
    return quote + "".join(reversed(open_))


def typed_new(path: str, gap: int, index: int) -> Iterator[Slip]:
    """A declaration of a program is typed once more in a gap: its name goes on where that of the old one ends."""
    file = file_of(path)
    item = file.items[index]
    at = file.starts[gap] if gap < len(file.items) else len(file.text)
    for moment in moments(_renamed(item)):
        yield Slip("typed new", path, at, at, f"{moment}\n\n".encode())


def typed_again(path: str, index: int) -> Iterator[Slip]:
    """A declaration of a program is deleted, and typed again."""
    file = file_of(path)
    start, item = file.starts[index], file.items[index]
    for moment in moments(item.text.decode()):
        yield Slip("typed again", path, start, start + len(item.text), moment.encode())


def surprises(slip: Slip) -> list[str]:
    """What others are told that they should not be.

    While an old declaration is typed again, what stands there may read as a whole one: one with an empty body uses
    nothing, and one whose decorator alone is there is gone. That is said.
    """
    found = outcome(slip)
    is_half = found.is_broken or _WORD.fullmatch(slip.new) is not None
    return [
        f"{place.code} {place.message}"
        for place in sorted(found.added, key=str)
        if slip.kind == "typed new" or is_half or place.code.startswith("NX1")
    ]


_WORD = re.compile(rb"/|\w+")
_PORT = re.compile(r"\b\d{4,5}\b")


def _renamed(item: ItemFacts) -> str:
    text = item.text.decode()
    for one in item.declared:
        text = re.sub(rf"\b{re.escape(one.name)}\b", f"{one.name}Too", text)
    return _PORT.sub(lambda port: str(int(port[0]) + 1), text) if isinstance(item.node, ast.Server) else text
