"""Which names torn text may declare that do not stand in it as words: `agent Tuto{r {` is about `Tutor`.

Something came into the name, or took one letter's place, or the beginning is gone with the word before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.nameless import DECLARES, is_loose
from nexa.syntax.record import record

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts


@record
class TornHead:
    """Where a torn declaration or assignment has its name: a line, and the same without all that is in no name."""

    line: str
    letters: str
    is_cut: bool
    """Whether the first word may be the end of one."""

    def may_declare(self, name: str) -> bool:
        """Whether this may be what is left of the declaration of a name."""
        if len(name) < _SHORTEST:
            return False
        if self.letters.startswith(name) or _is_near(self.line, name):
            return True
        first = _WORD.match(self.line) if self.is_cut else None
        return first is not None and name.endswith(first[0])


_SHORTEST = 2
_LONGEST = 80
_WORD = re.compile(r"\w+")
_HEAD = re.compile(r"(?:(?:let|" + DECLARES.decode() + r")\b)?[ \t]*(.*)")
_HEADS = re.compile(rb"\A.*|^(?:let\b|" + DECLARES + rb").*", re.MULTILINE)
_IN_NO_NAME = re.compile(r"\W+")


def torn_heads(item: ItemFacts) -> Iterable[TornHead]:
    """Those of an item that parts of cannot be read: its own, unless that is whole, and those that it swallowed."""
    if not (item.slips and item.is_broken):
        return
    node = item.node
    start = node.keyword.start if isinstance(node, ast.Declaration) and not is_loose(node) else node.start
    for found in _HEADS.finditer(item.text[start:]):
        line = found[0].decode("utf-8", "replace")[:_LONGEST]
        is_first = found.start() == 0
        if is_first and not any(slip.span.start <= start + found.end() for slip in item.slips):
            continue
        head = _HEAD.match(line)
        if head is not None and head[1]:
            yield TornHead(head[1], _IN_NO_NAME.sub("", head[1]), is_cut=is_first and is_loose(node))


def _is_near(line: str, name: str) -> bool:
    """Whether a line begins with a name in which one letter is missing, or another one, or one too much."""
    same = next((at for at, char in enumerate(name) if line[at : at + 1] != char), len(name))
    rest = name[same:]
    is_other = line.startswith(rest[1:], same + 1)
    is_more = line.startswith(rest, same + 1)
    return is_other or is_more or line.startswith(rest[1:], same)
