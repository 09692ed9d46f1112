"""Random mistakes in correct programs, and what a tree looks like, for the property tests."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from nexa.syntax import Node, parse

EXAMPLES = Path(__file__).parents[1] / "spec" / "examples"
_SIGNS = '{ } ( ) [ ] => >> |>> ?? : , = . @ ; && | - $ x 1 f(1 b. 2nd " \' ` """ #{ /* \\ \'a r" f"'
_WORDS = "let if return match flow agent fn print tool else in not import for template python!"
STRAY = [*_SIGNS.split(), *_WORDS.split()]

Shape = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Mistake:
    """`text[start:end]` becomes `new`."""

    what: str
    start: int
    end: int
    new: bytes

    def applied(self, text: bytes) -> bytes:
        """The text with the mistake in it."""
        return text[: self.start] + self.new + text[self.end :]


def programs() -> list[tuple[str, bytes]]:
    """Name and text of every example."""
    paths = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".nx", ".nxlib"))
    return [(path.name, path.read_bytes()) for path in paths]


def items(root: Node) -> list[Node]:
    """The declarations and statements of a file."""
    return [node for node in root.named_children if not node.type.endswith("comment")]


def shape(node: Node) -> Shape:
    """Kind and extent of a node and of all nodes in it, relative to its start."""
    found: list[tuple[str, int, int]] = []
    pending = [node]
    while pending:
        this = pending.pop()
        found.append((this.type, this.start_byte - node.start_byte, this.end_byte - node.start_byte))
        pending.extend(reversed(this.children))
    return tuple(found)


def tokens(node: Node) -> list[tuple[int, int]]:
    """Where the tokens of a node stand."""
    found: list[tuple[int, int]] = []
    pending = [node]
    while pending:
        this = pending.pop()
        if this.child_count:
            pending.extend(reversed(this.children))
        elif this.end_byte > this.start_byte:
            found.append((this.start_byte, this.end_byte))
    return found


def mistake(rng: random.Random, text: bytes, places: list[tuple[int, int]]) -> Mistake:
    """A token deleted, doubled or inserted, a line cut short or broken, at one of the places."""
    start, end = rng.choice(places)
    kind = rng.choice(("delete", "delete", "insert", "insert", "cut", "double", "break"))
    if kind == "delete":
        return Mistake(kind, start, end, b"")
    if kind == "insert":
        return Mistake(kind, start, start, f" {rng.choice(STRAY)} ".encode())
    if kind == "cut":
        line_end = text.find(b"\n", start)
        return Mistake(kind, start, len(text) if line_end < 0 else line_end, b"")
    if kind == "double":
        return Mistake(kind, end, end, b" " + text[start:end])
    return Mistake(kind, start, start, b"\n")


def fresh(text: bytes) -> Shape:
    """The shape of the tree of a text, parsed from scratch."""
    return shape(parse(text).root)
