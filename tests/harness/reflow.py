"""Programs written differently: other blanks, line breaks, separators and comments, and still the same programs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from nexa.syntax import Grammar, Node, parse

Same = Callable[[bytes], bool]
"""Whether a text still is the program that it was."""

_STRINGS = frozenset({"string", "f_string", "raw_string", "template", "python_string"})
_LISTS = frozenset(
    {"arguments", "parameters", "list", "dict", "tuple", "struct_literal", "hint_set", "fork_expression"}
)
_COMMENTS = (b" // c%d\n", b" /* c%d */ ", b"\n    // c%d\n", b"\n/* c%d\n * x */\n", b" # c%d\n")


@dataclass(frozen=True)
class Token:
    """A leaf of the tree, a literal or a comment; `parent` is the kind of the node that holds it."""

    text: bytes
    start: int
    end: int
    kind: str
    parent: str


def tokens(text: bytes, grammar: Grammar = "nexa") -> list[Token]:
    """What a text consists of, blanks left out."""
    return list(_tokens(text, parse(text, grammar).root))


def _tokens(text: bytes, node: Node, parent: str = "") -> Iterator[Token]:
    if node.type in _STRINGS or not node.children:
        if node.end_byte > node.start_byte:
            yield Token(text[node.start_byte : node.end_byte], node.start_byte, node.end_byte, node.type, parent)
        return
    for child in node.children:
        yield from _tokens(text, child, node.type)


def reflowed(rng: random.Random, text: bytes, same: Same) -> bytes:
    """A laid out program with other blanks, with semicolons, and with line breaks where none counts.

    What the layout takes from the author stays: whether something opens with a line break, where an operator begins a
    line, where a line is empty, and whether the lines of a literal stand deeper than the line that it begins on.
    """
    found = tokens(text)
    rigid = _before_literals(found)
    out = [text[: found[0].start]]
    for before, after in pairwise(found):
        gap = text[before.end : after.start]
        out += [before.text, gap if after.start in rigid and b"\n" in gap else _gap(rng, gap, before, after)]
    text = b"".join([*out, found[-1].text, rng.choice((b"", b"\n", b"  \n\n"))])
    for _ in range(8):
        at = rng.choice([one for one in tokens(text) if not one.kind.endswith("_comment")]).end
        changed = text[:at] + b" ;" + text[at:]
        text = changed if same(changed) else text
    return text


def _before_literals(found: list[Token]) -> set[int]:
    """The starts of tokens on whose line a literal begins that goes on over lines: its margin hangs on that line's."""
    rigid: set[int] = set()
    row: list[int] = []
    line = -1
    for token in found:
        if line != token.start:
            row = row[-8:]
        row.append(token.start)
        if token.kind in _STRINGS and b"\n" in token.text:
            rigid.update(row)
            row = []
        line = token.end
    return rigid


def _gap(rng: random.Random, gap: bytes, before: Token, after: Token) -> bytes:
    breaks = gap.count(b"\n")
    spaces = rng.choice((b" ", b"  ", b"\t"))
    if breaks:
        indent = gap[gap.rfind(b"\n") + 1 :]
        indent = indent and rng.choice((indent, b" ", b"      ", b"\t"))
        return rng.choice((b"", b"  ")) + b"\n" * (rng.choice((2, 3)) if breaks > 1 else 1) + indent
    if before.kind == "@" or rng.random() > 0.3:
        return gap
    is_list = before.parent in _LISTS
    if before.kind == "," and is_list and after.text not in (b"}", b")", b"]"):
        return rng.choice((b"\n ", b" \n\t", spaces))
    if after.text in (b")", b"]") and is_list and before.text not in (b"(", b"["):
        return rng.choice((b"\n ", spaces))
    return spaces if gap or rng.random() < 0.3 else gap


def commented(rng: random.Random, text: bytes, same: Same) -> bytes:
    """A program with comments in up to five places, wherever they may stand."""
    for number in range(rng.choice((1, 1, 2, 5))):
        at = rng.choice(tokens(text)).end
        changed = text[:at] + rng.choice(_COMMENTS) % number + text[at:]
        text = changed if same(changed) else text
    return text
