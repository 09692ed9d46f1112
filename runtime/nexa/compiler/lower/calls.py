"""Arguments, of calls, decorators, filters and variants."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import expression
from nexa.compiler.lower.names import word
from nexa.compiler.lower.reading import Reading
from nexa.syntax import Node


def arguments(reading: Reading, node: Node | None) -> tuple[ast.Argument, ...]:
    """The arguments between parentheses; NX121 for positional ones behind named ones."""
    if node is None:
        return ()
    found = tuple(_argument(reading, child) for child in node.named_children if child.type == "argument")
    named = False
    for argument in found:
        if argument.name is not None:
            named = True
        elif named and not argument.spread and not argument.every:
            words = ["" if one.name is None else "named" for one in found]
            spans = tuple(one.span for one in found)
            reading.slip("NX121", argument.start + reading.base, argument.end + reading.base, *words, spans=spans)
            break
    return found


def _argument(reading: Reading, node: Node) -> ast.Argument:
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    value = expression(reading, node.child_by_field_name("value"), node.end_byte)
    if node.child_count == 1:
        return ast.Argument(start, end, None, False, False, value)
    key = node.child_by_field_name("name")
    if key is not None:
        return ast.Argument(start, end, word(reading, key, 0), False, False, value)
    spread = node.child_by_field_name("spread") is not None
    every = not spread and node.child_by_field_name("every") is not None
    return ast.Argument(start, end, None, spread, every, value)
