"""`python!` blocks (language reference, section 1.11)."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower.python_block import dedented_code, python_error
from nexa.compiler.lower.reading import Reading
from nexa.compiler.python_source import Mistake
from nexa.syntax import Node


def python(reading: Reading, node: Node, *, as_expr: bool = True) -> ast.Python:
    """The block with its code dedented; NX116 at the place of the first thing that Python cannot read."""
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    code_node = node.child_by_field_name("code")
    children = code_node.children if code_node is not None else []
    if len(children) < 2:
        return ast.Python(start, end, "", end, 0, as_expr)
    first, last = children[0].end_byte, children[-1].start_byte
    raw = reading.text[first:last].decode("utf-8", "replace")
    code, indent = dedented_code(raw)
    if children[-1].type != "missing_quote" and (error := python_error(code)) is not None:
        at = first + _offset(raw, indent, error)
        token = code.split("\n")[error.line][error.column : error.column + error.width]
        reading.slip("NX116", at, at + len(token.encode()), error.reason)
    return ast.Python(start, end, code, first - reading.base, indent, as_expr)


def _offset(raw: str, indent: int, error: Mistake) -> int:
    """Where an error in the dedented code stands in the raw body, in bytes."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = lines[error.line]
    lost = min(indent, len(line)) if error.line else len(line) - len(line.lstrip(" \t"))
    before = 0
    for _ in range(error.line):
        at = min((found for mark in "\r\n" if (found := raw.find(mark, before)) >= 0), default=len(raw))
        before = at + (2 if raw.startswith("\r\n", at) else 1)
    return len((raw[:before] + line[: lost + error.column]).encode())
