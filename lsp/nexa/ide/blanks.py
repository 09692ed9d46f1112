"""Finds in new text what a person is to fill in: names that were made up, values for the time being."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nexa.syntax import Node, parse

_VALUES: Final = ("null", "true", "false")
_INSIDE: Final = ('"', "[", "{")
"""What a value may begin with that stays when it is filled in."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of a text, in characters. Holes with one number get the same text."""

    start: int
    end: int
    number: int


def holes(texts: Sequence[str], blanks: Sequence[str]) -> list[list[Hole]]:
    """Where the blanks are in pieces of a program: a name wherever it stands, everything else once, in its order."""
    names = list(dict.fromkeys(filter(_is_name, blanks)))
    found = [
        [Hole(start, start + len(name), number) for number, name in enumerate(names, 1) for start in _uses(text, name)]
        for text in texts
    ]
    place, number = (0, 0), len(names)
    for blank in blanks:
        start = None if _is_name(blank) else _next(texts, blank, place)
        if start is not None:
            number += 1
            place = start[0], start[1] + len(blank)
            inside = 1 if blank.startswith(_INSIDE) else 0
            found[place[0]].append(Hole(start[1] + inside, place[1] - inside, number))
    return [sorted(row, key=lambda one: one.start) for row in found]


def _is_name(blank: str) -> bool:
    return blank.isidentifier() and blank not in _VALUES


def _next(texts: Sequence[str], blank: str, place: tuple[int, int]) -> tuple[int, int] | None:
    """The first place of a value from a place on: the number of the text, and where it is there."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(blank)}(?![\w.])")
    for index, text in enumerate(texts[place[0] :], place[0]):
        match = pattern.search(text, place[1] if index == place[0] else 0)
        if match is not None:
            return index, match.start()
    return None


def _uses(text: str, name: str) -> Iterator[int]:
    """Where a name is used or declared: not in strings and comments, not as the key of something."""
    data, wanted = text.encode(), name.encode()
    waiting = [parse(data).root] if wanted in data else []
    while waiting:
        node = waiting.pop()
        waiting += reversed(node.children)
        if node.type == "identifier" and node.text == wanted and not _is_key(node):
            yield len(data[: node.start_byte].decode())


def _is_key(node: Node) -> bool:
    behind, before = node.next_sibling, node.prev_sibling
    return (behind is not None and behind.type == ":") or (before is not None and before.type == ".")
