"""`return`, `break`, `continue` and `raise`, as statements and as the bodies of arms."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import expression
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.receiving import right_side
from nexa.syntax import Node


def jump(reading: Reading, node: Node) -> ast.Return | ast.Break | ast.Continue | ast.Raise:
    """A jump; NX118 for one that has nothing to jump out of."""
    start = node.start_byte
    at, end = start - reading.base, node.end_byte - reading.base
    kind = node.type
    value = node.child_by_field_name("value")
    if kind == "return_statement":
        if not reading.functions:
            whole = reading.span(start, start + len(reading.text[start : node.end_byte].rstrip(b"; \t\r\n")))
            reading.slip("NX118", start, start + len("return"), "return", "a flow or function", spans=(whole,))
        returned = right_side(reading, value, 0) if value is not None else None
        return ast.Return(at, end, reading.span(start, start + len("return")), returned)
    if kind == "raise_statement":
        return ast.Raise(at, end, reading.span(start, start + len("raise")), expression(reading, value, node.end_byte))
    word = "break" if kind == "break_statement" else "continue"
    place = reading.span(start, start + len(word))
    if not reading.loops:
        reading.slip("NX118", start, start + len(word), word, "a loop", spans=(place,))
    # The span is the word: the terminator belongs to nobody.
    return (ast.Break if word == "break" else ast.Continue)(at, place.end)
