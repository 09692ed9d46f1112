"""Which function reads which kind of node, and how deep they may call each other.

The tables are filled once, in this package's `__init__`: expressions hold blocks and blocks hold expressions, so
neither module can import the other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower.reading import MAX_DEPTH, Reading
from nexa.syntax import Node

EXPRESSIONS: Final[dict[str, Callable[[Reading, Node], ast.Expr]]] = {}
STATEMENTS: Final[dict[str, Callable[[Reading, Node], ast.Statement]]] = {}


def hole(reading: Reading, at: int) -> ast.ErrorNode:
    """Nothing, at an absolute offset."""
    at -= reading.base
    return ast.ErrorNode(at, at)


def unread(reading: Reading, node: Node) -> ast.ErrorNode:
    """A node that cannot be read."""
    return ast.ErrorNode(node.start_byte - reading.base, node.end_byte - reading.base)


def too_deep(reading: Reading, node: Node) -> ast.ErrorNode:
    """Says once that an item nests too deep; what is below is a hole."""
    if not any(slip.code == "NX100" and slip.words[0].startswith("nesting") for slip in reading.slips):
        found = f"nesting of more than {MAX_DEPTH} levels"
        reading.slip("NX100", node.start_byte, node.start_byte + 1, found, "simpler code: give the inner parts names")
    return unread(reading, node)


def expression(reading: Reading, node: Node | None, at: int) -> ast.Expr:
    """An expression; a hole at `at` when there is none."""
    if node is None:
        return hole(reading, at)
    build = EXPRESSIONS.get(node.type)
    if build is None:
        return unread(reading, node)
    if reading.depth >= MAX_DEPTH:
        return too_deep(reading, node)
    reading.depth += 1
    found = build(reading, node)
    reading.depth -= 1
    return found


def block(reading: Reading, node: Node | None, at: int) -> ast.Block:
    """A block with its braces; an empty one at `at` when it is missing."""
    if node is None or node.type != "block":
        at = (at if node is None else node.start_byte) - reading.base
        return ast.Block(at, at, ())
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    if reading.depth >= MAX_DEPTH:
        too_deep(reading, node)
        return ast.Block(start, end, ())
    reading.depth += 1
    found: list[ast.Statement | ast.Function | ast.Flow] = []
    for child in node.named_children:
        kind = child.type
        build = STATEMENTS.get(kind)
        if build is not None:
            found.append(build(reading, child))
        elif kind == "ERROR":
            found.append(unread(reading, child))
    reading.depth -= 1
    return ast.Block(start, end, tuple(found))


def function_body(reading: Reading, node: Node | None, at: int) -> ast.Block:
    """The block of a function, flow, test, hook or lambda: loops outside it are not around its statements."""
    loops, reading.loops = reading.loops, 0
    reading.functions += 1
    found = block(reading, node, at)
    reading.functions -= 1
    reading.loops = loops
    return found


def loop_body(reading: Reading, node: Node | None, at: int) -> ast.Block:
    """The block of a loop."""
    reading.loops += 1
    found = block(reading, node, at)
    reading.loops -= 1
    return found
